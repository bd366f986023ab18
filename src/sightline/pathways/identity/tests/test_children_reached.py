"""The view from an adult: every child they live with, have contact with, are bailed from, or were found with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, person_of, seal, write_person
from sightline.access.models import AccessEntry, Exclusion
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound
from sightline.pathways.identity.panels import ChildrenReached, children_reached

pytestmark = pytest.mark.django_db
HOME = {"lines": "3 Tern Walk", "postcode": "ZS4 1AA", "kind": "home", "from": "2025-02-01"}
EVERYONE = {
    "man": ("crime", "1988-03-02"),
    "at_home": ("social_care", "2017-06-01"),
    "grown": ("social_care", "2001-06-01"),
    "elsewhere": ("social_care", "2014-01-01"),
    "victim": ("crime", "2012-01-01"),
    "woman": ("crime", "1990-01-01"),
    "runaway": ("missing", "2011-05-05"),
}


def says(kind: str, source: str, data: dict[str, Any], days: int = 30, **roles: str) -> None:
    """One event, so many days ago; each role is one of EVERYONE."""
    people = {role: [(EVERYONE[who][0], who)] for role, who in roles.items()}
    ref = "/".join([kind, *roles.values(), str(days)])
    said = entry(kind, people, source=source, ref=ref, at=NOW - timedelta(days=days), data=data)
    record_many([said], feed_viewer(at=NOW - timedelta(days=days)))


@pytest.fixture
def who(db: None) -> dict[str, int]:
    """A man, and everybody around him."""
    people = {}
    for key, (source, born) in EVERYONE.items():
        said = {"forenames": key.title(), "surname": "Tern", "born": born}
        people[key] = person_of(write_person(source, key, at=NOW - timedelta(days=900), **said))
    for key in ("man", "at_home", "grown"):
        says("address.recorded", EVERYONE[key][0], HOME, 600, subject=key)
    contact = {"kind": "parent", "cares_for": True}
    says("relationship.recorded", "social_care", contact, 500, subject="man", other="elsewhere")
    bail = {"kind": "pre_charge", "conditions": ["Not to contact the child"], "until": "2026-12-24"}
    says("bail.set", "crime", bail, 20, suspect="man", victim="victim")
    says("bail.set", "crime", bail, 19, suspect="man", victim="woman")
    found = {"found_by": "police", "where": "a flat on Mill Road", "harmed": "unknown"}
    says("missing.returned", "missing", found, 9, child="runaway", adult="man")
    return people


def reached(member: Member, who: dict[str, int]) -> ChildrenReached:
    return children_reached(member.viewer(), who["man"], at=NOW)


def ways(found: ChildrenReached) -> dict[str, list[tuple[str, str, str, str]]]:
    return {c.person.name.split()[0]: [(w.how, w.says, str(w.since), w.source) for w in c.ways] for c in found.children}


@pytest.mark.requirement("JD-09")
def test_every_child_an_adult_can_reach_with_how_since_when_and_who_says_so(
    constable: Member, who: dict[str, int]
) -> None:
    involve(constable, *who.values())
    assert ways(reached(constable, who)) == {
        "At_Home": [("Lives with", "lives at the same address", "2025-02-01", "social_care")],
        "Elsewhere": [("Has contact with", "child, and one cares for the other", "2025-06-20", "social_care")],
        "Victim": [("Bailed from", "Not to contact the child", "2026-10-13", "crime")],
        "Runaway": [("Found with", "when missing, a flat on Mill Road", "2026-10-24", "missing")],
    }


@pytest.mark.requirement("JD-09")
def test_children_whose_records_are_not_open_are_a_number_and_are_not_named(
    constable: Member, who: dict[str, int]
) -> None:
    involve(constable, who["man"])
    found = reached(constable, who)
    assert set(ways(found)) == {"At_Home", "Elsewhere"}, "the household and the family are on the page already"
    assert found.not_opened == 2


@pytest.mark.requirement("JD-09", "IS-03")
def test_the_look_at_the_children_is_written_down_with_those_shown_only(constable: Member, who: dict[str, int]) -> None:
    involve(constable, who["man"], who["victim"])
    reached(constable, who)
    entries = AccessEntry.objects.filter(user_id=constable.user.pk, outcome="given")
    assert {p for e in entries for p in e.people} == {who[k] for k in ("man", "at_home", "elsewhere", "victim")}


@pytest.mark.requirement("JD-09", "IS-05")
@pytest.mark.parametrize("child", ["victim", "runaway", "at_home", "elsewhere"])
@pytest.mark.parametrize("why", ["sealed", "excluded"])
def test_a_child_whose_existence_may_not_be_known_is_neither_named_nor_counted(
    constable: Member, who: dict[str, int], child: str, why: str
) -> None:
    involve(constable, *who.values())
    since = NOW - timedelta(days=1)
    if why == "sealed":
        seal(who[child], since=since)
    else:
        Exclusion.objects.create(user=constable.user, person_id=who[child], reason="own niece", from_at=since)
    found = reached(constable, who)
    assert who[child] not in {c.person.person for c in found.children}
    assert (len(found.children), found.not_opened) == (3, 0)


def _without(kinds: Iterable[str], found: ChildrenReached) -> set[str]:
    return {how for held in ways(found).values() for how, *_ in held} & set(kinds)


@pytest.mark.requirement("JD-09", "IS-01")
def test_what_an_agency_may_not_read_ties_no_child_to_the_adult(health_visitor: Member, who: dict[str, int]) -> None:
    involve(health_visitor, *who.values())
    found = reached(health_visitor, who)
    assert _without(("Bailed from", "Found with"), found) == set() and found.not_opened == 0


@pytest.mark.requirement("JD-09")
def test_conditions_that_have_run_out_protect_nobody(constable: Member, who: dict[str, int]) -> None:
    involve(constable, *who.values())
    later = constable.viewer(at=NOW + timedelta(days=60))
    assert "Victim" not in ways(children_reached(later, who["man"], at=NOW + timedelta(days=60)))


@pytest.mark.requirement("JD-09", "IS-01")
def test_nobody_asks_about_an_adult_they_may_not_see(ext: Member, who: dict[str, int]) -> None:
    with pytest.raises(NotFound):
        reached(ext, who)
