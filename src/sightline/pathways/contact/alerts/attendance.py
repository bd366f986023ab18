"""Nobody has gone to a child, or nobody will."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.contact.alerts.facts import GRAVE, dangers
from sightline.pathways.contact.alerts.incidents import (
    CAME,
    EVERYBODY,
    NOT_ABOUT_HARM,
    Incident,
    about,
    came,
    incidents,
)
from sightline.pathways.contact.alerts.wording import says

GRADES = ("immediate", "priority", "scheduled")


def attendance_overdue(case: Case) -> Iterable[Finding]:
    """A contact about a child was graded for attendance; the time its grade allows has passed and nobody has arrived or seen the child.

    Of several calls about one incident, the one that asked for somebody soonest counts.
    """
    for incident in incidents(case):
        graded = [c for c in incident.contacts if c.get("graded") in GRADES]
        children = about(case, incident) if graded else ()
        if not children or came(case, incident, children) or _excused(case, incident):
            continue
        contact = min(graded, key=lambda c: case.due(f"attendance.{c.get('graded')}", c))
        limit = f"attendance.{contact.get('graded')}"
        yield case.finding(
            "attendance_overdue",
            contact,
            case.due(limit, contact),
            f"Nobody has arrived within {case.say(limit, contact)} of a contact graded {contact.get('graded')} about a child.",
            step="Send the nearest officer now, and record who goes.",
            subject=children[0],
            concerns=children,
        )


def attendance_cancelled(case: Case) -> Iterable[Finding]:
    """Nobody will go, or nobody was ever to go, though the child may be at risk and no professional has seen them since the call.

    Left in peace: where somebody came or is on the way after all, and where an inspector gave leave and a reason.
    """
    for incident in incidents(case):
        given_up = _given_up(case, incident)
        children = about(case, incident) if given_up else ()
        if given_up is None or not children or came(case, incident, children):
            continue
        if _sent_again(case, given_up) or _excused(case, incident) or not _at_risk(case, incident, children):
            continue
        cancelled = given_up.kind == "attendance.cancelled"
        yield case.finding(
            "attendance_cancelled",
            given_up,
            case.at_once(given_up),
            ("Attendance was cancelled" if cancelled else "No attendance was arranged")
            + " though a child may be at risk, and no professional has seen the child since the call.",
            step="Send somebody to see the child, or have an inspector record why not.",
            rests_on=incident.contacts,
            subject=children[0],
            concerns=children,
        )


def _given_up(case: Case, incident: Incident) -> Happening | None:
    """The decision that nobody goes: the last cancellation, else that every call was graded for none."""
    cancelled = case.last("attendance.cancelled", since=incident.since, before=incident.until)
    if cancelled is not None:
        return cancelled
    none = all(c.get("graded") == "no_attendance" for c in incident.contacts)
    return incident.first if none else None


def _sent_again(case: Case, given_up: Happening) -> bool:
    return case.first("attendance.dispatched", since=given_up.at) is not None


def _excused(case: Case, incident: Incident) -> bool:
    """Whether an inspector gave leave to stay away, with a reason."""
    return (
        case.first(
            "attendance.cancelled",
            since=incident.since,
            until=incident.until,
            where=lambda h: bool(h.get("reason")) and says("senior", h.get("authorised_by")),
        )
        is not None
    )


def _at_risk(case: Case, incident: Incident, children: tuple[int, ...]) -> bool:
    """Whether a child may be at risk by what was reported, by who reported it, or by what is known of those involved."""
    kinds = {c.get("kind") for c in incident.contacts}
    cancelled = case.first("attendance.cancelled", since=incident.since, until=incident.until) is not None
    if kinds & set(GRAVE) or (cancelled and not kinds <= set(NOT_ABOUT_HARM)):
        return True
    if any(c.get("told_child_is_safe") is True or c.get("caller_is") == "child" for c in incident.contacts):
        return True
    return bool(dangers(case, incident.first, children))


RULES = [
    Rule(
        "attendance_overdue",
        ("contact.received",),
        attendance_overdue,
        local_default(provision="FC-08"),
        "A contact about a child, graded for attendance, to which nobody has come in time.",
        roles=EVERYBODY,
        answers=("attendance.arrived", "child.seen"),
        around=True,
        limits=tuple(f"attendance.{grade}" for grade in GRADES),
    ),
    Rule(
        "attendance_cancelled",
        ("contact.received",),
        attendance_cancelled,
        local_default(provision="FC-10"),
        "A child who may be at risk, to whom nobody will go and whom nobody has seen.",
        roles=EVERYBODY,
        answers=CAME,
        around=True,
    ),
]
