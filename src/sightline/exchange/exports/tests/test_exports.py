"""A file that leaves the screen: for whom, by whom, of how many, and whose hands it passed through."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.test import Client

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of, seal, sign_in, write_person
from screens import signed_in, text
from sightline.access.budgets import BudgetSpent
from sightline.access.models import AccessEntry, Involvement
from sightline.chronology.record import record_many
from sightline.exchange.exports import queries, services
from sightline.exchange.exports.commands import export as command
from sightline.exchange.exports.models import CustodyStep, Export
from sightline.exchange.exports.rules import needs_second, stands
from sightline.kernel.errors import NotFound, Refused

WHO = {"recipient": "Jo Penn, force solicitor", "purpose": "For the hearing on Thursday", "basis": "legal_obligation"}


def children(member: Member, count: int) -> list[int]:
    """So many children with whom the member works."""
    made = [
        person_of(write_person("social_care", f"C{n}", surname=f"Hollin{n}", forenames="Ash", born="2015-03-04"))
        for n in range(count)
    ]
    involve(member, *made)
    return made


@pytest.mark.parametrize(
    ("people", "steps", "where"),
    [
        (1, [], "ready"),
        (20, [], "ready"),
        (21, [], "waiting"),
        (21, ["agreed"], "ready"),
        (21, ["declined"], "declined"),
        (21, ["agreed", "fetched"], "fetched"),
        (1, ["fetched", "handed_over"], "handed_over"),
        (1, ["fetched", "handed_over", "destroyed"], "destroyed"),
    ],
)
def test_where_an_export_stands(people: int, steps: list[str], where: str) -> None:
    """Above twenty people nothing is made before somebody else agrees."""
    assert stands(steps, second=needs_second(people, NOW.date())) == where


@pytest.mark.requirement("IS-09")
def test_nothing_is_exported_without_a_lawful_basis_of_the_day_and_its_page_says_which(social_worker: Member) -> None:
    (child,) = children(social_worker, 1)
    # none; a power that is no basis by itself; nothing that is declared
    for basis in ("", "crime_and_disorder", "made_up"):
        with pytest.raises(Refused, match="lawful basis"):
            services.ask_for(social_worker.viewer(), [child], form="table", **WHO | {"basis": basis})
    assert not Export.objects.exists()
    made = services.ask_for(social_worker.viewer(), [child], form="table", **WHO)
    assert "article 6(1)(c)" in queries.page(social_worker.viewer(), made.number).basis
    sent = signed_in(social_worker).post("/exports/new/", {"whom": "one", "number": child, "form": "table"})
    assert "Choose the lawful basis" in text(sent)


@pytest.mark.requirement("IS-18")
def test_a_file_is_known_by_its_hash_and_by_every_hand_it_passed_through(social_worker: Member, tmp_path: Path) -> None:
    """It is to the byte what was fetched, says so offline, and one letter changed is found."""
    (child,) = children(social_worker, 1)
    viewer = social_worker.viewer()
    made = services.ask_for(viewer, [child], form="document", **WHO)
    file = services.fetch(viewer, made.number)
    assert bytes(services.fetch(social_worker.viewer(at=NOW + timedelta(minutes=5)), made.number).content) == bytes(
        file.content
    )
    services.pass_on(viewer, made.number, what="handed_over", to="Jo Penn", note="by hand, bag 12")
    page = queries.page(viewer, made.number)
    assert page.sha256 == hashlib.sha256(bytes(file.content)).hexdigest()
    assert [(s.what, s.to, s.by_id) for s in page.steps] == [
        ("fetched", "", social_worker.user.pk), ("fetched", "", social_worker.user.pk), ("handed_over", "Jo Penn", social_worker.user.pk),
    ]  # fmt: skip
    kept = tmp_path / "kept.html"
    kept.write_bytes(bytes(file.content))
    said = CliRunner().invoke(command, ["check", str(kept)])
    assert said.exit_code == 0
    assert "Jo Penn, force solicitor" in said.output
    kept.write_bytes(bytes(file.content).replace(b"Hollin0", b"Hollin1"))
    assert CliRunner().invoke(command, ["check", str(kept)]).exit_code == 1


def test_every_page_and_row_says_whom_it_is_for(social_worker: Member) -> None:
    """The recipient stands across the document, and in every row of the table."""
    (child,) = children(social_worker, 1)
    viewer = social_worker.viewer()
    document = services.fetch(viewer, services.ask_for(viewer, [child], form="document", **WHO).number)
    text = bytes(document.content).decode()
    assert ".mark { position: fixed; inset: 0" in text  # what is fixed is printed on every page
    mark = text[text.index('<svg class="mark"') : text.index("</svg>")]
    assert "For Jo Penn, force solicitor only" in mark
    assert viewer.name in mark
    table = services.fetch(viewer, services.ask_for(viewer, [child], form="table", **WHO).number)
    rows = list(csv.DictReader(io.StringIO(bytes(table.content).decode("utf-8-sig"))))
    assert rows
    assert {row["exported for"] for row in rows} == {"Jo Penn, force solicitor"}


def test_a_table_holds_no_formula(social_worker: Member) -> None:
    """A name that begins like a formula is text to a spreadsheet."""
    child = person_of(write_person("social_care", "F1", surname="=1+1", forenames="", born="2015-03-04"))
    involve(social_worker, child)
    viewer = social_worker.viewer()
    table = services.fetch(viewer, services.ask_for(viewer, [child], form="table", **WHO).number)
    rows = list(csv.DictReader(io.StringIO(bytes(table.content).decode("utf-8-sig"))))
    assert {row["name"] for row in rows} == {"'=1+1"}


def test_an_export_holds_what_its_reader_may_read_and_no_more(social_worker: Member, constable: Member) -> None:
    """What a pointer holds is named as held and not permitted; what is no source of the agency's is not there."""
    (child,) = children(social_worker, 1)
    involve(constable, child)
    told = {"subject": [("social_care", "C0")]}
    said = [
        entry("health.consulted", told, source="health", ref="h1", data={"role": "gp"}, note="bruise behind the ear"),
    ]
    record_many(said, feed_viewer())
    documents = {}
    for member in (social_worker, constable):
        viewer = member.viewer()
        made = services.ask_for(viewer, [child], form="document", **WHO)
        documents[member.post.agency.key] = bytes(services.fetch(viewer, made.number).content).decode()
    assert "bruise behind the ear" in documents["social_care"]
    assert "bruise behind the ear" not in documents["police"]
    assert "Its content is not permitted here: ask Health" in documents["police"]


@pytest.mark.requirement("IS-12")
@pytest.mark.parametrize("form", ["document", "table"])
def test_no_safe_address_leaves_in_an_export(social_worker: Member, form: str) -> None:
    """Neither as an address nor in free text, and the address before it stays."""
    (child,) = children(social_worker, 1)
    about = {"subject": [("social_care", "C0")]}
    said = [
        entry("address.recorded", about, source="social_care", ref="a1", data={"lines": "3 Kiln Row", "postcode": "ZS5 7AB"}),
        entry("address.recorded", about, source="social_care", ref="a2", data={"lines": "12 Hidden Lane", "postcode": "ZS9 1QQ"}),
        entry("address.protected", about, source="social_care", ref="a3", place="12 Hidden Lane, ZS9 1QQ"),
        entry("child.seen", about, source="social_care", ref="c1", note="seen at 12 hidden lane with her mother"),
    ]  # fmt: skip
    record_many(said, feed_viewer())
    viewer = social_worker.viewer()
    file = services.fetch(viewer, services.ask_for(viewer, [child], form=form, **WHO).number)
    text = bytes(file.content).decode()
    assert "3 Kiln Row" in text
    assert "Hidden Lane".lower() not in text.lower()
    assert "ZS9 1QQ" not in text


def test_many_peoples_records_need_two_persons(social_worker: Member) -> None:
    """One of the same agency who is trusted with it, and not whoever asked; declined is the end of it."""
    people = children(social_worker, 21)
    asker, second = social_worker.viewer(), make_member("lead", "Sue Pervisor", "social_care_manager", "social_care")
    other = make_member("far", "Fay Raway", "mash_manager", "hub")
    peer = make_member("peer", "Pia Peer", "case_owner", "social_care")
    made = services.ask_for(asker, people, form="table", **WHO)
    with pytest.raises(Refused):
        services.fetch(asker, made.number)
    for nobody in (asker, other.viewer(), peer.viewer()):
        with pytest.raises(NotFound):
            services.answer(nobody, made.number, agrees=True, reason="It is needed in court")
    with pytest.raises(NotFound):
        queries.page(peer.viewer(), made.number)
    services.answer(second.viewer(), made.number, agrees=True, reason="It is needed in court")
    with pytest.raises(NotFound):
        services.answer(second.viewer(), made.number, agrees=False, reason="On second thoughts")
    assert services.fetch(asker, made.number).export_id == made.pk
    with pytest.raises(Refused):
        services.fetch(second.viewer(), made.number)
    declined = services.ask_for(asker, people, form="table", **WHO)
    services.answer(second.viewer(), declined.number, agrees=False, reason="Too many, ask for fewer")
    with pytest.raises(Refused):
        services.fetch(asker, declined.number)


def test_whoever_asked_alone_cannot_agree_although_they_may_agree_to_others(db: None) -> None:
    """A manager's own export waits for another manager."""
    manager = make_member("lead", "Sue Pervisor", "social_care_manager", "social_care")
    made = services.ask_for(manager.viewer(), children(manager, 21), form="table", **WHO)
    with pytest.raises(NotFound):
        services.answer(manager.viewer(), made.number, agrees=True, reason="I need it for court")
    assert queries.to_agree(manager.viewer()) == []


def test_what_changed_since_it_was_asked_for_counts(social_worker: Member) -> None:
    """Somebody sealed, or no longer worked with, is in no file that is fetched later, and the refusal is written down."""
    sealed, left = children(social_worker, 2)
    viewer = social_worker.viewer()
    for person, change in (
        (sealed, lambda: seal(sealed)),
        (left, lambda: Involvement.objects.filter(person_id=left).delete()),
    ):
        made = services.ask_for(viewer, [person], form="document", **WHO)
        change()
        before = AccessEntry.objects.filter(action="refusal").count()
        with pytest.raises(NotFound):
            services.fetch(viewer, made.number)
        assert AccessEntry.objects.filter(action="refusal").count() == before + 1


@pytest.mark.requirement("IS-03")
def test_an_export_is_in_the_log_with_its_people_before_it_leaves(social_worker: Member) -> None:
    """Asking and fetching are lines of the kind export, by number, without a value."""
    (child,) = children(social_worker, 1)
    viewer = social_worker.viewer()
    made = services.ask_for(viewer, [child], form="document", **WHO)
    services.fetch(viewer, made.number)
    lines = AccessEntry.objects.filter(action="export").order_by("id")
    assert [(e.people, e.note, e.outcome) for e in lines] == [
        ([child], made.number, "asked"),
        ([child], made.number, "given"),
    ]


def test_exports_count_towards_the_budget(social_worker: Member) -> None:
    """Somebody who has spent the hour's budget gets no file either."""
    people = children(social_worker, 61)
    viewer = social_worker.viewer()
    second = make_member("lead", "Sue Pervisor", "social_care_manager", "social_care")
    made = services.ask_for(viewer, people, form="table", **WHO)
    services.answer(second.viewer(), made.number, agrees=True, reason="It is needed in court")
    with pytest.raises(BudgetSpent):
        services.fetch(viewer, made.number)


@pytest.mark.parametrize(
    ("table", "column"),
    [("exports_export", "recipient"), ("exports_exportfile", "sha256"), ("exports_custodystep", "note")],
)
def test_nothing_of_an_export_is_changed_afterwards(social_worker: Member, table: str, column: str) -> None:
    """Not even by the owner of the tables."""
    (child,) = children(social_worker, 1)
    viewer = social_worker.viewer()
    services.fetch(viewer, services.ask_for(viewer, [child], form="document", **WHO).number)
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_pages_ask_again_who_somebody_is_before_a_file_leaves(social_worker: Member) -> None:
    """Asked for on a page, fetched only after the password or second factor was given again."""
    (child,) = children(social_worker, 1)
    Involvement.objects.update(from_at=NOW - timedelta(days=30))
    client = signed_in(social_worker)
    sent = client.post("/exports/new/", {"whom": "one", "number": child, "form": "document", **WHO})
    here = sent.headers["Location"]
    assert "Ready to fetch" in text(client.get(here))
    answer = client.get(here + "file/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Hollin0" in answer.content.decode()
    stale = sign_in(Client(), social_worker, confirmed=False)
    asked = stale.get(here + "file/")
    assert asked.status_code == 302
    assert "accounts" in asked.headers["Location"]
    assert CustodyStep.objects.filter(what="fetched").count() == 1
    assert AccessEntry.objects.filter(action="sign_in", outcome="asked again").count() == 1


@pytest.mark.requirement("IS-18")
def test_many_small_files_in_a_day_need_a_second_person_as_one_large_one_does(social_worker: Member) -> None:
    people = children(social_worker, 21)

    def asks(who: list[int], hours: int) -> Export:
        return services.ask_for(social_worker.viewer(at=NOW + timedelta(hours=hours)), who, form="table", **WHO)

    first, same, more = asks(people[:20], 0), asks(people[:20], 1), asks(people[20:], 2)
    involve(social_worker, *people, at=NOW + timedelta(days=1))
    later = asks(people[20:], 25)
    assert [queries.status(e) for e in (first, same, more, later)] == ["ready", "ready", "waiting", "ready"]
    with pytest.raises(Refused):
        services.fetch(social_worker.viewer(at=NOW + timedelta(hours=3)), more.number)


def test_whoever_agrees_is_not_told_whose_records_they_are(social_worker: Member) -> None:
    """The page of a second person names nobody whose record it is."""
    people = children(social_worker, 21)
    made = services.ask_for(social_worker.viewer(), people, form="table", **WHO)
    second = make_member("lead", "Sue Pervisor", "social_care_manager", "social_care")
    client = signed_in(second)
    page = text(client.get(f"/exports/{made.number}/"))
    assert "21 people, for Jo Penn" in page
    assert "Hollin" not in page
    answered = client.post(f"/exports/{made.number}/", {"agrees": "yes", "reason": "It is needed in court"})
    assert answered.status_code == 302
    assert Export.objects.get().steps.get().what == "agreed"
