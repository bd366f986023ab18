"""Linking what is held: the same people whatever the order, stable ids, decisions kept, doubtful pairs put before a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access import gate
from sightline.access.models import AccessEntry
from sightline.access.partings import partings, unread
from sightline.chronology.record import record_many
from sightline.pathways.identity.services import join, must_link, split
from sightline.people.anchors import anchored, identities_of
from sightline.people.arrivals import link_records
from sightline.people.linking import link_all
from sightline.people.matching.cleaning import clean
from sightline.people.matchkeys import records
from sightline.people.models import Candidate, Link, MatchKey, SourceRecord

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AYAAN = {"forenames": "Ayaan", "surname": "Warsame", "born": "2014-03-09", "sex": "M", "nhs_number": "9990001200"}
CAROL = {"forenames": "Carol", "surname": "Pettigrew", "born": "1981-11-30", "sex": "F"}
TWIN = {**AYAAN, "forenames": "Idris", "nhs_number": None}
PEOPLE: dict[tuple[str, str], dict[str, object]] = {
    ("crime", "1"): AYAAN,
    ("health", "2"): {**AYAAN, "forenames": "Ayan"},
    ("education", "3"): TWIN,
    ("social_care", "4"): {**TWIN, "nhs_number": "9990001235"},
    ("custody", "5"): CAROL,
}


def load(order: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Records of two brothers at one address, and of somebody else."""
    for source, key in order:
        if PEOPLE[source, key]["surname"] == "Warsame":
            home = {"lines": "4 Mill Lane", "postcode": "ZS5 7AB", "kind": "home"}
            lives = entry("address.recorded", {"subject": [(source, key)]}, source=source, ref=f"{key}/home", data=home)
            record_many([lives], feed_viewer(at=LONG_AGO))
    return {key: write_person(*key, at=LONG_AGO, **{f: v for f, v in PEOPLE[key].items() if v}) for key in order}


def partition() -> set[frozenset[tuple[str, str]]]:
    held = SourceRecord.objects.values_list("pk", "source", "key")
    who = identities_of(pk for pk, _, _ in held)
    return {frozenset((s, k) for pk, s, k in held if who[pk] == person) for person in set(who.values())}


@pytest.mark.requirement("JD-01", "JD-02")
def test_records_in_any_order_give_the_same_people() -> None:
    found = []
    for order in (list(PEOPLE), list(PEOPLE)[::-1], [*list(PEOPLE)[2:], *list(PEOPLE)[:2]]):
        with transaction.atomic():
            load(order)
            link_all(feed_viewer(), at=NOW)
            candidates = {
                (
                    frozenset(((c.left.source, c.left.key), (c.right.source, c.right.key))),
                    round(c.bits, 6),
                    c.vetoed,
                    c.why,
                )
                for c in Candidate.objects.select_related("left", "right")
            }
            found.append((partition(), candidates))
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2]
    people = found[0][0]
    assert frozenset({("crime", "1"), ("health", "2")}) in people
    assert not any({("crime", "1"), ("education", "3")} <= p for p in people)  # twins


@pytest.mark.requirement("JD-02")
def test_a_join_unasked_says_how_sure_it_was_by_which_model_and_the_same_again_moves_nobody() -> None:
    records = load(list(PEOPLE))
    first = link_all(feed_viewer(), at=NOW)
    link = Link.objects.get(record_id=records["health", "2"], until_at=None)
    assert (link.decided_by, link.model_version, link.from_at) == ("sightline", first.model_version, NOW)
    assert link.bits is not None
    assert link.bits >= 12
    before = list(Link.objects.order_by("id").values_list())
    assert link_all(feed_viewer(), at=NOW + DAY).moved == 0
    assert list(Link.objects.order_by("id").values_list()) == before


def test_a_person_keeps_their_id_when_more_is_learnt_of_them() -> None:
    records = load(list(PEOPLE))
    link_all(feed_viewer(), at=NOW)
    person = person_of(records["crime", "1"])
    late = write_person("prison", "9", at=NOW, **AYAAN)
    link_all(feed_viewer(), at=NOW + DAY)
    assert person_of(late) == person_of(records["crime", "1"]) == person


@pytest.mark.requirement("JD-02")
def test_what_people_decided_is_kept_when_everybody_is_linked_again(team_manager: Member) -> None:
    records = load(list(PEOPLE))
    one, other, stranger = (records[k] for k in (("crime", "1"), ("health", "2"), ("custody", "5")))
    link_all(feed_viewer(), at=NOW)
    involve(team_manager, *identities_of(records.values()).values())
    split(
        person_of(one),
        [other],
        reason="cousins of one name and number",
        by=team_manager.viewer(at=NOW + DAY),
        at=NOW + DAY,
    )
    link_all(feed_viewer(), at=NOW + 2 * DAY)
    assert person_of(one) != person_of(other)
    assert not Candidate.objects.filter(left_id=min(one, other), right_id=max(one, other)).exists()
    waiting = must_link(
        one, stranger, reason="adopted: the file says so", by=team_manager.viewer(at=NOW + DAY), at=NOW + DAY
    )
    assert waiting.waiting
    link_all(feed_viewer(), at=NOW + 3 * DAY)
    assert person_of(one) != person_of(stranger)


def test_a_record_known_by_its_key_only_is_linked_by_hand_and_stays_so(team_manager: Member) -> None:
    second = make_member("lowe", "Jan Lowe", "missing_coordinator", "police")
    one = load(list(PEOPLE))["crime", "1"]
    bare = anchored([("housing", "H7")], at=LONG_AGO)["housing", "H7"]
    for member in (team_manager, second):
        involve(member, person_of(one), person_of(bare))
        join(person_of(one), person_of(bare), reason="named in the tenancy", by=member.viewer(), at=NOW)
    assert person_of(one) == person_of(bare)
    link_all(feed_viewer(), at=NOW + DAY)
    assert person_of(one) == person_of(bare)


@pytest.mark.requirement("JD-02")
def test_doubtful_pairs_are_proposed_with_reasons_and_without_values() -> None:
    load(list(PEOPLE))
    linked = link_all(feed_viewer(), at=NOW)
    assert linked.vetoed == Candidate.objects.filter(vetoed=True).count() >= 1
    twins = Candidate.objects.filter(vetoed=True).select_related("left", "right")
    for candidate in twins:
        assert "date of birth: the same date" in candidate.why
        assert "2014" not in candidate.why


@pytest.mark.requirement("IS-03")
def test_linking_is_written_down_as_combination_naming_the_people() -> None:
    records = load(list(PEOPLE))
    before = person_of(records["health", "2"])
    link_all(feed_viewer(), at=NOW)
    entry = AccessEntry.objects.filter(action="combination").latest("id")
    assert {before, person_of(records["health", "2"])} <= set(entry.people)


def test_records_as_they_arrive_join_who_they_are_and_twins_go_before_a_person() -> None:
    records: dict[tuple[str, str], int] = {}
    for key in PEOPLE:
        records |= load([key])
        link_records([records[key]], feed_viewer(), at=NOW)
    assert person_of(records["crime", "1"]) == person_of(records["health", "2"])
    assert person_of(records["crime", "1"]) != person_of(records["education", "3"])
    assert Candidate.objects.filter(vetoed=True).exists()
    assert link_records(records.values(), feed_viewer(), at=NOW + DAY) == 0


def test_records_kept_apart_do_not_join_when_one_arrives_again(team_manager: Member) -> None:
    records = load([("crime", "1"), ("health", "2")])
    one, other = records.values()
    link_records([other], feed_viewer(), at=NOW)
    involve(team_manager, person_of(one))
    split(
        person_of(one),
        [other],
        reason="cousins of one name and number",
        by=team_manager.viewer(at=NOW + DAY),
        at=NOW + DAY,
    )
    assert link_records([one, other], feed_viewer(), at=NOW + 2 * DAY) == 0


def test_an_age_is_that_of_the_day_it_was_told_and_not_of_the_day_of_linking() -> None:
    pk = write_person(
        "command_and_control",
        "A1",
        at=datetime(2019, 6, 1, tzinfo=UTC),
        forenames="Mo",
        surname="Hussein",
        born_text="aged 9",
    )
    ((_, record),) = records([pk])
    for day in (date(2019, 6, 2), date(2026, 11, 2)):
        cleaned = clean(record, day)
        assert (cleaned.born_low, cleaned.born_high) == (2009, 2010)
    assert MatchKey.objects.filter(record_id=pk).count() > 1


@pytest.mark.requirement("JD-02")
def test_whom_the_matcher_itself_takes_apart_everybody_is_told_of_who_was_shown_them_as_one(
    constable: Member, social_worker: Member, data_guardian: Member
) -> None:
    records = load([("crime", "1"), ("health", "2")])
    link_all(feed_viewer(), at=NOW)
    person = person_of(records["crime", "1"])
    assert person == person_of(records["health", "2"])
    involve(constable, person)
    gate.look(constable.viewer(at=NOW + DAY / 2), [person], fields=["names"])
    write_person("health", "2", at=NOW + DAY, **CAROL, nhs_number="9990001243")
    link_all(feed_viewer(), at=NOW + 2 * DAY)
    assert person_of(records["crime", "1"]) != person_of(records["health", "2"])
    after = NOW + 3 * DAY
    (told,) = unread(constable.viewer(at=after))
    assert (told.first_at, told.parting.joined_at, told.parting.user) == (NOW + DAY / 2, NOW, None)
    assert not unread(social_worker.viewer(at=after))
    assert [p.pk for p, _, _ in partings(data_guardian.viewer(at=after))] == [told.parting_id]
    assert partings(social_worker.viewer(at=after)) == ()
    assert "made two again" in text(signed_in(data_guardian).get("/access/parted/"))
