"""Disposal: what two people decided is erased by the owner's role alone, nothing of it is left anywhere, and it does not come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cast import NOW, Member, entry, feed_viewer, involve, person_of
from sightline.access.models import AccessEntry, BreakGlass, Involvement
from sightline.access.viewer import Viewer
from sightline.alerts.models import Alert, Holding, Touched
from sightline.chronology.entries import Became
from sightline.chronology.models import Event, Tombstone
from sightline.chronology.queries import chronologies
from sightline.chronology.record import record_many
from sightline.chronology.settling import rebuild
from sightline.chronology.tombstones import key_file
from sightline.exchange.exports.models import Export, ExportFile
from sightline.exchange.feeds.models import Load, QuarantinedRow
from sightline.exchange.sharing.models import Disclosure
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.postgres import APP
from sightline.oversight.retention.commands import erase as erase_command
from sightline.oversight.retention.erasing import erase, tables
from sightline.oversight.retention.models import Review
from sightline.oversight.retention.services import agree, decide, place_hold
from sightline.oversight.retention.tests.conftest import (
    CANARIES,
    CRIMES,
    FRIEND,
    MAN,
    SHARED,
    Scene,
    day,
    his_life,
    theft,
)
from sightline.oversight.retention.tests.test_reviews import INQUIRY, WHY, review_of
from sightline.pathways.identity.queries import person_page
from sightline.people.anchors import anchored, found
from sightline.people.models import Address, Candidate, Identity, MatchKey, Premises, SourceRecord

BY = Viewer(None, "owner", "owner", "", 0, None, NOW, "command erase", "Retention review")
DERIVED = ("people_address", "people_relationship", "people_marker", "people_decision", "people_matchkey", "people_sourcerecord",
           "people_premises", "chronology_superseded")  # fmt: skip


def decided(scene: Scene) -> int:
    """A disposal of the man's records that two people decided."""
    row = review_of(scene.man)
    decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)
    agree(scene.other.viewer(), row.pk, agrees=True, reason=WHY)
    return row.pk


def everything() -> dict[str, str]:
    """Every row of every table as text, the log's too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
        said = {}
        for name in names:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM public.\"{name}\" t")
            said[name] = cursor.fetchone()[0].lower()
    return said


def left_of(*canaries: str) -> set[tuple[str, str]]:
    """Which of them is in which table."""
    return {(table, c) for table, text in everything().items() for c in canaries if c.lower() in text}


def given(scene: Scene) -> None:
    """What was shared of him, and a file that was made of his record."""
    Disclosure.objects.create(
        person_id=scene.man, agency_name="Holm Housing", agency_kind="housing", recipient="A. Clerk", purpose="p", bases=["b"], basis_words=["b"],
        reason="asked for by the clerk of the court", sections=["who"], given={"name": "zqvforename zqvsurname"}, digest="0",
        decided_by=scene.one.user, post=scene.one.post, at=NOW,
    )  # fmt: skip
    export = Export.objects.create(
        number="T1", people=[scene.man], form="table", recipient="A court", purpose="a hearing", agency="police", asked_by=scene.one.user,
        asked_at=NOW,
    )  # fmt: skip
    ExportFile.objects.create(export=export, content=b"zqvforename", sha256="0" * 64, made_at=NOW)


def around_him(scene: Scene) -> None:
    """What else the house keeps about somebody: a candidate, an alert, an opening, a row that could not be taken."""
    records = anchored([MAN, FRIEND], at=NOW)
    low, high = sorted(records.values())
    Candidate.objects.create(
        left_id=low, right_id=high, bits=5, model_version="t", why="surname: zqvsurname and Friend"
    )
    alert = Alert.objects.create(
        kind="k", subject_id=scene.man, cause="crime/zqvref/1", to_role="x", due_at=NOW, why="about zqvforename", rule="r", first_at=NOW,
        cleared_at=NOW,
    )  # fmt: skip
    Holding.objects.create(alert=alert, person_id=scene.man)
    involve(scene.one, scene.man)
    Involvement.objects.update(reason="worried about zqvforename zqvsurname")
    BreakGlass.objects.create(
        user=scene.other.user, post=scene.other.post, person_id=scene.man, reason="zqvsurname is on the bridge", from_at=NOW,
        until_at=NOW + timedelta(hours=1), conflict=False, sealed=False,
    )  # fmt: skip
    given(scene)
    load = Load.objects.create(source="crime", file="c.csv", digest="0", begun_at=NOW, by="t", rows=2, quarantined=2)
    QuarantinedRow.objects.create(load=load, file="c.csv", row=1, reason="bad", raw="zqvmankey\x1fx\x1fzqvnote")
    QuarantinedRow.objects.create(load=load, file="c.csv", row=2, reason="bad", raw="other person")


@pytest.mark.requirement("IS-07")
def test_nothing_of_what_was_erased_is_left_in_any_table(scene: Scene) -> None:
    around_him(scene)
    record_many([entry("detention.authorised", {"suspect": [CRIMES]}, source="custody", ref="zqvref/c", at=day(4), note="zqvnote")],
                feed_viewer(at=day(11)))  # fmt: skip
    custody = person_of(anchored([CRIMES], at=NOW)[CRIMES])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_link SET identity_id = %s WHERE identity_id = %s", [scene.man, custody])
    number = decided(scene)
    assert {c for _, c in left_of(*CANARIES)} == set(CANARIES)  # the search finds them before
    done = erase(number, BY)
    assert left_of(*CANARIES) == set()
    assert (done.whole, done.less) == (7, 1)
    assert (Disclosure.objects.count(), ExportFile.objects.count(), Export.objects.count()) == (0, 0, 1)
    assert QuarantinedRow.objects.get(row=2).raw == "other person"
    assert not Identity.objects.filter(pk=scene.man, links__isnull=False).exists()
    assert BreakGlass.objects.get().user == scene.other.user  # that it was opened is still answered for
    assert set(MatchKey.objects.values_list("record_id", flat=True)) <= set(
        SourceRecord.objects.values_list("pk", flat=True)
    )


@pytest.mark.requirement("IS-07")
def test_what_others_keep_stays_with_them_and_he_is_in_none_of_it(scene: Scene) -> None:
    erase(decided(scene), BY)
    kept = chronologies([scene.friend])[scene.friend]
    assert {h.kind for h in kept} == {"person.recorded", "crime.recorded"}
    (crime,) = kept.of_kind("crime.recorded")
    assert crime.people == {"suspect": (scene.friend,)}
    assert SHARED in crime.note
    assert Touched.objects.filter(person_id=scene.friend).exists()


@pytest.mark.requirement("IS-07")
def test_a_tombstone_says_what_kind_when_by_whose_decision_and_under_which_schedule(scene: Scene) -> None:
    number = decided(scene)
    erase(number, BY)
    stones = Tombstone.objects.order_by("pk")
    assert sorted((s.kind, s.part) for s in stones) == [
        ("address.recorded", False), ("crime.recorded", False), ("crime.recorded", True), ("marker.set", False),
        ("person.recorded", False), ("relationship.recorded", False),
    ]  # fmt: skip
    assert {(s.review, s.schedule, s.erased_at, s.source) for s in stones} == {(number, "police_3", NOW, "crime")}
    held = Review.objects.get(pk=number)
    assert (held.erased_at, held.erased_entries) == (NOW, 6)


@pytest.mark.requirement("IS-03", "IS-07")
def test_an_erasure_is_a_line_of_the_log_without_what_was_erased(scene: Scene) -> None:
    number = decided(scene)
    erase(number, BY)
    line = AccessEntry.objects.get(action="erasure")
    assert (line.people, line.outcome) == ([scene.man], "erased")
    assert {"crime.recorded", "person.recorded", "people_sourcerecord"} <= set(line.fields)
    assert f"user {scene.one.user.pk} and user {scene.other.user.pk}" in line.note
    assert "zqv" not in str(AccessEntry.objects.filter(pk=line.pk).values())


@pytest.mark.requirement("IS-07")
def test_the_same_rows_again_are_not_taken_and_leave_nothing(scene: Scene) -> None:
    erase(decided(scene), BY)
    events = Event.objects.count()
    became = record_many(his_life(), feed_viewer(at=NOW + timedelta(days=1)))
    assert [b for b in became if b is Became.ERASED] == [Became.ERASED] * 6
    assert set(became) == {Became.ERASED, Became.UNCHANGED}
    later = [replace(said, extracted_at=NOW + timedelta(days=2)) for said in his_life()]
    record_many(later, feed_viewer(at=NOW + timedelta(days=2)))
    changed = theft("zqvref/1", {"suspect": [MAN]}, note="zqvnote another mapping", n=1)
    assert record_many([replace(changed, extracted_at=NOW + timedelta(days=3))], feed_viewer(at=NOW)) == [Became.ERASED]
    assert Event.objects.count() == events
    assert left_of(*CANARIES) == set()


@pytest.mark.requirement("IS-07")
def test_what_its_source_learns_afterwards_is_taken_and_says_again_who_he_is(scene: Scene) -> None:
    erase(decided(scene), BY)
    new = theft("new", {"suspect": [MAN]}, note="new")
    new = replace(new, at=NOW + timedelta(days=30), recorded_at=NOW + timedelta(days=30), extracted_at=None)
    became = record_many([*his_life()[:1], new], feed_viewer(at=NOW + timedelta(days=30)))
    assert became == [Became.APPLIED, Became.APPLIED]
    assert SourceRecord.objects.get(source="crime", key=MAN[1]).surname == "zqvsurname"
    assert Event.objects.filter(ref="zqvref/1").count() == 0


@pytest.mark.requirement("IS-07")
def test_a_rebuild_gives_the_same_rows(scene: Scene) -> None:
    shared_home = {"lines": "3 zqvlines Row, upstairs", "postcode": "ZQ3 3AA", "kind": "home"}
    record_many([entry("address.recorded", {"subject": [FRIEND]}, source="crime", ref="friend/home", at=day(5), data=shared_home)],
                feed_viewer(at=day(11)))  # fmt: skip
    erase(decided(scene), BY)
    before = {t: sorted(everything()[t].split("\n")) for t in DERIVED}
    rebuild()
    assert {t: sorted(everything()[t].split("\n")) for t in DERIVED} == before
    assert list(Premises.objects.values_list("lines", flat=True)) == ["3 zqvlines Row, upstairs"]
    assert Address.objects.count() == 1


@pytest.mark.requirement("IS-07")
def test_nothing_is_erased_without_two_people_while_a_hold_stands_or_twice(scene: Scene) -> None:
    row = review_of(scene.man)
    with pytest.raises(Refused, match="two people"):
        erase(row.pk, BY)
    decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)
    with pytest.raises(Refused, match="two people"):
        erase(row.pk, BY)
    agree(scene.other.viewer(), row.pk, agrees=True, reason=WHY)
    hold = place_hold(scene.one.viewer(), scene.man, reason=INQUIRY)
    with pytest.raises(Refused, match="legal hold"):
        erase(row.pk, BY)
    hold.delete()
    seen = entry("contact.received", {"adult": [MAN]}, source="crime", ref="seen", at=NOW)
    with transaction.atomic():
        record_many([seen], feed_viewer(at=NOW))
        with pytest.raises(Refused, match="keeps these records until"):
            erase(row.pk, BY)
        transaction.set_rollback(True)
    assert left_of("zqvsurname")
    erase(row.pk, BY)
    with pytest.raises(Refused, match="already"):
        erase(row.pk, BY)


@pytest.mark.requirement("IS-07")
def test_nobody_but_the_owner_erases(scene: Scene) -> None:
    number = decided(scene)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        with pytest.raises((Refused, DatabaseError)), transaction.atomic():
            erase(number, BY)
        cursor.execute("RESET ROLE")
    for sql in (
        "SELECT set_config('sightline.erasing', 'on', true); DELETE FROM chronology_eventperson",
        "INSERT INTO chronology_tombstone (source, kind, ref, key, part, until_at, erased_at, review, schedule)"
        " VALUES ('crime', 'k', gen_random_uuid(), 'k', false, now(), now(), 1, 's')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {APP}")
            cursor.execute(sql)
    assert left_of("zqvsurname")


@pytest.mark.requirement("IS-07")
def test_without_the_key_nothing_is_taken_in_rather_than_what_was_erased(scene: Scene) -> None:
    erase(decided(scene), BY)
    key_file().unlink()
    with pytest.raises(Refused, match="erased entries are known by"):
        record_many(his_life(), feed_viewer(at=NOW))
    key_file().write_bytes(b"x" * 32)
    with pytest.raises(Refused, match="another key"):
        record_many(his_life(), feed_viewer(at=NOW))


@pytest.mark.requirement("IS-07")
def test_his_page_is_not_there_any_more_for_whoever_had_it_open(scene: Scene, constable: Member) -> None:
    involve(constable, scene.man)
    assert person_page(constable.viewer(), scene.man, at=NOW)
    erase(decided(scene), BY)
    with pytest.raises(NotFound):
        person_page(constable.viewer(), scene.man, at=NOW)
    assert found([MAN]) == {}


def test_every_table_of_ours_is_named_in_what_an_erasure_does() -> None:
    """Besides what a test takes away, for a slice that is added must say what becomes of its rows."""
    said = {t for what in ("delete", "change", "search", "kept") for t in tables()[what]} | set(tables()["places"])
    ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("sightline.")}
    assert ours - said == set(), "say in erased.yaml what an erasure does with these"


@pytest.mark.requirement("IS-07")
def test_the_command_says_what_it_did_and_that_copies_elsewhere_are_not_reached(scene: Scene) -> None:
    answer = CliRunner().invoke(erase_command, ["--review", str(decided(scene))])
    assert answer.exit_code == 0, answer.output
    assert "6 entries whole, a part of 1 that others keep" in answer.output
    assert "backups" in answer.output
    assert "zqv" not in answer.output
