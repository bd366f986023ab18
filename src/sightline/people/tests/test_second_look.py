"""The second look: whom standing together tells to be one person, and whom it never does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from django.db import transaction

from cast import LONG_AGO, NOW, entry, feed_viewer, person_of, write_person
from sightline.chronology.record import record_many
from sightline.chronology.sightings import sightings
from sightline.people.arrivals import link_records
from sightline.people.circles import Related, Ties
from sightline.people.comparing import BARE_AND_CHILD
from sightline.people.context import InContext, second_pass
from sightline.people.linking import link_all
from sightline.people.matching.cleaning import clean
from sightline.people.matching.records import Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.models import Candidate, Decision, Link, SourceRecord
from sightline.people.second_look import Sighting

TODAY = date(2026, 11, 2)
HOME, PHONE = 4, "07700900111"
Said = tuple[str, str, str, str]  # forename, surname, born, sex


@dataclass(frozen=True)
class Scene:
    """Records, and who of them stands where; children are worked out as the second look does, by year of birth."""

    people: tuple[Said, ...]
    home: tuple[int, ...] = ()
    phone: tuple[int, ...] = ()
    district: tuple[int, ...] = ()
    parents: tuple[tuple[int, int], ...] = ()
    apart: frozenset[tuple[int, int]] = field(default=frozenset())

    def look(self) -> InContext:
        """Who is who once they have been looked at in context, each being somebody of their own before."""
        records = [Record(str(n), f, s, born=b, sex=x) for n, (f, s, b, x) in enumerate(self.people)]
        cleaned = [clean(record, TODAY) for record in records]
        ties = Ties([Related(subject, other, "parent") for subject, other in self.parents])
        ties.at_place[HOME] |= set(self.home)
        ties.on_phone[PHONE] |= set(self.phone)
        ties.in_district["ZS5"] |= set(self.district)
        children = {n for n, c in enumerate(cleaned) if c.born_high is not None and c.born_high > 2008}
        return second_pass(
            range(len(records)), cleaned, shipped_model(), ties, kept_apart=self.apart, children=children
        )


DAN = ("Daniel", "Whitlock", "1984-05-17", "M")
BARE = ("Daniel", "Whitlock", "", "")
SON = ("Daniel", "Whitlock", "2015-03-02", "M")
CHILD = ("Rosie", "Pettifer", "2016-02-01", "F")
JOINED: dict[str, Scene] = {
    "a name without an age at one address": Scene((DAN, BARE), home=(0, 1)),
    "a short form of it": Scene((DAN, ("Dan", "Whitlock", "", "")), home=(0, 1)),
    "one letter wrong": Scene((DAN, ("Daniel", "Whitlick", "", "M")), home=(0, 1)),
    "on one phone": Scene((DAN, BARE), phone=(0, 1)),
    "named as parent of one child": Scene((DAN, BARE, CHILD), parents=((0, 2), (1, 2))),
    "a parent named without an address lives where the child does": Scene(
        (DAN, BARE, CHILD), home=(0, 2), parents=((1, 2),)
    ),
    "two names without an age at one address": Scene((BARE, BARE), home=(0, 1)),
    "a birthday in common and the names in each other's box": Scene(
        (DAN, ("Whitlock", "Daniel", *DAN[2:])), home=(0, 1)
    ),
}
PARTED: dict[str, Scene] = {
    "nothing in common but the name": Scene((DAN, BARE)),
    "a district only, and no age": Scene((DAN, BARE), district=(0, 1)),
    "twins": Scene((("Sarah", "Whitlock", "2015-03-02", "F"), ("Sophie", "Whitlock", "2015-03-02", "F")), home=(0, 1)),
    "twins, one by name only": Scene((SON, ("David", "Whitlock", "", "M")), home=(0, 1)),
    "siblings whose names sound alike": Scene(
        (("Riley", "Langland", "", ""), ("Orla", "Langland", "1990-06-24", "F")), home=(0, 1)
    ),
    "father and son of one name": Scene((DAN, SON), home=(0, 1)),
    "a name without an age and a child so called": Scene((BARE, SON), home=(0, 1)),
    "the same where they share a phone too": Scene((BARE, SON), home=(0, 1), phone=(0, 1)),
    "half-siblings of one age": Scene(
        (("Mia", "Ashford", "2012-04-22", "F"), ("Maya", "Ashford", "2012-09-02", "F")), home=(0, 1)
    ),
    "sexes that differ": Scene(
        (("Jo", "Whitlock", "", "F"), ("Jo", "Whitlock", "1984-05-17", "M")), home=(0, 1)
    ),
    "held apart by a person": Scene((DAN, BARE), home=(0, 1), apart=frozenset({(0, 1)})),
    "too young to be the parent that the other is": Scene(
        (BARE, ("Daniel", "Whitlock", "2007-05-17", "M"), CHILD), home=(0, 1, 2), parents=((0, 2),)
    ),
}  # fmt: skip


@pytest.mark.requirement("JD-01")
@pytest.mark.parametrize("scene", JOINED.values(), ids=JOINED)
def test_standing_together_tells_that_they_are_one(scene: Scene) -> None:
    found = scene.look()
    assert found.person[0] == found.person[1]
    assert found.joined[0].bits >= 12


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize("scene", PARTED.values(), ids=PARTED)
def test_standing_together_never_joins_kin_or_namesakes(scene: Scene) -> None:
    found = scene.look()
    assert found.person[0] != found.person[1]
    assert not found.joined


def test_a_name_without_an_age_and_a_child_so_called_go_before_a_person() -> None:
    found = Scene((BARE, SON), home=(0, 1)).look()
    assert found.for_review[0, 1].why == BARE_AND_CHILD


@pytest.mark.requirement("JD-02")
def test_a_name_that_fits_father_and_son_goes_to_neither() -> None:
    found = Scene((DAN, SON, BARE), home=(0, 1, 2)).look()
    assert len(set(found.person)) == 3
    assert set(found.for_review) == {(0, 2), (1, 2)}


@pytest.mark.requirement("JD-02")
def test_father_and_son_are_not_joined_through_third_records() -> None:
    thirds: tuple[Said, ...] = (BARE, ("Dan", "Whitlock", "", "M"), ("Daniel", "Whitlock", "2015", ""), BARE)
    found = Scene((DAN, SON, *thirds), home=(0, 1, 2, 3, 4, 5)).look()
    assert found.person[0] != found.person[1]


def test_a_home_of_very_many_is_no_circle() -> None:
    names = ("Amy", "Ben", "Cara", "Dev", "Ella", "Finn", "Gita", "Hugo", "Iris", "Jack", "Kim", "Luke", "Nora")
    others: tuple[Said, ...] = tuple((name, "Whitlock", "", "") for name in names)
    crowd = Scene((DAN, BARE, *others), home=tuple(range(2 + len(others)))).look()
    assert crowd.person == list(range(2 + len(others)))
    few = Scene((DAN, BARE, *others[:4]), home=tuple(range(6))).look()
    assert few.person[0] == few.person[1]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_whatever_their_order_the_same_are_one(order: tuple[int, ...]) -> None:
    people: tuple[Said, ...] = (DAN, BARE, SON, ("Carol", "Whitlock", "1981-11-30", "F"))
    at_home = Scene(people, home=(0, 1, 3), phone=(0, 2)).look()
    placed = {record: place for place, record in enumerate(order)}
    again = Scene(
        tuple(people[record] for record in order),
        home=tuple(placed[record] for record in (0, 1, 3)),
        phone=tuple(placed[record] for record in (0, 2)),
    ).look()
    assert _parts(at_home.person) == _parts(again.person[placed[record]] for record in range(4))


def _parts(person: Iterable[int]) -> set[frozenset[int]]:
    held: dict[int, set[int]] = {}
    for record, who in enumerate(person):
        held.setdefault(who, set()).add(record)
    return {frozenset(records) for records in held.values()}


# What is held, and linking it.

DOREEN = {"forenames": "Doreen", "surname": "Pettifer", "born": "1979-04-11", "sex": "F"}
PLACE = "4 Mill Lane, ZS5 7AB"


def _scene() -> dict[str, int]:
    """A mother by three systems, the school's by name only, and a call's by an age judged by eye; her child by two."""
    pk = {"health": write_person("health", "1", at=LONG_AGO, **DOREEN)}
    told = datetime(2026, 10, 1, tzinfo=UTC)
    pk["school"] = write_person("education", "2", at=LONG_AGO, forenames="Doreen", surname="Pettifer")
    pk["call"] = write_person(
        "command_and_control", "3", at=told, forenames="Dorene", surname="Pettifer", sex="F", born_text="said to be 50"
    )
    pk["child"] = write_person("education", "4", at=LONG_AGO, forenames="Rosie", surname="Pettifer", born="2016-02-01")
    _lives("health", "1", PLACE)
    _lives("education", "4", "4 MILL LN ZS5 7AB")
    people = {"subject": [("education", "2")], "other": [("education", "4")]}
    named = entry("relationship.recorded", people, source="education", ref="2/4", at=LONG_AGO, data={"kind": "parent"})
    record_many([named], feed_viewer())
    return pk


def _lives(source: str, key: str, lines: str) -> None:
    data = {"lines": lines, "kind": "home"}
    lived = entry(
        "address.recorded", {"subject": [(source, key)]}, source=source, ref=f"{key}/home", at=LONG_AGO, data=data
    )
    record_many([lived], feed_viewer())


@pytest.mark.django_db
@pytest.mark.requirement("JD-01")
def test_a_mother_known_by_name_an_age_judged_by_eye_and_a_birthday_is_one() -> None:
    pk = _scene()
    seen = [Sighting(pk["call"], "4 Mill Lane")]
    link_all(feed_viewer(), at=NOW, sightings=seen)
    assert person_of(pk["school"]) == person_of(pk["health"]) == person_of(pk["call"])
    assert person_of(pk["child"]) != person_of(pk["health"])
    moved = Link.objects.get(record_id=pk["school"], until_at=None)
    assert moved.model_version.endswith("+context")
    assert "same address" in moved.reason
    before = list(Link.objects.order_by("id").values_list())
    assert link_all(feed_viewer(), at=NOW, sightings=seen).moved == 0
    assert list(Link.objects.order_by("id").values_list()) == before


@pytest.mark.django_db
def test_without_having_been_seen_there_the_call_stays_its_own() -> None:
    pk = _scene()
    link_all(feed_viewer(), at=NOW)
    assert person_of(pk["call"]) != person_of(pk["health"])


@pytest.mark.django_db
@pytest.mark.requirement("JD-02")
def test_the_second_look_keeps_apart_what_a_person_parted() -> None:
    pk = _scene()
    apart = {"subject": [("health", "1")], "other": [("education", "2")]}
    said = {"same": False, "reason": "an aunt of the same name"}
    record_many([entry("identity.decided", apart, source="sightline", ref="d1", at=NOW, data=said)], feed_viewer())
    assert Decision.objects.filter(same=False).exists()
    link_all(feed_viewer(), at=NOW)
    assert person_of(pk["school"]) != person_of(pk["health"])
    pair = {"left_id": min(pk["school"], pk["health"]), "right_id": max(pk["school"], pk["health"])}
    assert not Candidate.objects.filter(**pair).exists()


@pytest.mark.django_db
def test_nobody_becomes_their_own_parent() -> None:
    pk = {
        "father": write_person("health", "1", at=LONG_AGO, forenames="Daniel", surname="Whitlock", born="1961-05-17"),
        "son": write_person("education", "2", at=LONG_AGO, forenames="Daniel", surname="Whitlock"),
    }
    for source, key in (("health", "1"), ("education", "2")):
        _lives(source, key, PLACE)
    people = {"subject": [("health", "1")], "other": [("education", "2")]}
    said = entry("relationship.recorded", people, source="health", ref="1/2", at=LONG_AGO, data={"kind": "parent"})
    with transaction.atomic():
        link_all(feed_viewer(), at=NOW)
        assert person_of(pk["father"]) == person_of(pk["son"])  # all that is recorded agrees
        transaction.set_rollback(True)
    record_many([said], feed_viewer())
    link_all(feed_viewer(), at=NOW)
    assert person_of(pk["father"]) != person_of(pk["son"])
    assert link_records(pk.values(), feed_viewer(), at=NOW) == 0
    assert not Candidate.objects.exists()


@pytest.mark.django_db
def test_who_was_seen_where_leaves_out_what_no_longer_stands() -> None:
    pk = write_person("command_and_control", "3", at=LONG_AGO, forenames="Doreen", surname="Pettifer")
    about = {"subject": [("command_and_control", "3")]}
    for place, extract in (("4 Mill Lane, ZS5 7AB", LONG_AGO), ("9 High Street, ZS6 2QX", NOW)):
        seen = entry("contact.received", about, source="command_and_control", ref="i1", at=LONG_AGO, place=place)
        record_many([seen], feed_viewer(at=extract))
    assert SourceRecord.objects.filter(pk=pk).exists()
    assert [(s.record, s.lines) for s in sightings()] == [(pk, "9 High Street, ZS6 2QX")]
