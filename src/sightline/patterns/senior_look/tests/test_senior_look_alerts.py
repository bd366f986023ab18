# ruff: noqa: E501 - a case is a line
"""Escalations, repetition, and history that is no longer on line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alarms import outcome, raised, standing
from sightline.kernel.moments import local
from sightline.patterns.senior_look.alerts import level_now


def contact(day: str) -> str:
    return (
        f"  - {{at: {day} 20:00:00, type: contact.received, source: command_and_control, people: {{child: child}},\n"
        '     data: {channel: "999", kind: neglect, graded: no_attendance}}\n'
    )


def case(*events: str, until: str = "2016-01-01 12:00:00") -> str:
    return "events:\n" + "".join(events) + f"until: {until}\n"


RAISED = "  - {at: 2014-03-07 10:00:00, type: escalation.raised, source: child_abuse, people: {child: child}, data: {about: delay, level: 1, to_agency: social_care, text: x}}\n"
ANSWERED = "  - {at: 2014-03-10 10:00:00, type: escalation.answered, source: social_care, people: {child: child}, data: {resolved: true, text: y}}\n"


@pytest.mark.requirement("QA-17")
def test_an_escalation_is_answered_within_a_working_day() -> None:
    assert raised(case(RAISED), "escalation_unanswered") == [("escalation_unanswered", "child", "2014-03-11 00:00")]
    assert raised(case(RAISED, ANSWERED), "escalation_unanswered") == []


@pytest.mark.requirement("RA-31")
def test_every_tenth_incident_calls_for_a_senior_look() -> None:
    days = [str(date(2014, 1, 1) + timedelta(days=20 * n)) for n in range(10)]
    look = "  - {at: 2014-08-01 10:00:00, type: investigation.reviewed, source: crime, people: {child: child}, data: {by_role: superintendent, satisfied: true}}\n"
    assert by_number(case(*map(contact, days[:9]))) == []
    assert by_number(case(*map(contact, days))) == [(f"{days[9]} 20:03", True)]
    assert by_number(case(*map(contact, days), look)) == [(f"{days[9]} 20:03", False)]


def by_number(text: str) -> list[tuple[str, bool]]:
    """When a senior look was asked for by the number of incidents, and whether that stands; not by how many alerts stand."""
    found = (r for r in outcome(text).raised if r.finding.kind == "senior_review_due" and not r.finding.part)
    return [(f"{local(r.raised_at):%Y-%m-%d %H:%M}", r.cleared_at is None) for r in found]


@pytest.mark.requirement("IS-06", "IS-08")
@pytest.mark.parametrize(("earlier", "told"), [("2012-12-01", True), ("2013-06-01", False)])
def test_history_that_the_command_system_no_longer_shows(earlier: str, told: bool) -> None:
    assert bool(raised(case(contact(earlier), contact("2014-03-04")), "history_archived")) is told


ASSAULT = '  - {at: 2014-03-04 18:00:00, type: contact.received, source: command_and_control, people: {child: child, suspect: man}, data: {channel: "999", kind: assault, graded: immediate}}\n'
GONE = "  - {at: 2014-03-04 18:30:00, type: missing.reported, source: missing, people: {child: child}, data: {graded: medium, reported_by: parent}}\n"
LOOKED = "  - {at: 2014-03-06 09:00:00, type: investigation.reviewed, source: crime, people: {child: child}, data: {by_role: superintendent, satisfied: true}}\n"
ARRIVED = (
    "  - {at: 2014-03-06 09:00:00, type: attendance.arrived, source: command_and_control, people: {child: child}}\n"
)
UNTIL = "2014-03-06 12:00:00"


@pytest.mark.requirement("RA-31")
def test_the_third_alert_of_level_now_that_stands_at_once_calls_for_a_senior_look() -> None:
    text = case(ASSAULT, GONE, until=UNTIL)
    now = sorted(r.raised_at for r in outcome(text).raised if r.finding.kind in level_now() and r.cleared_at is None)
    (told,) = [r for r in outcome(text).raised if r.finding.kind == "senior_review_due"]
    assert told.raised_at == now[2] and told.finding.recipient == "detective_superintendent"
    assert standing(case(ASSAULT, GONE, until="2014-03-04 19:00:00"), "senior_review_due") == set()


def test_it_goes_with_a_senior_look_or_when_too_few_still_stand() -> None:
    assert standing(case(ASSAULT, GONE, LOOKED, until=UNTIL), "senior_review_due") == set()
    seen = ARRIVED.replace("attendance.arrived", "child.seen").replace(
        "}}\n", "}, data: {alone: true, spoken_to: true, safe: true}}\n"
    )
    assert len(standing(case(ASSAULT, GONE, seen, until=UNTIL), *level_now())) < 3
    assert standing(case(ASSAULT, GONE, seen, until=UNTIL), "senior_review_due") == set()
