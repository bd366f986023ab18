"""The floor under a grade, the second look, and telling whoever set it."""

from __future__ import annotations

import pytest

from alarms import outcome, raised, standing


def graded(
    at: str,
    grade: str,
    *,
    factors: str = "",
    stage: str = "initial",
    role: str = "response",
    more: str = "",
    tool: str = "domestic_abuse",
) -> str:
    return (
        f"  - {{at: {at}, type: risk.assessed, source: referral_unit, people: {{child: child, victim: mother, suspect: father}},\n"
        f"     data: {{tool: {tool}, grade: {grade}, stage: {stage}, role: {role}, factors: [{factors}]{more}}}}}\n"
    )


def case(*events: str, markers: str = "", until: str = "2014-04-01 12:00:00") -> str:
    return (f"markers:\n{markers}" if markers else "") + "events:\n" + "".join(events) + f"until: {until}\n"


FIRST = "2014-03-04 20:00:00"


@pytest.mark.requirement("RA-01", "RA-10")
@pytest.mark.parametrize(
    ("grade", "factors", "low"),
    [
        ("standard", "hands round her throat", True),
        ("medium", "a knife was shown", True),
        ("medium", "threatened to kill her", True),
        ("standard", "they have just separated", True),
        ("medium", "they have just separated", False),
        ("medium", "they have just separated, earlier assaults", True),
        ("medium", "child saw it, drunk, depressed", True),
        ("medium", "child saw it, drunk", False),
        ("high", "hands round her throat", False),
        ("standard", "shouting", False),
        ("standard", "words only, separated, child present", False),
        ("standard", "words only, separated, earlier assaults", True),
    ],
)
def test_a_grade_below_what_the_facts_allow(grade: str, factors: str, low: bool) -> None:
    found = [w for _, w, _ in raised(case(graded(FIRST, grade, factors=factors)), "risk_underestimated")]
    assert ("child" in found) is low


@pytest.mark.requirement("RA-01", "RA-27")
def test_it_says_which_facts() -> None:
    found = outcome(case(graded(FIRST, "standard", factors="a knife was shown, drunk")))
    (alert,) = [r for r in found.raised if r.finding.kind == "risk_underestimated"]
    assert (
        "Graded standard" in alert.finding.why
        and "a weapon" in alert.finding.why
        and "drink or drugs" in alert.finding.why
    )
    assert "separation" not in alert.finding.why


@pytest.mark.requirement("RA-01")
@pytest.mark.parametrize(
    ("kind", "low"), [("registered_sex_offender", True), ("violent", True), ("looked_after", False)]
)
def test_what_is_on_record_of_the_suspect_counts(kind: str, low: bool) -> None:
    text = case(graded(FIRST, "standard"), markers=f"  - [father, {kind}, 2013-01-01]\n")
    assert bool(raised(text, "risk_underestimated")) is low


@pytest.mark.requirement("RA-01")
def test_a_lower_grade_takes_a_supervisor_and_a_reason() -> None:
    low = graded(FIRST, "standard", factors="a knife was shown")
    again = graded("2014-03-05 09:00:00", "medium", stage="secondary", role="specialist")
    supervised = graded(
        "2014-03-05 09:00:00", "medium", stage="review", role="supervisor", more=", rationale: it was a toy"
    )
    assert standing(case(low, again), "risk_underestimated")
    assert not standing(case(low, supervised), "risk_underestimated")
    assert not standing(
        case(low, graded("2014-03-05 09:00:00", "high", stage="secondary", role="specialist")), "risk_underestimated"
    )


@pytest.mark.requirement("RA-13")
@pytest.mark.parametrize(
    ("again", "told"),
    [
        ("", True),
        (graded("2014-03-05 09:00:00", "standard", stage="secondary", role="specialist"), False),
        (graded("2014-03-05 21:00:00", "standard", stage="secondary", role="specialist"), True),
        (graded("2014-03-05 09:00:00", "standard", stage="secondary", role="specialist", tool="missing"), True),
    ],
    ids=["nobody looked", "a specialist looked", "too late", "at something else"],
)
def test_a_grade_set_at_the_scene_gets_a_second_look_within_a_day(again: str, told: bool) -> None:
    found = raised(case(graded(FIRST, "standard"), again), "risk_not_reviewed")
    assert found == ([("risk_not_reviewed", "child", "2014-03-05 20:00")] if told else [])


@pytest.mark.requirement("RA-14")
@pytest.mark.parametrize(
    ("second", "more", "told"),
    [
        ("high", "", True),
        ("standard", "", False),
        (
            "high",
            "  - {at: 2014-03-06 09:00:00, type: risk.fed_back, source: referral_unit, people: {child: child}, data: {to: officer}}\n",
            False,
        ),
    ],
    ids=["raised and not told", "not raised", "told"],
)
def test_whoever_set_a_grade_is_told_that_it_was_raised(second: str, more: str, told: bool) -> None:
    text = case(
        graded(FIRST, "standard"), graded("2014-03-05 09:00:00", second, stage="secondary", role="specialist"), more
    )
    found = raised(text, "regrade_not_fed_back")
    assert found == ([("regrade_not_fed_back", "child", "2014-03-11 00:00")] if told else [])


@pytest.mark.requirement("RA-01", "RA-13")
def test_one_grade_for_two_children_is_told_once_and_judged_by_the_graver() -> None:
    both = graded(FIRST, "standard").replace("child: child,", "child: [brother, child],")
    on_plan = "  - [child, child_protection_plan, 2014-01-01]\n"
    text = case(both, markers=on_plan)
    assert raised(text, "risk_underestimated") == [("risk_underestimated", "brother", "2014-03-04 20:03")]
    assert len(raised(text, "risk_not_reviewed")) == 1
    assert raised(case(both), "risk_underestimated") == []


def crime(at: str, who: str, category: str = "violence", victim: str = "mother") -> str:
    return (
        f"  - {{at: {at}, type: crime.recorded, source: crime, people: {{victim: {victim}, suspect: {who}}},\n"
        f"     data: {{offence: common assault, category: {category}, child_is: none}}}}\n"
    )


@pytest.mark.requirement("RA-01")
@pytest.mark.parametrize(
    ("earlier", "low"),
    [
        ((crime("2013-03-04 20:00:00", "father"),), True),
        ((crime("2010-03-04 20:00:00", "father"),), False),
        ((crime("2013-03-04 20:00:00", "father", category="theft_damage"),), False),
        ((crime("2014-03-04 19:00:00", "father"),), False),  # this incident's own
    ],
)
def test_violence_on_record_raises_the_floor(earlier: tuple[str, ...], low: bool) -> None:
    found = [
        w for _, w, _ in raised(case(*earlier, graded(FIRST, "standard", factors="a push")), "risk_underestimated")
    ]
    assert ("child" in found) is low
