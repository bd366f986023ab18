"""A report says how it may be shared, and that holds for the entry and for what is made of it."""

from __future__ import annotations

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of
from sightline.access import gate
from sightline.chronology.pointers import held_back
from sightline.chronology.queries import as_permitted, chronologies, happenings_at
from sightline.chronology.record import record_many
from sightline.chronology.sources import for_standing, in_full
from sightline.chronology.standing import in_force
from sightline.chronology.view import Chronology
from sightline.people.anchors import anchored
from sightline.people.household import relations
from sightline.people.models import Marker
from sightline.people.persons import persons
from sightline.people.places import hazards
from sightline.people.sight import EVERYTHING, Sight, sight_of

pytestmark = pytest.mark.django_db
KEY = ("intelligence", "ada")


def reported(code: str | None) -> int:
    """A child of whom intelligence says that they are exploited, handled so."""
    handled = {"handling": code} if code else {}
    said = [
        ("intelligence.recorded", {"subject": [KEY]}, {"kind": "exploitation", "summary": "seen with grown men"}),
        ("exploitation.indicated", {"child": [KEY]}, {"kind": "sexual", "signs": ["gifts"]}),
    ]
    record_many([entry(kind, people, source="intelligence", ref=kind, at=NOW, data=data | handled)
                 for kind, people, data in said], feed_viewer())  # fmt: skip
    return person_of(anchored([KEY], at=NOW)[KEY])


def seen(member: Member, who: int) -> tuple[bool, int, list[str]]:
    """Whether what the reports say is read, how many a summary may rest on, and the standing facts made of them."""
    viewer, known = member.viewer(), chronologies([who])[who]
    shown = as_permitted(viewer, known)
    given = gate.sees(viewer, [who])[who]
    facts = [fact.kind for fact in in_force(for_standing(viewer, known), NOW)]
    return any(h.get("summary") for h in shown), len(in_full(viewer, known, given)), facts


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(
    ("role", "agency", "why", "code", "read", "rests_on", "facts"),
    [
        ("response_officer", "police", "allocated", "conditions", True, 2, ["exploitation_risk"]),
        ("response_officer", "police", "first_contact", "conditions", False, 0, ["exploitation_risk"]),
        ("response_officer", "police", "first_contact", None, False, 0, ["exploitation_risk"]),
        ("response_officer", "police", "first_contact", "permitted", True, 2, ["exploitation_risk"]),
        ("mash_manager", "hub", "allocated", "permitted", False, 0, ["exploitation_risk"]),
        ("mash_manager", "hub", "allocated", "conditions", False, 0, []),
        ("mash_manager", "hub", "allocated", None, False, 0, []),
        ("case_owner", "social_care", "allocated", "permitted", False, 0, []),
    ],
)
def test_a_report_is_read_and_told_by_its_code(
    role: str, agency: str, why: str, code: str | None, read: bool, rests_on: int, facts: list[str]
) -> None:
    who, member = reported(code), make_member("m", "Mem Ber", role, agency)
    involve(member, who, why=why)
    assert seen(member, who) == (read, rests_on, facts)


@pytest.mark.requirement("IS-10", "IS-08")
def test_of_a_report_that_is_not_read_it_is_said_that_it_is_held_and_how_it_is_handled(constable: Member) -> None:
    who = reported("conditions")
    involve(constable, who, why="first_contact")
    shown = as_permitted(constable.viewer(), chronologies([who])[who])
    assert [(h.pointer, dict(h.data), h.note, h.by) for h in shown] == [(True, {"handling": "conditions"}, "", "")] * 2
    (held,) = held_back(shown)
    assert (held.source, held.entries, held.on_conditions) == ("intelligence", 2, 2)


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(
    ("agency", "code", "told"),
    [("hub", "permitted", True), ("hub", "conditions", False), ("hub", None, False), ("police", "conditions", True)],
)
def test_a_marker_that_a_report_set_is_told_by_the_report_s_code(agency: str, code: str | None, told: bool) -> None:
    data = {"kind": "firearms"} | ({"handling": code} if code else {})
    set_ = entry("marker.set", {"subject": [KEY]}, source="intelligence", ref="m", at=NOW, data=data)
    record_many([set_], feed_viewer())
    who = person_of(anchored([KEY], at=NOW)[KEY])
    member = make_member("m", "Mem Ber", "mash_manager" if agency == "hub" else "response_officer", agency)
    involve(member, who)
    assert seen(member, who)[2] == (["firearms"] if told else [])


CODES = [("hub", "permitted", True), ("hub", "conditions", False), ("hub", None, False), ("police", "conditions", True)]


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(("agency", "code", "told"), CODES)
def test_a_home_a_tie_and_a_danger_at_a_place_that_a_report_gives_are_told_by_its_code(
    agency: str, code: str | None, told: bool
) -> None:
    handled, home = {"handling": code} if code else {}, "4 Mill Lane, ZS5 7AB"
    said = [
        ("address.recorded", {"subject": [KEY]}, {"lines": home, "kind": "home"}, ""),
        ("relationship.recorded", {"subject": [("intelligence", "ben")], "other": [KEY]}, {"kind": "associate"}, ""),
        ("marker.set", {}, {"kind": "dangerous_dog"}, home),
    ]
    record_many([entry(kind, people, source="intelligence", ref=kind, at=NOW, data=data | handled, place=place)
                 for kind, people, data, place in said], feed_viewer())  # fmt: skip
    who, place = person_of(anchored([KEY], at=NOW)[KEY]), Marker.objects.get().premises_id or 0
    member = make_member("m", "Mem Ber", "mash_manager" if agency == "hub" else "response_officer", agency)
    involve(member, who)

    def found(sight: Sight) -> list[bool]:
        lived, tied = persons([who], sight)[who].addresses, relations(who, sight=sight)
        return [bool(x) for x in (lived, tied, hazards(place, NOW, sight))]

    assert found(sight_of(member.viewer())) == [told] * 3
    assert found(EVERYTHING) == [True] * 3, "a rule reads all of it"


@pytest.mark.requirement("JD-11")
@pytest.mark.parametrize(("source", "told"), [("crime", [(False, "under the stairs")]), ("health", [(True, "")])])
def test_of_an_entry_that_names_nobody_is_read_what_the_agency_may_read_of_its_system(
    constable: Member, source: str, told: list[tuple[bool, str]]
) -> None:
    home, data = "4 Mill Lane, ZS5 7AB", {"kind": "dangerous_dog"}
    set_ = entry("marker.set", {}, source=source, ref="m", place=home, data=data, note="under the stairs")
    record_many([set_], feed_viewer())
    there = Chronology.of(0, happenings_at(Marker.objects.get().premises_id or 0))
    assert [(h.pointer, h.note) for h in as_permitted(constable.viewer(), there)] == told
