"""Conferences in time and with the police, a plan for every child judged at risk, and plans that are worked."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import outcome, raised, standing
from sightline.alerts.board import Board
from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits

case = partial(alarms.case, until="2014-09-30 12:00:00")
entry = alarms.Entries(source="social_care")


def strategy(decision: str) -> str:
    return entry(
        "2014-03-04 10:00:00",
        "strategy.held",
        f"{{attended: [police, social_care, health], decision: {decision}, rationale: r}}",
    )


STARTED = entry("2014-03-04 11:00:00", "enquiry.started", "{mode: joint}")


def completed(outcome_: str) -> str:
    return entry("2014-03-20 10:00:00", "enquiry.completed", f"{{outcome: {outcome_}, rationale: r}}")


@pytest.mark.requirement("CP-01")
@pytest.mark.parametrize("begun", [strategy("enquiry_joint"), strategy("enquiry_single_social_care"), STARTED])
def test_fifteen_working_days_from_the_discussion_that_began_the_enquiry(begun: str) -> None:
    assert raised(case(begun, until="2014-04-01 12:00:00"), "conference_late") == [
        ("conference_late", "child", "2014-03-26 00:00")
    ]


@pytest.mark.requirement("CP-01")
def test_an_enquiry_that_found_continuing_risk_still_needs_its_conference_once() -> None:
    text = case(
        strategy("enquiry_joint"), STARTED, completed("concern_substantiated_ongoing_risk"), until="2014-04-01 12:00:00"
    )
    assert raised(text, "conference_late") == [("conference_late", "child", "2014-03-26 00:00")]


@pytest.mark.parametrize(
    "calm",
    [
        [strategy("enquiry_joint"), completed("substantiated_no_ongoing_risk")],
        [strategy("enquiry_joint"), completed("not_substantiated")],
        [
            strategy("enquiry_joint"),
            entry("2014-03-25 16:00:00", "conference.held", "{kind: initial, decision: no_plan}"),
        ],
        [strategy("enquiry_single_police")],
        [strategy("assessment")],
        [entry("2014-01-04 10:00:00", "plan.started", "{kind: child_protection}"), strategy("enquiry_joint")],
    ],
)
def test_no_conference_is_late_where_none_is_due_or_one_was_held(calm: list[str]) -> None:
    assert raised(case(*calm), "conference_late") == []


def conference(said: str) -> str:
    return case(
        entry("2014-03-04 10:00:00", "conference.held", f"{{kind: initial, decision: plan, {said}}}"),
        until="2014-03-05 09:00:00",
    )


@pytest.mark.requirement("CP-05", "CP-06")
@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("attended: [police, social_care], police_report: false", 1),  # there, and said nothing
        ("attended: [social_care, health]", 1),
        ("attended: [social_care, health], reports_from: [health]", 1),
        ("attended: [police, social_care], reports_from: [social_care]", 1),
        ("attended: [social_care], reports_from: [police]", 0),
        ("attended: [police, social_care], police_report: true", 0),
        ("attended: [police, social_care]", 0),  # whether there was a report was not supplied
    ],
)
def test_police_say_what_they_know_and_what_they_can_do(said: str, count: int) -> None:
    assert len(raised(conference(said), "police_input_missing")) == count


@pytest.mark.requirement("CP-06")
def test_a_police_action_set_afterwards_says_it_too() -> None:
    text = conference("attended: [social_care, health]").replace(
        "until",
        entry("2014-03-04 15:00:00", "action.set", "{id: a, what: patrol, owner: constable, agency: police}")
        + "\nuntil",
    )
    assert len(raised(text, "police_input_missing")) == 1
    assert standing(text, "police_input_missing") == set()


def judged(tool: str, grade: str, at: str = "2014-03-04 10:00:00") -> str:
    return entry(at, "risk.assessed", f"{{tool: {tool}, grade: {grade}, stage: secondary, role: specialist}}")


AT = [("plan_missing", "child", "2014-03-19 00:00")]
SOON = "2014-03-20 12:00:00"


@pytest.mark.requirement("CP-15", "SE-21")
@pytest.mark.parametrize(
    "judgement",
    [
        judged("exploitation", "medium"),
        judged("missing", "high"),
        judged("domestic_abuse", "very_high"),
        judged("child", "high"),
        entry(
            "2014-03-04 10:00:00", "enquiry.completed", "{outcome: concern_substantiated_ongoing_risk, rationale: r}"
        ),
    ],
)
def test_a_child_judged_at_risk_has_a_plan_in_ten_working_days(judgement: str) -> None:
    text = case(judgement, until=SOON)
    assert raised(text, "plan_missing") == AT
    assert [r.finding.recipient for r in outcome(text).raised if r.finding.kind == "plan_missing"] == ["mash_manager"]


@pytest.mark.parametrize(
    "answer",
    [
        entry("2014-03-14 10:00:00", "plan.started", "{kind: safety}"),
        entry("2013-12-14 10:00:00", "plan.started", "{kind: child_in_need}"),
        entry("2014-03-14 10:00:00", "conference.held", "{kind: initial, decision: plan}"),
        entry("2014-03-14 10:00:00", "earlyhelp.started", "{lead: family worker}"),
        judged("exploitation", "low", "2014-03-14 10:00:00"),
        entry("2014-03-14 10:00:00", "enquiry.completed", "{outcome: not_substantiated, rationale: r}"),
    ],
)
def test_a_plan_of_any_kind_or_a_lower_judgement_answers(answer: str) -> None:
    assert raised(case(judged("exploitation", "high"), answer, until=SOON), "plan_missing") == []


@pytest.mark.requirement("CP-11", "CP-15")
@pytest.mark.parametrize(
    ("outcome_", "expected"), [("safer", []), ("same", [("plan_missing", "child", "2014-04-15 00:00")])]
)
def test_a_plan_that_ends_with_the_child_no_safer_leaves_the_child_without_one(
    outcome_: str, expected: list[object]
) -> None:
    ended = entry("2014-03-31 10:00:00", "plan.ended", f"{{reason: r, outcome: {outcome_}}}")
    text = case(
        judged("exploitation", "high"),
        entry("2014-03-05 10:00:00", "plan.started", "{kind: safety}"),
        ended,
        until="2014-04-20 12:00:00",
    )
    assert raised(text, "plan_missing") == expected


def plan(kind: str) -> str:
    return entry("2014-03-04 10:00:00", "plan.started", f"{{kind: {kind}}}")


def visits(*days: str, seen: str = "true") -> list[str]:
    return [entry(f"2014-{day} 16:00:00", "plan.visit", f"{{seen: {seen}}}") for day in days]


@pytest.mark.requirement("CP-09")
@pytest.mark.parametrize("kind", ["child_protection", "child_in_need", "safety", "risk_management"])
def test_a_child_on_a_plan_is_visited_and_seen_every_ten_working_days(kind: str) -> None:
    first = ("visit", "2014-03-19")
    assert raised(case(plan(kind), until=SOON), "plan_drift")[0] == ("plan_drift", "child", "2014-03-19 00:00")
    assert first in parts(case(plan(kind), *visits("03-14", seen="false"), until=SOON))
    assert first not in parts(case(plan(kind), *visits("03-14"), until=SOON))


def test_plans_that_ask_for_no_visits_or_have_ended_do_not_drift() -> None:
    assert raised(case(plan("trigger"), until=SOON), "plan_drift") == []
    assert raised(case(plan("early_help"), until=SOON), "plan_drift") == []
    ended = entry("2014-03-14 10:00:00", "plan.ended", "{reason: r, outcome: safer}")
    assert raised(case(plan("child_in_need"), ended, until=SOON), "plan_drift") == []
    enquiry_over = entry(
        "2014-03-10 10:00:00", "enquiry.completed", "{outcome: substantiated_no_ongoing_risk, rationale: r}"
    )
    assert raised(case(plan("safety"), enquiry_over, until=SOON), "plan_drift") == []


def parts(text: str) -> list[tuple[str, str]]:
    return [(r.finding.part, f"{r.raised_at:%Y-%m-%d}") for r in outcome(text).raised if r.finding.kind == "plan_drift"]


@pytest.mark.requirement("CP-09")
def test_a_conference_that_decides_on_a_plan_starts_it_where_nothing_else_does() -> None:
    held = entry(
        "2014-03-04 10:00:00",
        "conference.held",
        "{kind: initial, attended: [social_care, health, police], police_report: true, decision: plan}",
    )
    assert parts(case(held, until=SOON)) == [("visit", "2014-03-19"), ("core group", "2014-03-19")]
    assert parts(case(held.replace("decision: plan", "decision: no_plan"), until=SOON)) == []


OFTEN = [
    "03-14",
    "03-27",
    "04-09",
    "04-23",
    "05-07",
    "05-20",
    "06-03",
    "06-16",
    "06-27",
    "07-10",
    "07-23",
    "08-05",
    "08-18",
    "08-30",
    "09-12",
    "09-25",
]


@pytest.mark.requirement("CP-09")
def test_core_groups_and_reviews_have_their_own_times() -> None:
    alone = parts(case(plan("child_protection"), *visits(*OFTEN)))
    assert alone == [("core group", "2014-03-19"), ("review", "2014-06-04")]
    group = entry("2014-03-17 10:00:00", "coregroup.held", "{attended: [social_care]}")
    review = entry("2014-06-02 10:00:00", "conference.held", "{kind: review, decision: plan_continues}")
    assert parts(case(plan("child_protection"), *visits(*OFTEN), group, review)) == [("core group", "2014-04-28")]


@pytest.mark.requirement("CP-10")
def test_two_reviews_running_without_anything_better_are_drift_and_one_that_is_worse_must_change_something() -> None:
    def reviewed(at: str, progress: str) -> str:
        return entry(f"2014-{at} 10:00:00", "plan.reviewed", f"{{progress: {progress}, text: t}}")

    kept = [plan("child_in_need"), *visits(*OFTEN)]
    assert ("progress", "2014-06-10") in parts(case(*kept, reviewed("05-06", "same"), reviewed("06-10", "same")))
    assert parts(case(*kept, reviewed("05-06", "same"), reviewed("06-10", "better"))) == []
    assert parts(case(*kept, reviewed("06-02", "worse"))) == [("progress", "2014-06-16")]
    changed = entry("2014-06-04 10:00:00", "action.set", "{id: a, what: w, owner: o}")
    assert parts(case(*kept, reviewed("06-02", "worse"), changed)) == []


@pytest.mark.requirement("CP-09")
def test_what_probation_agrees_with_a_father_is_no_plan_under_which_the_child_is_visited() -> None:
    his = entry("2014-03-04 10:00:00", "plan.started", "{kind: risk_management}", "child: child, offender: father")
    assert raised(case(his, until=SOON), "plan_drift") == []
    own = his.replace("offender: father", "offender: child")
    assert raised(case(own, until=SOON), "plan_drift") != []


@pytest.mark.requirement("CP-09")
@pytest.mark.parametrize(
    ("heard", "parts"),
    [
        ({"plan.visit", "coregroup.held", "conference.held"}, {"core group", "review", "visit"}),
        ({"coregroup.held", "conference.held"}, {"core group", "review"}),
        ({"plan.visit"}, {"visit"}),
        (set(), set()),
    ],
)
def test_each_thing_a_plan_asks_for_is_silent_where_no_system_sends_it(heard: set[str], parts: set[str]) -> None:
    happened = outcome(case(plan("child_protection"))).case
    board = Board(rules(), Limits(nation="england"), frozenset({"plan.started", *heard}))
    board.prepare(happened.backdrop)
    board.feed(happened.events, happened.events[0].recorded_at)
    board.run(happened.until)
    assert {r.finding.part for r in board.alerts.values() if r.finding.kind == "plan_drift"} == parts
