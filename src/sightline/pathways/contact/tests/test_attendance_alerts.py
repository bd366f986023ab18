"""When nobody goes to a child, sentence by sentence."""

from __future__ import annotations

import pytest

from alarms import raised

CALL = """
events:
  - {{at: 2014-03-04 18:20:00, type: contact.received, source: command_and_control, people: {{child: child}},
     data: {{channel: "999", kind: assault, graded: {grade}}}}}
{more}
until: 2014-03-08 18:20:00
"""
ARRIVED = "  - {{at: {at}, type: attendance.arrived, source: command_and_control, people: {{child: child}}}}"


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
