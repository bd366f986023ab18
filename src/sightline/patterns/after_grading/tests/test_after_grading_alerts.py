"""A grade is looked at again sooner the higher it is; a high one leads to something; doing nothing has a day; self-harm is asked about."""

from __future__ import annotations

import pytest

from alarms import case, entry, raised, standing

KINDS = ("grade_not_reviewed", "high_grade_filed", "no_action_not_reviewed", "self_harm_left_out")
FAR = "2014-12-30 12:00"


def graded(grade: str, at: str = "2014-03-04 10:00", stage: str = "review", role: str = "specialist") -> str:
    data = f"{{tool: child, grade: {grade}, stage: {stage}, role: {role}}}"
    return entry(at, "risk.assessed", data, "child: child, suspect: man", source="referral_unit")


DISCUSSED = entry(
    "2014-03-05 10:00", "strategy.held", "{attended: [police, health], decision: reconvene, rationale: more to learn}"
)


@pytest.mark.requirement("RA-21")
@pytest.mark.parametrize(
    ("grade", "when"),
    [
        ("very_high", "2014-03-13 00:00"),
        ("high", "2014-03-20 00:00"),
        ("medium", "2014-04-16 10:00"),
        ("standard", "2014-06-05 10:00"),
        ("low", "2014-09-05 10:00"),
        ("no_apparent", None),
    ],
)
def test_the_higher_the_grade_the_sooner_somebody_looks_again(grade: str, when: str | None) -> None:
    found = [at for _, _, at in raised(case(graded(grade), DISCUSSED, until=FAR), "grade_not_reviewed")]
    assert found == ([when] if when else [])


@pytest.mark.requirement("RA-21")
def test_a_new_grade_or_a_plan_ends_it_and_a_first_grade_at_the_scene_has_its_own_second_look() -> None:
    again = graded("low", "2014-04-20 10:00")
    assert not standing(case(graded("medium"), again, until="2014-05-30 12:00"), "grade_not_reviewed")
    plan = entry("2014-03-06 10:00", "plan.started", "{kind: child_in_need}", source="social_care")
    assert not raised(case(graded("high"), plan, until=FAR), "grade_not_reviewed")
    assert not raised(case(graded("high", stage="initial", role="response"), until=FAR), "grade_not_reviewed")


GIVEN = entry(
    "2014-03-04 12:00", "grade.task_given", "{task: order, owner: DS Hale, due: 2014-03-07}", source="sightline"
)


@pytest.mark.requirement("RA-22")
@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((graded("high"),), [("child", "2014-03-07 00:00")]),
        ((graded("medium"),), []),
        ((graded("high"), DISCUSSED), []),
        ((graded("high"), GIVEN), [("child", "2014-03-08 00:00")]),
        (
            (graded("high"), GIVEN, entry("2014-03-07 10:00", "disruption.considered", "{power: shpo, decision: use}")),
            [],
        ),
        (
            (
                graded("high"),
                GIVEN,
                entry(
                    "2014-03-07 10:00", "grade.task_dropped", "{task: order, reason: he has died}", source="sightline"
                ),
            ),
            [],
        ),
    ],
    ids=["filed", "not high", "discussed", "given and late", "given and done", "given and dropped"],
)
def test_a_high_grade_is_never_the_end(entries: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    found = raised(case(*entries, until="2014-03-30 12:00"), "high_grade_filed")
    assert [(who, at) for _, who, at in found] == told


NOTHING = entry(
    "2014-03-04 12:00", "no_action.decided", "{reason: a quarrel over noise, review_on: 2014-03-20}", source="sightline"
)


@pytest.mark.requirement("RA-23")
def test_doing_nothing_with_reasons_is_an_outcome_until_its_day() -> None:
    filed = case(graded("high"), NOTHING, until="2014-03-20 12:00")
    assert raised(filed, *KINDS) == [], "a reasoned decision to do nothing is no failure"
    late = raised(case(graded("high"), NOTHING, until="2014-03-30 12:00"), *KINDS)
    assert late == [("no_action_not_reviewed", "child", "2014-03-21 00:00")]
    again = NOTHING.replace("2014-03-04", "2014-03-20").replace("review_on: 2014-03-20", "review_on: 2014-05-20")
    assert not raised(case(graded("high"), NOTHING, again, until="2014-03-30 12:00"), *KINDS)


MISSING = entry("2014-03-04 10:00", "missing.reported", "{graded: high, reported_by: parent}", source="missing")
ASKED = entry(
    "2014-03-04 11:00", "self_harm.assessed",
    "{occasion: missing, finding: known_before, text: cut her arms last year}", source="sightline",
)  # fmt: skip
KNOWN = "[child, self_harm, 2014-01-01]"


@pytest.mark.requirement("RA-30")
@pytest.mark.parametrize(
    ("entries", "markers", "told"),
    [
        ((MISSING,), KNOWN, ["2014-03-04 14:00"]),
        ((MISSING,), "", []),
        ((MISSING, ASKED), KNOWN, []),
        ((entry("2014-03-04 10:00", "interview.held", "{recorded: true}"),), KNOWN, ["2014-03-04 14:00"]),
        (
            (
                entry("2014-03-04 09:00", "interview.planned", "{needs_assessed: true, intermediary: not_needed}"),
                entry("2014-03-04 10:00", "interview.held", "{recorded: true}"),
            ),
            KNOWN,
            [],
        ),
    ],
    ids=["missing", "nothing known", "asked about", "interviewed", "needs assessed first"],
)
def test_a_known_risk_of_self_harm_is_taken_in(entries: tuple[str, ...], markers: str, told: list[str]) -> None:
    found = raised(case(*entries, until="2014-03-04 20:00", markers=markers), "self_harm_left_out")
    assert [at for _, _, at in found] == told
