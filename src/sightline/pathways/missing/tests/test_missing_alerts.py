"""A missing child is looked for, graded by what is known, planned for, checked and heard on return; what is said is used."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import outcome, raised, standing

case = partial(alarms.case, until="2014-03-12 12:00:00")
entry = alarms.Entries(source="missing")


TIED = """
people:
  child: {born: 1998-05-05, sex: F}
  small: {born: 2002-05-05, sex: M}
  mother: {born: 1980-01-01, sex: F}
  man: {born: 1985-03-03, sex: M}
relationships:
  - [mother, parent, child, {lives_with: true}]
  - [man, associate, child]
"""


def report(at: str = "2014-03-04 18:00:00", graded: str = "medium", child: str = "child") -> str:
    return entry(at, "missing.reported", f"{{graded: {graded}, reported_by: parent}}", f"child: {child}")


def back(at: str, data: str = "{found_by: self, harmed: 'no'}") -> str:
    return entry(at, "missing.returned", data)


@pytest.mark.requirement("MC-04")
@pytest.mark.parametrize(
    ("graded", "when"),
    [
        ("high", "2014-03-04 19:00"),
        ("medium", "2014-03-04 22:00"),
        ("low", "2014-03-05 06:00"),
        ("no_apparent", "2014-03-05 06:00"),
    ],
)
def test_something_is_done_within_the_time_of_the_grade(graded: str, when: str) -> None:
    assert raised(case(report(graded=graded)), "missing_no_action") == [("missing_no_action", "child", when)]


@pytest.mark.parametrize("done", ["missing.enquiry", "missing.located", "attendance.arrived", "missing.returned"])
def test_whatever_is_done_counts(done: str) -> None:
    assert raised(case(report(), entry("2014-03-04 21:00:00", done)), "missing_no_action") == []
    assert standing(case(report(), entry("2014-03-05 09:00:00", done)), "missing_no_action") == set()


@pytest.mark.requirement("MC-04")
def test_a_grade_raised_while_the_child_is_away_leaves_less_time() -> None:
    text = case(
        report(graded="low"), entry("2014-03-04 20:00:00", "missing.regraded", "{graded: high, reason: intelligence}")
    )
    assert raised(text, "missing_no_action") == [("missing_no_action", "child", "2014-03-04 21:00")]


def times(*days: str) -> list[str]:
    return [e for day in days for e in (report(f"2014-{day} 18:00:00"), back(f"2014-{day} 23:00:00"))]


@pytest.mark.requirement("MC-06", "MC-07")
def test_the_third_episode_in_ninety_days_asks_for_a_plan_and_later_ones_belong_to_the_same_alert() -> None:
    expected = [("missing_frequent", "child", "2014-03-01 18:03")]
    assert raised(case(*times("01-05", "02-01", "03-01")), "missing_frequent") == expected
    assert raised(case(*times("01-05", "02-01", "03-01", "03-05")), "missing_frequent") == expected
    assert raised(case(*times("01-05", "02-01")), "missing_frequent") == []
    assert raised(case(*times("01-05", "02-01", "05-01"), until="2014-05-03 12:00:00"), "missing_frequent") == []


def test_one_episode_reported_three_times_is_one() -> None:
    again = [report(f"2014-03-0{day} 18:00:00") for day in (4, 5, 6)]
    assert raised(case(*again), "missing_frequent") == []


@pytest.mark.requirement("MC-06", "MC-14")
@pytest.mark.parametrize(
    ("answer", "count"),
    [
        (entry("2014-03-03 10:00:00", "plan.started", "{kind: trigger}"), 0),
        (entry("2014-03-03 10:00:00", "meeting.held", "{kind: missing, decisions: one worker}"), 0),
        (entry("2014-03-03 10:00:00", "strategy.held", "{attended: [police], decision: enquiry_joint}"), 0),
        (entry("2014-03-03 10:00:00", "meeting.held", "{kind: family_group, decisions: d}"), 1),
        (entry("2014-03-03 10:00:00", "plan.started", "{kind: early_help}"), 1),
    ],
)
def test_agencies_that_plan_together_end_it(answer: str, count: int) -> None:
    assert len(standing(case(*times("01-05", "02-01", "03-01"), answer), "missing_frequent")) == count


@pytest.mark.requirement("MC-06")
def test_a_plan_made_for_it_before_and_still_in_force_is_a_plan() -> None:
    before = entry("2014-01-10 10:00:00", "plan.started", "{kind: risk_management}")
    assert raised(case(before, *times("01-15", "02-01", "03-01")), "missing_frequent") == []
    assert (
        len(
            raised(
                case(before.replace("risk_management", "care"), *times("01-15", "02-01", "03-01")), "missing_frequent"
            )
        )
        == 1
    )


@pytest.mark.requirement("MC-02", "MC-12")
@pytest.mark.parametrize(
    ("graded", "known", "count"),
    [
        ("low", "[child, exploitation_risk, 2014-01-01]", 1),
        ("medium", "[child, exploitation_risk, 2014-01-01]", 1),
        ("high", "[child, exploitation_risk, 2014-01-01]", 0),
        ("low", "[child, missing_frequent, 2014-01-01]", 1),
        ("medium", "[child, missing_frequent, 2014-01-01]", 0),
        ("low", "[child, self_harm, 2014-01-01]", 1),
        ("low", "[man, weapons, 2014-01-01]", 1),
        ("medium", "[man, weapons, 2014-01-01]", 0),
        ("low", "[child, looked_after, 2014-01-01]", 0),
    ],
)
def test_a_grade_below_what_is_on_record(graded: str, known: str, count: int) -> None:
    text = case(report(graded=graded), markers=known, head=TIED)
    assert raised(text, "missing_underrated") == [("missing_underrated", "child", "2014-03-04 18:03")] * count


@pytest.mark.requirement("MC-02")
def test_young_children_and_those_away_or_hurt_before_are_never_low() -> None:
    assert len(raised(case(report(graded="low", child="small"), head=TIED), "missing_underrated")) == 1
    assert len(raised(case(*times("02-01", "02-20"), report(graded="low"), head=TIED), "missing_underrated")) == 1
    hurt = [report("2013-02-01 18:00:00"), back("2013-02-02 18:00:00", "{harmed: 'yes'}")]
    assert len(raised(case(*hurt, report(graded="low"), head=TIED), "missing_underrated")) == 1
    assert raised(case(report(graded="low"), head=TIED), "missing_underrated") == []


@pytest.mark.requirement("MC-03")
def test_what_is_learnt_while_the_child_is_away_asks_for_a_new_grade_and_the_new_grade_ends_it() -> None:
    learnt = entry("2014-03-05 09:00:00", "exploitation.indicated", "{kind: sexual}", source="intelligence")
    raised_ = entry("2014-03-05 10:00:00", "missing.regraded", "{graded: high, reason: r}")
    assert raised(case(report(graded="low"), learnt, head=TIED), "missing_underrated") == [
        ("missing_underrated", "child", "2014-03-05 09:03")
    ]
    assert standing(case(report(graded="low"), learnt, raised_, head=TIED), "missing_underrated") == set()
    assert (
        raised(case(report(graded="low"), back("2014-03-04 21:00:00"), learnt, head=TIED), "missing_underrated") == []
    )


INTELLIGENCE = entry(
    "2014-02-01 09:00:00", "intelligence.recorded", "{kind: KIND, summary: s}", "subject: man", "intelligence"
)


@pytest.mark.requirement("MC-02", "JD-16")
@pytest.mark.parametrize(
    ("kind", "count"), [("weapons", 1), ("abuse", 1), ("exploitation", 1), ("drugs", 1), ("other", 0)]
)
def test_companions_are_matched_with_intelligence_of_any_unit(kind: str, count: int) -> None:
    text = case(INTELLIGENCE.replace("KIND", kind), report(), head=TIED)
    assert raised(text, "associates_match") == [("associates_match", "child", "2014-03-04 18:03")] * count
    told = [r.finding for r in outcome(text).raised if r.finding.kind == "associates_match"]
    assert all(4 in f.concerns for f in told)  # the man himself is named in it


@pytest.mark.requirement("MC-02")
def test_a_companion_named_only_during_the_episode_counts_from_then_and_family_never() -> None:
    stranger = TIED.replace("  - [man, associate, child]\n", "")
    named = entry("2014-03-05 09:00:00", "missing.enquiry", "{kind: associates}", "child: child, adult: man")
    weapons = INTELLIGENCE.replace("KIND", "weapons")
    assert raised(case(weapons, report(), named, head=stranger), "associates_match") == [
        ("associates_match", "child", "2014-03-05 09:00")
    ]
    assert raised(case(weapons, report(), head=stranger), "associates_match") == []
    assert raised(case(weapons.replace("man", "mother"), report(), head=TIED), "associates_match") == []


@pytest.mark.requirement("MC-02")
def test_a_child_at_risk_of_exploitation_is_matched_without_being_missing() -> None:
    risk = entry("2014-03-04 10:00:00", "risk.assessed", "{tool: exploitation, grade: GRADE, stage: secondary}")
    weapons = INTELLIGENCE.replace("KIND", "weapons")
    assert len(raised(case(weapons, risk.replace("GRADE", "high"), head=TIED), "associates_match")) == 1
    assert raised(case(weapons, risk.replace("GRADE", "low"), head=TIED), "associates_match") == []


HOME = [report(), back("2014-03-04 23:00:00")]


@pytest.mark.requirement("MC-10")
@pytest.mark.parametrize(
    ("check", "count"),
    [
        (entry("2014-03-05 12:00:00", "prevention_interview.held", "{seen: true}"), 0),
        (entry("2014-03-05 12:00:00", "child.seen", "{alone: true, spoken_to: true}"), 0),
        (entry("2014-03-05 12:00:00", "prevention_interview.held", "{seen: false}"), 1),
        (entry("2014-03-05 12:00:00", "child.seen", "{alone: true, spoken_to: false}"), 1),
    ],
)
def test_somebody_checks_that_the_child_is_safe_and_well_within_a_day(check: str, count: int) -> None:
    expected = [("prevention_interview_missing", "child", "2014-03-05 23:00")] * count
    assert raised(case(*HOME, check), "prevention_interview_missing") == expected


@pytest.mark.requirement("MC-10")
@pytest.mark.parametrize(
    ("heard", "count"),
    [
        (entry("2014-03-06 12:00:00", "return_interview.held"), 0),
        (entry("2014-03-06 12:00:00", "return_interview.offered", "{accepted: false}"), 0),
        (entry("2014-03-06 12:00:00", "return_interview.offered", "{accepted: true}"), 1),
        (entry("2014-03-06 12:00:00", "prevention_interview.held", "{seen: true}"), 1),
    ],
)
def test_an_independent_return_interview_is_held_or_declined_within_seventy_two_hours(heard: str, count: int) -> None:
    assert (
        raised(case(*HOME, heard), "return_interview_missing")
        == [("return_interview_missing", "child", "2014-03-07 23:00")] * count
    )
    assert outcome(case(*HOME), nation="wales").raised  # Wales has the same limit from a source of its own


def said(data: str) -> list[str]:
    return [*HOME, entry("2014-03-05 12:00:00", "return_interview.held", data)]


LATER = "2014-03-20 12:00:00"


@pytest.mark.requirement("MC-09")
@pytest.mark.parametrize(
    ("data", "count"),
    [
        ("{reasons: r, places: [a flat], people: [two men], shared_with_police: false, informs_plan: false}", 1),
        ("{reasons: r, places: [a flat]}", 1),
        ("{reasons: r, informs_plan: false}", 1),
        ("{reasons: r, places: [a flat], informs_plan: true}", 0),
        (
            "{reasons: would not say, shared_with_police: true}",
            0,
        ),  # whether it informs a plan was not supplied, and it holds nothing to use
    ],
)
def test_what_the_child_said_is_used_within_five_working_days(data: str, count: int) -> None:
    expected = [("return_information_unused", "child", "2014-03-13 00:00")] * count
    assert raised(case(*said(data), until=LATER), "return_information_unused") == expected


@pytest.mark.parametrize(
    "used", ["intelligence.recorded", "plan.reviewed", "risk.assessed", "meeting.held", "action.set"]
)
def test_each_way_of_using_it(used: str) -> None:
    text = case(*said("{places: [a flat]}"), entry("2014-03-07 12:00:00", used), until=LATER)
    assert raised(text, "return_information_unused") == []


def test_nobody_of_eighteen_is_a_missing_child() -> None:
    grown = TIED.replace("1998-05-05", "1995-05-05")
    kinds = ("missing_no_action", "prevention_interview_missing", "return_interview_missing", "missing_frequent")
    assert raised(case(report(), head=grown), *kinds) == []
    assert raised(case(*times("01-05", "02-01", "03-01"), head=grown), *kinds) == []
