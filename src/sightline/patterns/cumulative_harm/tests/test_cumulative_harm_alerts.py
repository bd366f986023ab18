"""Small things that add up."""

from __future__ import annotations

import pytest

from alarms import raised, standing

KIND = "cumulative_harm"


def worry(
    day: str, kind: str = "domestic_abuse", people: str = "{child: child, victim: mother, suspect: father}"
) -> str:
    return (
        f"  - {{at: {day} 20:00:00, type: contact.received, source: command_and_control, people: {people},\n"
        f'     data: {{channel: "999", kind: {kind}, graded: no_attendance}}}}\n'
    )


def case(*events: str, until: str = "2015-12-01 12:00:00") -> str:
    return "events:\n" + "".join(events) + f"until: {until}\n"


@pytest.mark.requirement("RA-03", "RA-06")
@pytest.mark.parametrize(
    ("days", "when"),
    [
        (["2014-01-05", "2014-06-05", "2014-12-20"], "2014-12-20 20:03"),
        (["2014-01-05", "2014-03-20"], "2014-03-20 20:03"),
        (["2014-01-05", "2014-04-20"], None),
        (["2014-01-05", "2014-06-05", "2015-02-20"], None),
        (["2014-01-05", "2014-01-06", "2014-01-07"], None),
    ],
    ids=["three in a year", "two in a quarter", "two further apart", "three further apart", "one affair of three days"],
)
def test_three_in_twelve_months_or_two_in_three(days: list[str], when: str | None) -> None:
    found = [r for r in raised(case(*map(worry, days)), KIND) if r[1] == "child"]
    assert found == ([(KIND, "child", when)] if when else [])


@pytest.mark.parametrize("kind", ["missing", "crime", "antisocial", "other"])
def test_what_is_no_worry_about_a_child_is_not_counted(kind: str) -> None:
    assert raised(case(*(worry(d, kind) for d in ("2014-01-05", "2014-02-05", "2014-03-05"))), KIND) == []


@pytest.mark.requirement("RA-03")
def test_violence_between_the_parents_counts_for_the_child_though_no_report_names_the_child() -> None:
    adults = "{victim: mother, suspect: father}"
    events = [
        worry("2014-01-05", people=adults),
        worry("2014-02-05", people=adults),
        worry("2014-02-20", people="{child: child}"),
    ]
    assert ("child", "2014-02-20 20:00") in {(who, at) for _, who, at in raised(case(*events), KIND)}


@pytest.mark.parametrize(
    "met",
    [
        "type: strategy.held, source: social_care, people: {child: child}, data: {decision: assessment, attended: [police]}",
        "type: meeting.held, source: social_care, people: {child: child}, data: {kind: professionals}",
        "type: conference.held, source: social_care, people: {child: child}, data: {kind: initial, decision: plan}",
        "type: plan.started, source: social_care, people: {child: child}, data: {kind: child_in_need}",
    ],
)
def test_it_ends_when_agencies_meet_or_a_plan_begins(met: str) -> None:
    events = [worry("2014-01-05"), worry("2014-02-20"), f"  - {{at: 2014-03-01 10:00:00, {met}}}\n"]
    assert "child" not in {who for _, who in standing(case(*events), KIND)}


@pytest.mark.requirement("RA-03")
def test_later_incidents_update_the_same_alert() -> None:
    days = ["2014-01-05", "2014-02-20", "2014-03-20", "2014-04-20"]
    assert len([r for r in raised(case(*map(worry, days)), KIND) if r[1] == "child"]) == 1
