"""Nobody has gone to a child, or nobody will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import say_moment
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
# What the child was reported to be facing, as a sentence has it.
FACING = {
    "concern_for_child": "something that worries the caller", "domestic_abuse": "domestic abuse", "missing": "being missing",
    "assault": "an assault", "sexual_offence": "a sexual offence", "neglect": "neglect", "exploitation": "exploitation",
    "online_abuse": "abuse online", "antisocial": "trouble around the home", "crime": "a crime",
    "welfare_check": "a danger to somebody's welfare", "disturbance": "a disturbance",
}  # fmt: skip


@dataclass(frozen=True)
class Awaited:
    """An incident to which nobody has come: the call that asked soonest, its grade, when that grade began to run, and any word of delay."""

    incident: Incident
    children: tuple[int, ...]
    contact: Happening
    graded: str
    since: Happening
    delayed: Happening | None

    @property
    def limit(self) -> str:
        """The clock of its grade."""
        return f"attendance.{self.graded}"

    @property
    def facing(self) -> str:
        """When it was reported, and what the child was reported to be facing."""
        faced = FACING.get(str(self.contact.get("kind")), "something else")
        return f"It was reported on {say_moment(self.incident.since)}; the child was said to be facing {faced}."


def _awaited(case: Case) -> Iterator[Awaited]:
    """Incidents about a child, graded for attendance, to which nobody has come and nobody senior gave leave to stay away."""
    for incident in incidents(case):
        since = _clock(case, incident)
        children = about(case, incident) if since is not None else ()
        if since is None or not children or came(case, incident, children) or _excused(case, incident):
            continue
        contact = since if since in incident.contacts else incident.first
        delayed = case.last("attendance.delayed", since=incident.since, before=incident.until)
        yield Awaited(incident, children, contact, str(since.get("graded")), since, delayed)


def _clock(case: Case, incident: Incident) -> Happening | None:
    """The call, or the change of grade, by which somebody must be there; None where nobody is to go by any of them.

    Of several calls the one that asked soonest counts; a change of grade makes it sooner, and later only with a senior officer's leave.
    """
    graded = [c for c in incident.contacts if c.get("graded") in GRADES]
    changed = case.last("contact.regraded", since=incident.since, before=incident.until)
    if changed is not None and changed.get("graded") in GRADES:
        graded = [changed] if says("senior", changed.get("authorised_by")) else [*graded, changed]
    return min(graded, key=lambda c: case.due(f"attendance.{c.get('graded')}", c), default=None)


def attendance_overdue(case: Case) -> Iterable[Finding]:
    """A contact about a child was graded for attendance; the time its grade allows has passed and nobody has arrived or seen the child.

    Of several calls about one incident, the one that asked for somebody soonest counts. Where it is known before that time that
    whoever goes is delayed, for whatever reason, it is told at once.
    """
    for held in _awaited(case):
        due, late = case.due(held.limit, held.since), held.delayed and case.at_once(held.delayed)
        early = late if late and late < due else None
        why, rests_on = _why(case, held)
        within = f"within {case.say(held.limit, held.since)} of a contact graded {held.graded} about a child"
        yield case.finding(
            "attendance_overdue",
            held.contact,
            early or due,
            f"{f'Nobody will arrive {within}' if early else f'Nobody has arrived {within}'}. {held.facing} {why}",
            step="Send the nearest officer now, and record who goes.",
            rests_on=rests_on,
            subject=held.children[0],
            concerns=held.children,
        )


def _why(case: Case, held: Awaited) -> tuple[str, tuple[Happening, ...]]:
    """Why nobody is there yet, as far as it was recorded, and the entries that say so."""
    kinds = ("attendance.dispatched", "attendance.delayed", "attendance.cancelled")
    last = case.last(*kinds, since=held.incident.since, before=held.incident.until)
    rests_on = tuple(dict.fromkeys(h for h in (last, held.since) if h is not None))
    if last is None:
        return "Nobody has been sent.", rests_on
    reason = str(last.get("reason") or "no reason was given").rstrip(".")
    said = {
        "attendance.dispatched": f"{last.get('unit') or 'Somebody'} was sent on {say_moment(last.at)} and has not arrived.",
        "attendance.delayed": f"Whoever goes is delayed: {reason}.",
        "attendance.cancelled": f"Nobody goes: {reason}.",
    }
    return said[last.kind], rests_on


def attendance_expiring(case: Case) -> Iterable[Finding]:
    """Most of the time that a grade allows has gone and nobody has arrived: the supervisor can still send somebody in time."""
    for held in _awaited(case):
        warned = case.due(f"{held.limit}.warned", held.since)
        yield case.finding(
            "attendance_expiring",
            held.contact,
            warned,
            f"Nobody has arrived yet at a contact graded {held.graded} about a child, and the time is up on"
            f" {say_moment(case.due(held.limit, held.since))}. {held.facing}",
            step="See that whoever goes arrives in time, or send somebody nearer. The duty inspector is told next.",
            rests_on=(held.since,),
            subject=held.children[0],
            concerns=held.children,
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
        "attendance_expiring",
        ("contact.received",),
        attendance_expiring,
        local_default(provision="FC-08"),
        "A contact about a child, graded for attendance, whose time is nearly up.",
        roles=EVERYBODY,
        answers=("attendance.arrived", "child.seen"),
        around=True,
        limits=tuple(f"attendance.{grade}.warned" for grade in GRADES),
    ),
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
