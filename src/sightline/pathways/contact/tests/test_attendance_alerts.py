"""When nobody goes to a child, sentence by sentence."""

from __future__ import annotations

import pytest

from alarms import outcome, raised
from sightline.alerts.board import Raised
from sightline.kernel.moments import local

CALL = """
events:
  - {{at: 2014-03-04 18:20:00, type: contact.received, source: command_and_control, people: {{child: child}},
     data: {{channel: "999", kind: assault, graded: {grade}}}}}
{more}
until: 2014-03-08 18:20:00
"""
ARRIVED = "  - {{at: {at}, type: attendance.arrived, source: command_and_control, people: {{child: child}}}}"


def alerts(text: str, *kinds: str) -> list[Raised]:
    """What a case raises of these kinds, in order."""
    return [r for r in outcome(text).raised if r.finding.kind in kinds]


def told(text: str, *kinds: str) -> list[tuple[str, str]]:
    """Who is told first of these kinds, and when."""
    return [(r.finding.recipient, f"{local(r.raised_at):%Y-%m-%d %H:%M}") for r in alerts(text, *kinds)]


@pytest.mark.requirement("FC-08")
@pytest.mark.parametrize(
    ("grade", "when"),
    [("immediate", "2014-03-04 18:35"), ("priority", "2014-03-04 19:20"), ("scheduled", "2014-03-06 18:20")],
)
def test_each_grade_has_its_time(grade: str, when: str) -> None:
    assert raised(CALL.format(grade=grade, more=""), "attendance_overdue") == [("attendance_overdue", "child", when)]


@pytest.mark.requirement("FC-08")
def test_whoever_came_in_time_is_left_in_peace_and_whoever_came_late_ends_it() -> None:
    in_time = CALL.format(grade="immediate", more=ARRIVED.format(at="2014-03-04 18:34:00"))
    late = CALL.format(grade="immediate", more=ARRIVED.format(at="2014-03-04 19:34:00"))
    assert raised(in_time, "attendance_overdue") == []
    assert len(raised(late, "attendance_overdue")) == 1
    assert raised(late, "attendance_overdue", cleared=True) == []


@pytest.mark.requirement("FC-08")
@pytest.mark.parametrize(
    ("grade", "warned", "late"),
    [
        ("immediate", "2014-03-04 18:32", "2014-03-04 18:35"),
        ("priority", "2014-03-04 19:15", "2014-03-04 19:20"),
        ("scheduled", "2014-03-06 14:20", "2014-03-06 18:20"),
    ],
)
def test_the_supervisor_is_told_while_there_is_time_and_the_duty_inspector_when_it_is_over(
    grade: str, warned: str, late: str
) -> None:
    board = told(CALL.format(grade=grade, more=""), "attendance_expiring", "attendance_overdue")
    assert board == [("supervisor", warned), ("duty_inspector", late)]
    came = ARRIVED.format(at="2014-03-04 18:28:00")
    assert told(CALL.format(grade=grade, more=came), "attendance_expiring", "attendance_overdue") == []


REGRADED = ARRIVED.replace("attendance.arrived", "contact.regraded").replace(
    "child}}}}", "child}}, data: {{graded: {to}, reason: r{by}}}}}"
)


@pytest.mark.requirement("FC-08")
@pytest.mark.parametrize(
    ("grade", "to", "by", "late"),
    [
        ("scheduled", "immediate", "", "2014-03-04 19:05"),
        ("priority", "scheduled", "", "2014-03-04 19:20"),
        ("priority", "scheduled", ", authorised_by: Duty inspector Gale", "2014-03-06 18:50"),
        ("no_attendance", "priority", "", "2014-03-04 19:50"),
    ],
)
def test_a_grade_made_sooner_counts_from_then_and_a_later_one_only_with_an_inspectors_leave(
    grade: str, to: str, by: str, late: str
) -> None:
    changed = CALL.format(grade=grade, more=REGRADED.format(at="2014-03-04 18:50:00", to=to, by=by))
    assert told(changed, "attendance_overdue") == [("duty_inspector", late)]


def entry(kind: str, data: str, at: str = "18:30") -> str:
    """One more entry of the evening."""
    return ARRIVED.format(at=f"2014-03-04 {at}:00").replace("attendance.arrived", kind)[:-1] + f", data: {{{data}}}}}"


DELAYED = entry("attendance.delayed", "reason: the only car free is at a collision", "18:24")
SENT = entry("attendance.dispatched", "unit: Charlie Two")
STOOD_DOWN = entry("attendance.cancelled", "reason: no unit, authorised_by: sergeant")


@pytest.mark.requirement("FC-11")
@pytest.mark.parametrize(
    ("more", "when", "says"),
    [
        ("", "2014-03-04 19:20", "Nobody has been sent."),
        (SENT, "2014-03-04 19:20", "Charlie Two was sent on 4 March 2014, 18:30 and has not arrived."),
        (STOOD_DOWN, "2014-03-04 19:20", "Nobody goes: no unit."),
        (DELAYED, "2014-03-04 18:27", "Whoever goes is delayed: the only car free is at a collision."),
    ],
)
def test_a_delay_climbs_and_says_since_when_why_and_what_the_child_is_facing(more: str, when: str, says: str) -> None:
    (alert,) = alerts(CALL.format(grade="priority", more=more), "attendance_overdue")
    assert f"{alert.raised_at:%Y-%m-%d %H:%M}" == when
    assert "within 60 minutes of a contact graded priority about a child" in alert.finding.why
    assert "It was reported on 4 March 2014, 18:20; the child was said to be facing an assault." in alert.finding.why
    assert alert.finding.why.endswith(says)
