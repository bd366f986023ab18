"""What history suggests at first contact, one row per rule of the table. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sightline.chronology.standing import InForce, Standing
from sightline.chronology.view import Chronology, Happening
from sightline.kernel import law
from sightline.pathways.contact.rules import AtPlace, Someone, Suggestion, least_at_the_scene, suggest, table

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
CHILD, MAN = 1, 2


def fact(*kinds: str) -> tuple[InForce, ...]:
    since = NOW - timedelta(days=100)
    return tuple(InForce(k, k, 50, (Standing(k, "", since, None, "crime", since, (7,)),)) for k in kinds)


def told(kind: str, days: float, n: int = 1, /, **data: Any) -> Happening:
    at = NOW - timedelta(days=days)
    return Happening(
        n, kind, at, at, at, "minute", "command_and_control", f"r{n}", "", "", {"child": (CHILD,)}, "", None, "", data
    )


def child(*kinds: str, age: int | None = 10, entries: tuple[Happening, ...] = ()) -> Someone:
    return Someone(CHILD, "Ali Shah", "", age, fact(*kinds), Chronology.of(CHILD, entries))


def man(*kinds: str, age: int | None = 40) -> Someone:
    return Someone(MAN, "Rhys Vale", "step-parent", age, fact(*kinds))


def place(kind: str) -> AtPlace:
    return AtPlace(kind, "intelligence", NOW - timedelta(days=30), 9)


def grade(found: Suggestion) -> str:
    return found.grade.grade if found.grade else ""


CASES = [
    ("missing now", child("missing_now"), [], [], "immediate", "missing_now"),
    ("an armed man in the home", child(), [man("weapons")], [], "immediate", "weapons"),
    ("an offender in the home", child(), [man("registered_sex_offender")], [], "immediate", "danger_to_children"),
    ("the offender is the one found", man("registered_sex_offender"), [child()], [], "immediate", "danger_to_children"),
    ("a violent man in the home", child(), [man("violent")], [], "priority", "violence"),
    ("bail conditions in the home", child(), [man("bail_conditions")], [], "priority", "bail"),
    ("a plan", child("child_protection_plan"), [], [], "priority", "plan"),
    ("a sibling's plan", man(), [child("child_protection_plan")], [], "priority", "plan"),
    ("looked after", child("looked_after"), [], [], "priority", "looked_after"),
    ("self-harm", child("self_harm"), [], [], "priority", "self_harm"),
    ("often missing", child("missing_frequent"), [], [], "priority", "exploitation"),
    ("a dog at the address", child(), [], [place("dangerous_dog")], "priority", "dangerous_place"),
    ("firearms at the address", child(), [], [place("firearms")], "immediate", "weapons_at_the_address"),
    ("in need", child("child_in_need"), [], [], "scheduled", "need"),
    ("MARAC", child(), [man("marac")], [], "scheduled", "conference"),
    ("an armed man who lives with no child", man("weapons"), [replace(man(), person=3)], [], "", ""),
    ("a dog where no child lives", man(), [], [place("dangerous_dog")], "", ""),
    ("somebody of eighteen is no child", child("child_protection_plan", age=18), [], [], "", ""),
    ("nothing held", child(), [man()], [], "", ""),
]


@pytest.mark.requirement("FC-07", "FC-12")
@pytest.mark.parametrize(
    ("person", "household", "there", "expected", "rule"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_is_held_raises_the_response(
    person: Someone, household: list[Someone], there: list[AtPlace], expected: str, rule: str
) -> None:
    found = suggest(person, household, there, NOW)
    assert grade(found) == expected
    assert (found.raised[0].rule if found.raised else "") == rule


CALL, SEEN = "contact.received", "child.seen"
ENTRIES = [
    ("a call yesterday, and nobody has seen the child", [told(CALL, 0.5)], {"not_seen_since"}),
    ("a call yesterday, and the child was seen since", [told(CALL, 0.5), told(SEEN, 0.2, 2)], set()),
    ("seen before the call", [told(SEEN, 0.8, 2), told(CALL, 0.5)], {"not_seen_since"}),
    ("a call last week", [told(CALL, 7)], set()),
    ("two worries in a year", [told(CALL, 300), told("referral.made", 90, 2)], set()),
    ("three in a year", [told(CALL, 300), told("referral.made", 90, 2), told("concern.notified", 9, 3)], {"adding_up"}),
    ("three over more than a year", [told(CALL, 400), told("referral.made", 90, 2), told("concern.notified", 9, 3)], set()),
    ("three about abuse", [told(CALL, 300 - n, n, kind="domestic_abuse") for n in (1, 2, 3)], {"adding_up", "domestic_abuse_again"}),
    ("what is still to come", [told(CALL, -1)], set()),
]  # fmt: skip


@pytest.mark.requirement("FC-12")
@pytest.mark.parametrize(("entries", "rules"), [c[1:] for c in ENTRIES], ids=[c[0] for c in ENTRIES])
def test_entries_add_up(entries: list[Happening], rules: set[str]) -> None:
    assert {r.rule for r in suggest(child(entries=tuple(entries)), [], [], NOW).raised} == rules


@pytest.mark.requirement("FC-12")
def test_the_entry_that_raised_it_is_named_with_whose_it_is_its_source_and_its_date() -> None:
    because = suggest(child(), [man("violent")], [], NOW).raised[0].entries[0]
    assert (because.who, because.person, because.source, because.event_ids) == (
        "Rhys Vale (step-parent)",
        MAN,
        "crime",
        (7,),
    )
    assert because.at == NOW - timedelta(days=100)


@pytest.mark.requirement("FC-07")
def test_more_that_is_known_never_lowers_the_response() -> None:
    for _, person, household, there, _, _ in CASES:
        before = suggest(person, household, there, NOW)
        more = suggest(
            person, [*household, replace(man("marac", "mental_health"), person=9)], [*there, place("other")], NOW
        )
        assert before.grade is None or (more.grade is not None and more.grade.rank <= before.grade.rank)
        assert {r.rule for r in before.raised} <= {r.rule for r in more.raised}


def test_an_age_that_is_not_known_may_be_a_childs_and_the_reason_says_so() -> None:
    unknown = suggest(child(age=None), [man("weapons")], [], NOW).raised[0]
    assert unknown.rule == "weapons" and "not every age is known" in unknown.because
    assert "not every age" not in suggest(child(), [man("weapons")], [], NOW).raised[0].because


@pytest.mark.requirement("FC-07")
def test_a_rule_holds_on_its_own_days_only_and_says_where_it_comes_from() -> None:
    ended = tuple(r.model_copy(update={"in_force_until": date(2026, 11, 24)}) for r in table().raises)
    assert suggest(child("missing_now"), [], [], NOW, replace(table(), raises=ended)).grade is None
    assert (
        suggest(child("missing_now"), [], [], NOW - timedelta(days=1), replace(table(), raises=ended)).grade is not None
    )
    assert suggest(child("missing_now"), [], [], datetime(2025, 12, 31, tzinfo=UTC)).grade is None
    assert {r.source.standing for r in suggest(child("missing_now"), [], [], NOW).raised} == {law.Standing.LOCAL}


@pytest.mark.requirement("FC-15")
def test_the_least_at_the_scene_is_data_with_a_source_and_dates() -> None:
    actions, source = least_at_the_scene(date(2026, 11, 24))
    assert [a.action for a in actions] == ["see_each_child", "see_alone", "make_safe", "keep_evidence", "photograph",
                                           "identify_suspect", "consider_arrest"]  # fmt: skip
    assert source.standing is law.Standing.LOCAL and source.instrument
    assert least_at_the_scene(date(2025, 1, 1))[0] == ()
