"""A child whom nobody has seen, or who was only seen beside somebody they may be afraid of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import together
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.law import Source, Standing
from sightline.pathways.contact.alerts.facts import GRAVE
from sightline.pathways.contact.alerts.incidents import (
    EVERYBODY,
    SEEN,
    Incident,
    about,
    incidents,
    named_elsewhere,
    seen,
)

ALONE = (
    "child.seen",
    "interview.held",
    "prevention_interview.held",
    "return_interview.held",
    "plan.visit",
    "concern.notified",
)


def child_not_seen(case: Case) -> Iterable[Finding]:
    """Police came, or a day went by since the call, and no professional has seen the child it is about.

    A missing child is not there to be seen: their return has clocks of its own; nor is one at home elsewhere while adults quarrel. Where nobody
    was ever to go, it counts for what is grave.
    """
    for incident in incidents(case):
        if all(c.get("kind") == "missing" or _at_the_counter(c) for c in incident.contacts) or _not_there(incident):
            continue
        if named_elsewhere(case, incident):
            continue  # whoever is named answers for it
        arrived = case.first("attendance.arrived", since=incident.since)
        if arrived is None and not any(_to_be_seen(c) for c in incident.contacts):
            continue
        for child in about(case, incident):
            if seen(case, child, incident.since) is None:
                yield _unseen(case, incident.first, arrived, child)
    yield from _found_on_the_way(case)


def _not_there(incident: Incident) -> bool:
    """Violence between adults where it is recorded that no child was present, and nobody claims more: the child was elsewhere."""
    between_adults = all(c.get("kind") in ("domestic_abuse", "disturbance") for c in incident.contacts)
    said = {c.get("children_present") for c in incident.contacts}
    vouched = any(c.get("told_child_is_safe") is not None or c.get("caller_is") == "child" for c in incident.contacts)
    return between_adults and False in said and True not in said and not vouched


def _at_the_counter(contact: Happening) -> bool:
    return bool(contact.get("caller_is") == "child") and contact.get("channel") == "in_person"


def _to_be_seen(contact: Happening) -> bool:
    """Whether a call, unattended, asks that the child be seen within a day."""
    if contact.get("graded") == "no_attendance" or contact.get("channel") == "intelligence":
        return bool(contact.get("kind") in GRAVE) or contact.get("told_child_is_safe") is True
    return True


def _unseen(case: Case, cause: Happening, arrived: Happening | None, child: int) -> Finding:
    due, since = case.due("child.seen_after_contact", cause), "since the call"
    if arrived is not None and (soon := case.due("child.seen_after_arrival", arrived)) < due:
        due, since = soon, "though officers have been there"
    return case.finding(
        "child_not_seen",
        cause,
        due,
        f"No professional has seen this child {since}.",
        step="See the child today, awake and alone where that is safe, and record how the child is.",
        rests_on=(arrived,) if arrived else (),
        subject=child,
    )


def _found_on_the_way(case: Case) -> Iterator[Finding]:
    """Officers came upon a child with no call before it."""
    for arrived in case.of("attendance.arrived"):
        if not case.is_child(arrived.at) or _called_before(case, arrived) or seen(case, case.subject, arrived.at):
            continue
        if case.last("attendance.arrived", before=arrived.at) is arrived:
            yield _unseen(case, arrived, arrived, case.subject)


def _called_before(case: Case, arrived: Happening) -> bool:
    """Whether a call within a few days explains why officers came."""
    call = case.last("contact.received", before=arrived.at)
    return call is not None and case.due("history.looked_back", call) > arrived.at


def child_not_seen_alone(case: Case) -> Iterable[Finding]:
    """The child was only seen or asked beside a parent or a suspect, and a day later nobody has spoken to the child alone.

    Not asked of a child too young to talk. An earlier talk alone in the same incident is enough.
    """
    since: datetime | None = None
    for beside in case.of("child.seen", "interview.held", "prevention_interview.held", where=_beside):
        age = case.age(beside.at)
        if not case.is_child(beside.at) or (age is not None and age < case.number("child.talks_from", beside.at)):
            continue
        opened = _opened(case, beside)
        if since is not None and opened <= since:
            continue  # told already, by the first such talk of this incident
        since = beside.at
        if case.first(*ALONE, since=opened, where=_alone) is None:
            yield case.finding(
                "child_not_seen_alone",
                beside,
                case.due("child.seen_alone", beside),
                "This child has only been seen or asked beside a parent or suspect, and nobody has spoken to the child alone since.",
                step="Speak to the child alone, at school or another safe place.",
                **together(beside),
            )


def _opened(case: Case, beside: Happening) -> datetime:
    """When the incident began in which a child was asked beside somebody: the last call about the child, within a few days."""
    call = case.last("contact.received", before=beside.at)
    if call is not None and case.due("history.looked_back", call) > beside.at:
        return call.at
    return beside.at


def _beside(entry: Happening) -> bool:
    if entry.kind == "interview.held":
        return entry.get("in_presence_of_suspect") is True
    return entry.get("alone") is False


def _alone(entry: Happening) -> bool:
    if entry.kind == "interview.held":
        return entry.get("in_presence_of_suspect") is not True
    if entry.kind == "return_interview.held":
        return True
    if entry.kind == "concern.notified":
        return entry.get("seen_alone") is True
    return entry.get("alone") is True


RULES = [
    Rule(
        "child_not_seen",
        ("contact.received", "attendance.arrived"),
        child_not_seen,
        local_default(provision="FC-09"),
        "An incident that involves a child whom no professional has seen.",
        roles=EVERYBODY,
        answers=SEEN,
        around=True,
        limits=("child.seen_after_arrival", "child.seen_after_contact"),
    ),
    Rule(
        "child_not_seen_alone",
        ("child.seen", "interview.held", "prevention_interview.held"),
        child_not_seen_alone,
        Source("Working Together to Safeguard Children", "see and speak to the child alone", Standing.GUIDANCE,
               confirmed=False),
        "A child who was only heard beside a parent or a suspect.",
        answers=ALONE,
        limits=("child.seen_alone", "child.talks_from"),
    ),
]  # fmt: skip
