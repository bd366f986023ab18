"""Decisions taken before the systems were searched."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.contact.alerts.history import GUIDE
from sightline.pathways.contact.alerts.incidents import EVERYBODY, Incident, about, incidents, taken_as_a_call
from sightline.pathways.contact.alerts.wording import says, texts

# Without these a search says nothing of violence, of what is suspected, or of earlier abuse. For the last, whichever system of the police or
# of social care says that a child was harmed or has a plan will do.
NEEDED = {
    "crime": ("crime",),
    "intelligence": ("intelligence",),
    "child_abuse": ("child_abuse", "child_protection", "social_care"),
}
DECISIONS = (
    "attendance.dispatched",
    "attendance.cancelled",
    "attendance.arrived",
    "arrest.considered",
    "risk.assessed",
)
CALLED = {
    "crime": "crime records",
    "intelligence": "intelligence",
    "child_abuse": "child abuse or child protection records",
}


def checks_not_run(case: Case) -> Iterable[Finding]:
    """Somebody was sent, or it was decided to send nobody, before the systems were searched that say who lives there and what is known.

    A system that was down counts as not searched until somebody went back to it. A search whose systems are not supplied is not judged, nor is
    an incident known only from an officer's form: no system that keeps searches took it.
    """
    for incident in incidents(case):
        children = about(case, incident) if taken_as_a_call(incident) else ()
        checks = _checks(case, incident) if children else ()
        decided = _decided(case, incident, checks) if children else None
        if decided is None:
            continue
        lacking = _lacking(checks)
        if not lacking:
            continue
        none_sent = decided.kind == "contact.received" and not checks
        yield case.finding(
            "checks_not_run",
            incident.first,  # whatever is decided next: one incident, one alert
            case.due("checks.before_no_attendance", decided)
            if none_sent
            else case.at_once(max((decided, *checks), key=lambda h: h.recorded_at)),
            f"A decision was taken about a child without a search of {lacking}.",
            step="Search now, and tell whoever has gone what is found.",
            rests_on=(decided, *checks),
            subject=children[0],
            concerns=children,
        )


def _decided(case: Case, incident: Incident, checks: tuple[Happening, ...]) -> Happening | None:
    """The first decision of an incident. That nobody goes is one; so is a grade, once somebody has searched and left it there."""
    if all(c.get("graded") == "no_attendance" for c in incident.contacts):
        return incident.first
    taken = case.first(*DECISIONS, since=incident.since, until=incident.until)
    return incident.first if taken is None and checks and incident.first.get("graded") else taken


def _checks(case: Case, incident: Incident) -> tuple[Happening, ...]:
    """Searches about anybody named in the incident's calls, from its beginning."""
    named = dict.fromkeys(p for c in incident.contacts for held in c.people.values() for p in held)
    found = {
        h.event_id: h
        for p in named
        for h in case.chronology_of(p).of_kind("contact.checked")
        if h.at >= incident.since and (incident.until is None or h.at < incident.until)
    }
    return tuple(found.values())


def _lacking(checks: tuple[Happening, ...]) -> str:
    """Which searches are lacking, in words; empty where none is, or where it is not known which were made."""
    if not checks:
        return "any system"
    down = [c for c in checks if says("could_not_search", texts(c, ("found",)))]
    if down and checks[-1] in down:
        return "a system that was down, and nobody has gone back"
    if any(c.get("systems") is None for c in checks):
        return ""
    searched = {s for c in checks for s in c.get("systems")}
    return ", ".join(CALLED[s] for s, any_of in NEEDED.items() if not searched & set(any_of))


RULES = [
    Rule(
        "checks_not_run",
        ("contact.received",),
        checks_not_run,
        GUIDE,
        "A decision about a child before the systems were searched.",
        roles=EVERYBODY,
        answers=("contact.checked",),
        around=True,
        limits=("checks.before_no_attendance",),
    ),
]
