"""Other children near somebody who may have harmed one; violence that moves in."""

from __future__ import annotations

import pytest

from alarms import raised, standing

PEOPLE = """
people:
  child:  {born: 2004-05-05, sex: F}
  other:  {born: 2006-05-05, sex: F}
  grown:  {born: 1990-05-05, sex: F}
  mother: {born: 1980-05-05, sex: F}
  man:    {born: 1979-05-05, sex: M}
"""
CRIME = """
events:
  - {at: 2014-03-04 10:00:00, type: crime.recorded, source: crime, people: {child: child, suspect: man},
     data: {offence: assault, category: sexual, child_is: victim}}
"""
UNTIL = "until: 2014-03-20 12:00:00\n"


def case(ties: str, more: str = "") -> str:
    return PEOPLE + f"relationships:\n{ties}" + CRIME + more + UNTIL


@pytest.mark.requirement("RA-08", "JD-20")
@pytest.mark.parametrize(
    ("tie", "told"),
    [
        ("  - [man, parent, other, {lives_with: true}]\n", ["other"]),
        ("  - [man, parent, other]\n", ["other"]),
        ("  - [man, sibling, other, {lives_with: true}]\n", ["other"]),
        ("  - [man, neighbour, other]\n", []),
        ("  - [man, parent, grown, {lives_with: true}]\n", []),
        ("  - [man, parent, other, {ended: 2013-01-01}]\n", []),
    ],
)
def test_children_who_live_with_the_suspect_or_are_theirs(tie: str, told: list[str]) -> None:
    found = raised(case(tie), "other_children_at_risk")
    assert [(who, at) for _, who, at in found] == [(who, "2014-03-05 10:00") for who in told]


@pytest.mark.parametrize(
    "done",
    [
        "type: child.seen, source: crime, people: {child: other}, data: {alone: true, spoken_to: true}",
        "type: referral.made, source: crime, people: {child: [child, other]}, data: {to: social_care, basis: s47}",
        "type: strategy.held, source: social_care, people: {child: child}, data: {decision: enquiry_joint, other_children_considered: true}",
    ],
)
def test_whoever_has_been_considered_is_left_in_peace(done: str) -> None:
    text = case("  - [man, parent, other, {lives_with: true}]\n", f"  - {{at: 2014-03-04 16:00:00, {done}}}\n")
    assert raised(text, "other_children_at_risk") == []


@pytest.mark.requirement("RA-08")
@pytest.mark.parametrize(
    ("considered", "told"),
    [
        ("", True),
        ("child: child, other: other", False),
        ("child: child, other: grown", True),
        ("child: grown, other: other", True),
    ],
)
def test_a_discussion_recorded_here_considered_whom_it_names_and_nobody_else(considered: str, told: bool) -> None:
    held = (
        "  - {at: 2014-03-04 16:00:00, type: strategy.held, source: sightline, people: {child: child},\n"
        "     data: {decision: enquiry_joint, other_children_considered: true}}\n"
    )
    named = (
        f"  - {{at: 2014-03-04 16:01:00, type: strategy.child_considered, source: sightline, people: {{{considered}}},\n"
        "     data: {decision: included, reason: the same home}}\n"
    )
    text = case("  - [man, parent, other, {lives_with: true}]\n", held + (named if considered else ""))
    assert bool(raised(text, "other_children_at_risk")) is told


@pytest.mark.requirement("RA-08")
def test_a_discussion_before_the_other_child_was_known_of_did_not_consider_them() -> None:
    text = case(
        "  - [mother, parent, child]\n",
        "  - {at: 2014-03-04 16:00:00, type: strategy.held, source: social_care, people: {child: child},\n"
        "     data: {decision: enquiry_joint, other_children_considered: true}}\n"
        "  - {at: 2014-03-08 16:00:00, type: intelligence.recorded, source: intelligence, people: {child: other, suspect: man},\n"
        "     data: {kind: exploitation, summary: seen with her}}\n",
    )
    assert raised(text, "other_children_at_risk") == [("other_children_at_risk", "other", "2014-03-09 16:00")]


MOVED = "  - [man, partner, mother, {lives_with: true, since: 2014-03-02}]\n  - [mother, parent, child, {lives_with: true}]\n"


def household(markers: str, more: str = "", ties: str = MOVED) -> str:
    call = (
        "events:\n  - {at: 2014-03-01 10:00:00, type: contact.received, source: command_and_control, people: {child: child},\n"
        '     data: {channel: "101", kind: welfare_check, graded: no_attendance}}\n'
        "  - {at: 2014-03-03 10:00:00, type: child.seen, source: command_and_control, people: {child: child}, data: {alone: true, spoken_to: true}}\n"
    )
    return PEOPLE + f"relationships:\n{ties}" + (f"markers:\n{markers}" if markers else "") + call + more + UNTIL


@pytest.mark.requirement("RA-18")
@pytest.mark.parametrize(
    ("markers", "told"),
    [("  - [man, violent, 2012-01-01]\n", True), ("  - [man, registered_sex_offender, 2012-01-01]\n", True), ("", False),
     ("  - [man, service_family, 2012-01-01]\n", False)],
)  # fmt: skip
def test_a_violent_adult_who_joins_the_home(markers: str, told: bool) -> None:
    assert (("violent_adult_joined", "child") in standing(household(markers), "violent_adult_joined")) is told


def test_who_was_always_there_has_not_joined_and_a_referral_ends_it() -> None:
    violent = "  - [man, violent, 2012-01-01]\n"
    always = "  - [man, partner, mother, {lives_with: true}]\n  - [mother, parent, child, {lives_with: true}]\n"
    referred = "  - {at: 2014-03-05 10:00:00, type: referral.made, source: crime, people: {child: child}, data: {to: social_care, basis: s17}}\n"
    assert standing(household(violent, ties=always), "violent_adult_joined") == set()
    assert standing(household(violent, referred), "violent_adult_joined") == set()


@pytest.mark.requirement("RA-18")
def test_a_child_of_whom_nothing_is_recorded_but_the_home_is_told_about_when_he_moves_in() -> None:
    """The child is in no call and no form: only the tie to the mother is known before the man joins her."""
    text = (
        PEOPLE
        + "relationships:\n  - [mother, parent, child, {lives_with: true}]\nmarkers:\n  - [man, violent, 2012-01-01]\nevents:\n"
        "  - {at: 2014-03-04 10:00:00, type: relationship.recorded, source: social_care, people: {subject: man, other: mother},\n"
        "     data: {kind: partner, lives_with: true}}\n" + UNTIL
    )
    assert raised(text, "violent_adult_joined") == [("violent_adult_joined", "child", "2014-03-04 10:03")]


ADDRESS = (
    "  - {{at: 2014-03-{day} 10:00:00, type: address.recorded, source: {source}, people: {{subject: {who}}},\n"
    "     data: {{lines: '{lines}', kind: home}}}}\n"
)
TOGETHER = "  - [mother, parent, child, {lives_with: true}]\n  - [man, parent, child]\n"


@pytest.mark.requirement("RA-18")
def test_another_system_that_writes_down_a_fathers_address_is_no_move_and_a_father_who_comes_back_is_one() -> None:
    violent = "  - [man, violent, 2012-01-01]\n"
    at_home = ADDRESS.format(day="04", source="crime", who="man", lines="5 Mill Row") + ADDRESS.format(
        day="02", source="health", who="child", lines="5 Mill Row"
    )
    elsewhere = ADDRESS.format(day="03", source="custody", who="man", lines="9 Quay Street")
    assert raised(household(violent, at_home, ties=TOGETHER), "violent_adult_joined") == []
    assert raised(household(violent, elsewhere + at_home, ties=TOGETHER), "violent_adult_joined") != []


@pytest.mark.requirement("RA-18")
def test_violence_learnt_of_somebody_who_has_long_lived_there_is_no_joining() -> None:
    late = "  - {at: 2014-06-04 10:00:00, type: marker.set, source: intelligence, people: {subject: man}, data: {kind: violent}}\n"
    told = household("", late).replace(UNTIL, "until: 2014-07-01 12:00:00\n")
    assert raised(told, "violent_adult_joined") == []
    assert raised(told.replace("2014-06-04", "2014-03-09"), "violent_adult_joined") != []
