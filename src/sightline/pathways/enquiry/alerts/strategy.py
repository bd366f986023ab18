"""The facts call for a strategy discussion, and none is held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.enquiry.alerts.suspected import HARM, by_children, by_family, is_victim
from sightline.pathways.enquiry.clocks import guidance

CALLS = (
    "referral.made",
    "referral.decided",
    "strategy.requested",
    "protection.taken",
    "crime.recorded",
    "concern.notified",
)
HELD = ("strategy.held", "enquiry.started", "conference.held")
# What a social care manager may decide instead, with a reason, on a worry short of a recorded offence.
INSTEAD = ("early_help", "child_in_need_assessment", "accommodated")
SAID = {
    "referral.made": "A referral said that this child may be suffering significant harm",
    "referral.decided": "It was decided to hold a strategy discussion about this child",
    "strategy.requested": "An agency asked for a strategy discussion about this child",
    "protection.taken": "This child was taken into police protection",
    "crime.recorded": "An offence of harm to this child was recorded",
    "concern.notified": "A concern form graded this child's risk high",
}


def strategy_needed(case: Case) -> Iterable[Finding]:
    """Significant harm is suspected, and no strategy discussion, enquiry or conference has followed in time."""
    open_calls = [h for h in case.of(*CALLS) if _calls(case, h) and not _answered(case, h)]
    if open_calls:
        first = open_calls[0]
        yield case.finding(
            "strategy_needed",
            first,
            min(_due(case, h) for h in open_calls),
            f"{SAID[first.kind]}, and no strategy discussion has been held within {case.say(_limit(first), first)}.",
            step="Hold a strategy discussion with social care, police and health, or record why none is needed.",
            rests_on=open_calls,
        )


def _limit(call: Happening) -> str:
    return "strategy.immediate" if call.kind == "protection.taken" else "strategy.held"


def _due(case: Case, call: Happening) -> datetime:
    return case.due(_limit(call), call)


def _calls(case: Case, entry: Happening) -> bool:
    if not case.is_child(entry.at):
        return False
    if entry.kind == "referral.made":
        return bool(entry.get("basis") == "s47")
    if entry.kind == "referral.decided":
        return bool(entry.get("decision") == "strategy_discussion")
    if entry.kind == "concern.notified":
        return bool(entry.get("grade") == "high")
    return entry.kind != "crime.recorded" or _grave(case, entry)


def _grave(case: Case, crime: Happening) -> bool:
    if crime.get("category") not in HARM or not is_victim(case, crime) or by_children(case, crime):
        return False
    return crime.get("category") != "violence" or by_family(case, crime)


def _answered(case: Case, call: Happening) -> bool:
    since = call.at - timedelta(days=case.number("strategy.same_incident_days", call.at))
    if case.first(*HELD, since=since) or _enquiry_open(case, call):
        return True
    if call.kind in ("crime.recorded", "protection.taken"):
        return False
    if case.first("strategy.declined", since=call.at):
        return True  # with why, by somebody who may call one
    if call.kind == "strategy.requested":
        return False
    return case.first("referral.decided", since=call.at, where=lambda h: h.get("decision") in INSTEAD) is not None


def _enquiry_open(case: Case, call: Happening) -> bool:
    started = case.last("enquiry.started", before=call.at)
    return started is not None and not case.first("enquiry.completed", since=started.at, until=call.at)


RULES = [
    Rule(
        "strategy_needed",
        CALLS,
        strategy_needed,
        guidance("strategy discussion"),
        "Significant harm to a child is suspected and no strategy discussion has been held.",
        answers=("strategy.held", "enquiry.started", "strategy.declined"),
        limits=("strategy.held", "strategy.immediate", "strategy.same_incident_days"),
        around=True,
    )
]
