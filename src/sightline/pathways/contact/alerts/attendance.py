"""Nobody has gone to a child, or nobody will."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.clocks.limits import local_default

GRADES = ("immediate", "priority", "scheduled")


def attendance_overdue(case: Case) -> Iterable[Finding]:
    """A contact about a child was graded for attendance; the time its grade allows has passed and nobody has arrived or seen the child."""
    for contact in case.of("contact.received", where=lambda h: h.get("graded") in GRADES):
        if case.is_child(contact.at) and not case.first("attendance.arrived", "child.seen", since=contact.at):
            limit = f"attendance.{contact.get('graded')}"
            yield case.finding(
                "attendance_overdue",
                contact,
                case.due(limit, contact),
                f"Nobody has arrived within {case.say(limit, contact)} of a contact graded {contact.get('graded')} about this child.",
                step="Send the nearest officer now, and record who goes.",
            )


RULES = [
    Rule(
        "attendance_overdue",
        ("contact.received",),
        attendance_overdue,
        local_default(provision="FC-08"),
        "A contact about a child, graded for attendance, to which nobody has come in time.",
        answers=("attendance.arrived", "child.seen"),
        limits=tuple(f"attendance.{grade}" for grade in GRADES),
    )
]
