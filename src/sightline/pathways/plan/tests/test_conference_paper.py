"""The conference pack as a PDF for one reader: what both may read, marked with whom it is for, and written down as given."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from cast import Member, entry, feed_viewer, involve, make_member, sign_in
from grounds import GROUNDS, paper_for
from sightline.access.models import AccessEntry, Exclusion, Involvement
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.plan.tests.conftest import CHILD, NOW, Browser, call

pytestmark = pytest.mark.django_db
REFUGE = ("3 Sorrel Court", "ZS9 1XY")


def text(them: Browser, page: str, to: str) -> str:
    """The PDF for a reader, as one line of text."""
    them.last = paper_for(them.client, f"{page}pack/paper/", to)
    assert them.last.status_code == 200, them.last.content.decode()[:2000]
    assert them.last["Content-Type"] == "application/pdf" and "no-store" in them.last["Cache-Control"]
    pages = [" ".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(them.last.content)).pages]
    return " ".join(pages)


def invited(chair: Member, child: int, *members: Member) -> str:
    """A conference to which these are asked: its page."""
    them = Browser(chair)
    others = Involvement.objects.filter(user=chair.user).exclude(person_id=child).values_list("person_id", flat=True)
    page = call(them, child, about=[str(p) for p in others])
    for member in members:
        involve(member, child, at=NOW)
    them.send(f"{page}invite/", posts=[str(m.post.pk) for m in members])
    return page


@pytest.mark.requirement("IS-03")
def test_two_readers_of_one_conference_get_what_each_may_read_and_each_page_and_the_log_say_who(
    chair: Member, officer: Member, visitor: Member, child: int
) -> None:
    page = invited(chair, child, officer, visitor)
    Browser(visitor).send(f"{page}report/", how="report", report="Weight has fallen #panic(1) $x$", can_do="Weigh him")
    police = Browser(officer)
    offered = police.read(f"{page}pack/paper/")
    assert "Carys Pugh, Practitioner" in offered and "Myself" in offered and "Sunita Rao" not in offered
    mine, theirs = text(police, page, "me"), text(police, page, str(visitor.post.pk))
    assert "Cruelty to a child" in mine and "Whispered by a neighbour" in mine and "Dana Hussein, parent" in mine
    assert "Cruelty" not in theirs and "Whispered" not in theirs
    assert (
        "Weight has fallen #panic(1) $x$" in theirs and "Mo Hussein" in theirs and "Initial child protection" in theirs
    )
    pages = PdfReader(io.BytesIO(police.last.content)).pages
    for one in pages:
        assert "Printed by Bea Quill for Carys Pugh, Marsham Community Health" in " ".join(one.extract_text().split())
    name = police.last["Content-Disposition"]
    assert name.startswith('attachment; filename="conference-pack-') and "Hussein" not in name
    log = AccessEntry.objects.order_by("-pk").filter(note__startswith="conference pack on paper")
    given, looked, kept = log[:3]
    assert (given.action, looked.action, kept.action) == ("disclosure", "consultation", "export")
    assert child in given.people and "chronology" in given.fields and given.user_id == officer.user.pk
    assert (
        f"for Carys Pugh, Marsham Community Health, post {visitor.post.pk}" in given.note and "Bea Quill" in kept.note
    )


@pytest.mark.requirement("IS-09")
def test_a_paper_for_somebody_else_is_among_what_was_shared_of_the_child_with_recipient_basis_purpose_and_what_was_in_it(
    chair: Member, officer: Member, visitor: Member, child: int
) -> None:
    page, them = invited(chair, child, officer, visitor), Browser(officer)
    to = str(visitor.post.pk)
    asked = them.client.post(f"{page}pack/paper/", {"to": to})
    assert asked.status_code == 200 and asked["Content-Type"].startswith("text/html")
    for words in ("For Carys Pugh, Practitioner", "Lawful basis", "What is it for?", "article 6(1)(e)"):
        assert words in asked.content.decode(), words
    for lacking in ("purpose", "reason", "bases", "consent", "outside_because"):
        said = {name: value for name, value in GROUNDS.items() if name != lacking}
        refused = them.client.post(f"{page}pack/paper/", said | {"to": to})
        assert refused.status_code == 422 and "There is a problem" in refused.content.decode(), lacking
    shared = f"/person/{child}/shared/"
    assert "Nothing was shared from here" in them.read(shared)
    assert not AccessEntry.objects.filter(action="disclosure").exists()
    text(them, page, "me")
    assert "Nothing was shared from here" in them.read(shared)
    text(them, page, to)
    listed = them.read(shared)
    for words in (
        "Carys Pugh, Practitioner",
        "Marsham Community Health",
        "Public task",
        "Child protection conference",
        "They sit in the meeting",
    ):
        assert words in listed, words
    number = Event.objects.get(
        kind="information.shared", data__to="Marsham Community Health", people__role="subject"
    ).data["disclosure"]
    held = them.read(f"{shared}{number}/")
    assert "Dana Hussein" in held and "Conference called" in held and "Cruelty" not in held
    assert "A safe address" not in held


def test_nobody_gets_on_paper_what_whoever_prints_it_may_not_read(
    chair: Member, officer: Member, visitor: Member, child: int
) -> None:
    page = invited(chair, child, officer, visitor)
    theirs = text(Browser(visitor), page, str(officer.post.pk))
    assert "Cruelty" not in theirs and "Whispered" not in theirs and "Bea Quill" in theirs


def test_a_reader_kept_apart_or_no_longer_working_with_the_child_is_refused_without_saying_why_and_written_down(
    chair: Member, officer: Member, visitor: Member, child: int
) -> None:
    page, them = invited(chair, child, officer, visitor), Browser(chair)
    for spoil in (
        lambda: Exclusion.objects.create(user=visitor.user, person_id=child, reason="own nephew", from_at=NOW),
        lambda: (
            Exclusion.objects.all().delete(),
            Involvement.objects.filter(user=visitor.user).update(until_at=NOW - timedelta(hours=1)),
        ),
    ):
        text(them, page, str(visitor.post.pk))
        spoil()
        before = AccessEntry.objects.filter(action="disclosure").count()
        refused = paper_for(them.client, f"{page}pack/paper/", str(visitor.post.pk))
        assert refused.status_code == 422 and "cannot be given to that person" in refused.content.decode()
        assert "nephew" not in refused.content.decode()
        assert AccessEntry.objects.filter(action="disclosure").count() == before
        last = AccessEntry.objects.filter(action="refusal").latest("pk")
        assert last.people == [child] and "Carys Pugh" in last.note
        Exclusion.objects.all().delete()
        Involvement.objects.filter(user=visitor.user).update(until_at=None)


def test_of_the_family_a_reader_has_only_whom_they_could_open_and_none_from_whom_they_are_kept(
    chair: Member, officer: Member, child: int
) -> None:
    page, them = invited(chair, child, officer), Browser(chair)
    mother = Involvement.objects.filter(user=officer.user).exclude(person_id=child)
    whom = mother.get().person_id
    assert "Dana Hussein, parent" in text(them, page, str(officer.post.pk))
    mother.delete()
    assert "Dana Hussein, parent Their record is not open to both you and whoever printed this" in text(
        them, page, str(officer.post.pk)
    )
    Exclusion.objects.create(user=officer.user, person_id=whom, reason="own sister", from_at=NOW)
    assert "Dana" not in text(them, page, str(officer.post.pk))


def hidden_away() -> None:
    """The child lives where nobody may learn, and a visit's note and place say where."""
    at = NOW - timedelta(days=2)
    where = ", ".join(REFUGE)
    told = [
        entry("address.recorded", {"subject": [CHILD]}, source="social_care", ref="refuge", at=at,
              data={"lines": REFUGE[0], "postcode": REFUGE[1], "kind": "hostel", "from": at.date().isoformat()}),
        entry("plan.visit", {"child": [CHILD]}, source="social_care", ref="visit", at=at, place=where, note=f"Seen at {where}"),
        entry("address.protected", {"subject": [CHILD], "adult": [("social_care", "M1")]}, source="social_care", ref="safe", at=at,
              place=where, data={"reason": "Moved after she threatened them"}),
    ]  # fmt: skip
    record_many(told, feed_viewer(at=at), asked=False)


@pytest.mark.requirement("IS-12")
def test_the_pack_on_the_screen_as_a_recipient_has_it_holds_no_safe_address_and_ones_own_does(
    chair: Member, visitor: Member, child: int
) -> None:
    hidden_away()
    page, them = invited(chair, child, visitor), Browser(chair)
    Browser(visitor).send(
        f"{page}report/", how="report", report=f"I weighed him at {', '.join(REFUGE)}", can_do="Weigh him"
    )
    own = them.read(f"{page}pack/")
    assert own.count("Sorrel Court") > 1 and "Safe addresses are left out" not in own
    for kind in ("social_care", "health", "police"):
        theirs = them.read(f"{page}pack/?for={kind}")
        assert "Sorrel" not in theirs and "ZS9" not in theirs and "Safe addresses are left out" in theirs, kind
        assert "I weighed him at [address left out]" in theirs, kind
    assert "Seen at [address left out]" in them.read(f"{page}pack/?for=social_care")


def test_no_safe_address_is_on_paper(chair: Member, officer: Member, child: int) -> None:
    hidden_away()
    page, them = invited(chair, child, officer), Browser(chair)
    for to in ("me", str(officer.post.pk)):
        said = text(them, page, to)
        assert "Sorrel" not in said and "ZS9" not in said and "threatened" not in said
        assert "Seen at [address left out]" in said or to != "me"


def test_it_is_made_for_somebody_chosen_by_somebody_who_has_just_said_again_who_they_are(
    chair: Member, officer: Member, child: int
) -> None:
    page, them = invited(chair, child, officer), Browser(chair)
    stranger = make_member("else", "Some Body", "practitioner", "health")
    for to in ("", str(stranger.post.pk)):
        refused = them.client.post(f"{page}pack/paper/", {"to": to})
        assert refused.status_code == 422 and "There is a problem" in refused.content.decode()
    lately = sign_in(Client(), chair, confirmed=False)
    for answer in (lately.get(f"{page}pack/paper/"), lately.post(f"{page}pack/paper/", {"to": "me"})):
        assert answer.status_code == 302 and "reauthenticate" in answer.url
    assert not AccessEntry.objects.filter(note__startswith="conference pack on paper").exists()
    outside = Browser(stranger)
    outside.read(f"{page}pack/paper/", 404)
    involve(stranger, child, at=NOW)
    assert "PDF" in outside.read(f"{page}pack/paper/")
