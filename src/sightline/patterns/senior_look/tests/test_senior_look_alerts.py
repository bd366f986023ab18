# ruff: noqa: E501 - a case is a line
"""Escalations, repetition, and history that is no longer on line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alarms import raised, standing


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
    assert raised(case(*map(contact, days[:9])), "senior_review_due") == []
    assert raised(case(*map(contact, days)), "senior_review_due") == [
        ("senior_review_due", "child", f"{days[9]} 20:03")
    ]
    assert standing(case(*map(contact, days), look), "senior_review_due") == set()


@pytest.mark.requirement("IS-06", "IS-08")
@pytest.mark.parametrize(("earlier", "told"), [("2012-12-01", True), ("2013-06-01", False)])
def test_history_that_the_command_system_no_longer_shows(earlier: str, told: bool) -> None:
    assert bool(raised(case(contact(earlier), contact("2014-03-04")), "history_archived")) is told
