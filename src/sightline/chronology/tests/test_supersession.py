"""The same extracts in any order give the same current events, markers and people; the same extract twice changes nothing."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import NOW, Member, entry, feed_viewer, involve, person_of, write_person
from sightline.chronology.entries import Became, Entry
from sightline.chronology.models import Event, EventPerson, SaidAgain, Superseded
from sightline.chronology.queries import chronologies, chronology_as_held, happenings_at
from sightline.chronology.record import record, record_many
from sightline.chronology.tests.extracts import DAY, START, rows_of_extracts, said, state
from sightline.kernel.errors import NotFound
from sightline.people.models import Marker, MatchKey, Premises, SourceRecord

pytestmark = pytest.mark.django_db


def state_after(entries: list[Entry], sizes: list[int]) -> dict[str, list[tuple[object, ...]]]:
    """The state after these entries, loaded in files of these sizes, and nothing left behind."""
    with transaction.atomic():
        left, turn = list(entries), 0
        while left:
            size = sizes[turn % len(sizes)]
            record_many(left[:size], feed_viewer())
            left, turn = left[size:], turn + 1
        after = state()
        transaction.set_rollback(True)
    return after


@pytest.mark.requirement("IS-11", "JD-01")
@given(data=st.data(), entries=st.lists(rows_of_extracts, min_size=2, max_size=8))
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_order_of_files_gives_the_same_state(data: st.DataObject, entries: list[Entry]) -> None:
    shuffled = data.draw(st.permutations(entries))
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    assert state_after(shuffled, sizes) == state_after(entries, [len(entries)])


@given(entries=st.lists(rows_of_extracts, min_size=1, max_size=8))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_the_same_extract_again_changes_nothing(entries: list[Entry]) -> None:
    with transaction.atomic():
        record_many(entries, feed_viewer())
        before, held = state(), Event.objects.count()
        again = record_many(entries, feed_viewer(at=NOW + DAY))
        assert set(again) <= {Became.UNCHANGED, Became.UNORDERED}
        assert (state(), Event.objects.count()) == (before, held)
        transaction.set_rollback(True)


def test_the_same_source_and_ref_is_one_event() -> None:
    one = said(1, "R1", "P1", "marker.set", "Ann")
    assert record_many([one, one], feed_viewer()) == [Became.APPLIED, Became.UNCHANGED]
    assert Event.objects.count() == 1


def test_what_arrives_late_from_between_two_extracts_that_agree_does_not_stand() -> None:
    first, last, between = (
        said(day, "R1", "P1", "marker.set", text) for day, text in ((1, "Ann"), (3, "Ann"), (2, "Bea"))
    )
    record_many([first], feed_viewer())
    assert record_many([last], feed_viewer()) == [Became.UNCHANGED]
    assert SaidAgain.objects.get().extracted_at == START + 3 * DAY
    assert record_many([between], feed_viewer()) == [Became.SUPERSEDED]
    assert Marker.objects.get().detail == "Ann"


def test_of_two_versions_of_one_date_the_same_one_stands_and_the_later_comer_is_said_not_to_be_ordered() -> None:
    one, other = (said(1, "R1", "P1", "marker.set", text) for text in ("Ann", "Bea"))
    ended = []
    for order in ([one, other], [other, one]):
        with transaction.atomic():
            ended.append((record_many(order, feed_viewer())[1], Marker.objects.get().detail))
            transaction.set_rollback(True)
    assert {became for became, _ in ended} == {Became.UNORDERED, Became.CONTESTED}
    assert len({stands for _, stands in ended}) == 1


@pytest.mark.requirement("IS-11")
def test_the_original_stays_when_a_correction_replaces_it(social_worker: Member) -> None:
    person = person_of(write_person("crime", "P1", forenames="Ann", surname="Byrne"))
    involve(social_worker, person)
    about = {"subject": [("crime", "P1")]}
    marker = {"kind": "violent", "detail": "punched a wall"}
    first = record(entry("marker.set", about, source="sightline", ref="m1", data=marker), social_worker.viewer())
    right = {"kind": "violent", "detail": "her brother did"}
    why = {"supersedes": first, "by": "Amina Okoro", "note": "wrong person"}
    better = entry("marker.set", about, source="sightline", ref="m2", data=right, **why)
    second = record(better, social_worker.viewer(at=NOW + DAY))
    assert Event.objects.get(pk=first).data == marker
    assert Superseded.objects.get(event_id=first).by_event_id == second
    assert [m.detail for m in Marker.objects.all()] == ["her brother did"]
    held = Event.objects.get(pk=second)
    assert (held.by, held.note, held.supersedes_id) == ("Amina Okoro", "wrong person", first)


def test_nobody_corrects_what_they_may_not_read(social_worker: Member, ext: Member) -> None:
    person = person_of(write_person("crime", "P1", forenames="Ann", surname="Byrne"))
    involve(social_worker, person)
    about = {"subject": [("crime", "P1")]}
    first = record(
        entry("marker.set", about, source="sightline", ref="m1", data={"kind": "violent"}), social_worker.viewer()
    )
    mine = {"subject": [("sightline", "new")]}
    for target in (first, 999_999_999):
        with pytest.raises(NotFound):
            record(
                entry("marker.set", mine, source="sightline", ref="m2", data={"kind": "violent"}, supersedes=target),
                ext.viewer(),
            )


@pytest.mark.requirement("JD-27", "IS-17")
def test_what_was_on_screen_is_what_had_arrived_and_what_was_known_goes_by_the_sources_own_time(
    social_worker: Member,
) -> None:
    person = person_of(write_person("social_care", "P1", at=START, forenames="Ann", surname="Byrne"))
    about = {"subject": [("social_care", "P1")]}

    def told(detail: str, *, learnt: int, extract: int, received: int) -> None:
        times = {"recorded_at": START + learnt * DAY, "extracted_at": START + extract * DAY}
        data = {"kind": "violent", "detail": detail}
        one = entry("marker.set", about, source="social_care", ref="M", at=START, data=data, **times)
        record_many([one], feed_viewer(at=START + received * DAY))

    told("pushed", learnt=1, extract=2, received=10)
    told("stabbed", learnt=5, extract=6, received=20)
    chronology = chronologies([person])[person]

    def details(day: int, *, held: bool = False) -> list[object]:
        at = START + day * DAY
        seen = chronology.held_by(at) if held else chronology.known_by(at)
        return [h.get("detail") for h in seen.of_kind("marker.set")]

    assert [details(day) for day in (0, 1, 4, 5, 30)] == [[], ["pushed"], ["pushed"], ["stabbed"], ["stabbed"]]
    assert [details(day, held=True) for day in (9, 10, 19, 20)] == [[], ["pushed"], ["pushed"], ["stabbed"]]
    involve(social_worker, person)
    then = chronology_as_held(social_worker.viewer(), person, moment=START + 15 * DAY)
    assert [h.get("detail") for h in then.of_kind("marker.set")] == ["pushed"]
    late = chronology.latest("marker.set")
    assert late is not None
    assert (late.received_at - late.recorded_at, late.recorded_at - late.at) == (15 * DAY, 5 * DAY)


def test_what_a_correction_moved_to_somebody_else_leaves_the_first_person_but_not_their_past() -> None:
    first = person_of(write_person("crime", "P1", at=START, forenames="Ann", surname="Byrne"))
    second = person_of(write_person("crime", "P2", at=START, forenames="Bea", surname="Byrne"))
    for day, key in ((1, "P1"), (3, "P2")):
        about = {"subject": [("crime", key)]}
        learnt = START + day * DAY
        times = {"recorded_at": learnt, "extracted_at": learnt}
        one = entry("marker.set", about, source="crime", ref="M", at=START, data={"kind": "violent"}, **times)
        record_many([one], feed_viewer(at=START + day * DAY))
    held = chronologies([first, second])
    assert not held[first].of_kind("marker.set")
    assert held[second].of_kind("marker.set")
    assert held[first].known_by(START + 2 * DAY).of_kind("marker.set")
    assert not held[first].known_by(START + 3 * DAY).of_kind("marker.set")


def test_a_description_whose_row_now_speaks_of_another_person_is_taken_back() -> None:
    record_many([said(1, "R1", "P1", "person.recorded", "Ann")], feed_viewer())
    record_many([said(2, "R1", "P2", "person.recorded", "Ann")], feed_viewer())
    names = dict(SourceRecord.objects.values_list("key", "forenames"))
    assert names == {"P1": "", "P2": "Ann"}
    first = SourceRecord.objects.get(key="P1")
    assert first.event_id is None
    assert not MatchKey.objects.filter(record_id=first.pk).exists()


def test_an_event_about_several_children_marks_each() -> None:
    about = {"child": [("crime", "P1"), ("crime", "P2")]}
    record_many([entry("marker.set", about, source="crime", ref="M", data={"kind": "looked_after"})], feed_viewer())
    assert sorted(Marker.objects.values_list("record__key", flat=True)) == ["P1", "P2"]


def test_a_place_with_nobody_named_has_its_chronology() -> None:
    record_many(
        [
            entry(
                "marker.set", {}, source="crime", ref="M", place="4 Mill Lane, ZS5 7AB", data={"kind": "dangerous_dog"}
            )
        ],
        feed_viewer(),
    )
    assert [h.kind for h in happenings_at(Marker.objects.get().premises_id)] == ["marker.set"]


def test_a_fact_about_a_persons_own_home_makes_no_place_called_home() -> None:
    about = {"subject": [("crime", "P1")]}
    record_many(
        [entry("marker.set", about, source="crime", ref="M", place="home", data={"kind": "violent"})], feed_viewer()
    )
    assert Premises.objects.count() == 0
    assert EventPerson.objects.count() == 1


def test_what_contradicts_another_of_its_date_is_kept_so_that_the_same_rows_again_change_nothing() -> None:
    rows = [said(day, "R1", "P1", "marker.set", text) for day, text in ((1, "Ann"), (2, "Ann"), (2, "Bea"), (3, "Ann"))]
    stood: set[str] = set()
    for order in permutations(rows):
        with transaction.atomic():
            record_many(order, feed_viewer())
            before, held = state(), Event.objects.count()
            again = record_many(order, feed_viewer(at=NOW + DAY))
            assert set(again) == {Became.UNCHANGED}
            assert (state(), Event.objects.count()) == (before, held)
            stood.add(str(before))
            transaction.set_rollback(True)
    assert len(stood) == 1
