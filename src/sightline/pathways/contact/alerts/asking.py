"""A child who could be fetched, and a colleague who asked for advice, left waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.contact.alerts.incidents import EVERYBODY, SEEN, answers_for
from sightline.pathways.contact.alerts.wording import says

REACHED = ("attendance.arrived", "missing.returned", "missing.enquiry", *SEEN)
AT_RISK = ("exploitation_risk", "child_protection_plan", "looked_after", "missing_frequent")
HELPED = ("advice.given", "strategy.held", "health.consulted")


def recovery_late(case: Case) -> Iterable[Finding]:
    """It is known or likely where a missing child, or one at risk, is, and an hour later nobody has gone there.

    A new word on where the child is asks for nothing more while the first is unanswered.
    """
    waiting = False
    for told in _whereabouts(case):
        if _gone(case, told):
            waiting = False
            continue
        if not waiting:
            waiting = True
            yield case.finding(
                "recovery_late",
                told,
                case.due("recovery", told),
                f"It has been known for {case.say('recovery', told)} where this child may be, and nobody has gone there.",
                step="Send an officer there now, and tell the family.",
            )


def _whereabouts(case: Case) -> Iterator[Happening]:
    """Words on where the child is: a likely place recorded, intelligence on it, or a call that names a place."""
    for entry in case.of("missing.located", "intelligence.recorded", "contact.received"):
        if not case.is_child(entry.at):
            continue
        if entry.kind == "missing.located":
            yield entry
        elif entry.kind == "intelligence.recorded":
            if entry.get("kind") == "location" and (_missing(case, entry) or _at_risk(case, entry)):
                yield entry
        elif entry.place and entry.place != "home" and (_missing(case, entry) or _with_somebody(entry)):
            yield entry


def _with_somebody(call: Happening) -> bool:
    """Whether a call says that a child is at a place with somebody who may be exploiting them (FC-25)."""
    if call.get("recovery") is True:
        return True
    return call.get("kind") in ("exploitation", "missing") and bool(call.people.get("suspect"))


def _missing(case: Case, entry: Happening) -> bool:
    gone = case.last("missing.reported", before=entry.at)
    if gone is None or gone.at == entry.at:
        return False
    return case.first("missing.returned", since=gone.at, until=entry.at) is None


def _at_risk(case: Case, entry: Happening) -> bool:
    """Whether the child is known to be at risk, or an adult is named with whom they are."""
    named = any(entry.people.get(role) for role in ("suspect", "offender", "adult"))
    marked = case.last("marker.set", before=entry.at, where=lambda h: h.get("kind") in AT_RISK)
    return named or (marked is not None and case.first("marker.cleared", since=marked.at, until=entry.at) is None)


def _gone(case: Case, told: Happening) -> bool:
    return case.first(*REACHED, since=told.at, where=lambda h: _reached(h, told)) is not None


def _reached(entry: Happening, told: Happening) -> bool:
    if entry is told:
        return False
    if entry.kind == "missing.enquiry":
        return entry.get("kind") in ("address", "search")
    return True


def advice_unreachable(case: Case) -> Iterable[Finding]:
    """An officer asked a specialist how to go about it, and an hour later has had no answer. `Ring back tomorrow` is no answer."""
    waiting = False
    for asked in case.own.of_kind("advice.requested"):
        if not answers_for(case, asked):
            continue
        if case.first(*HELPED, since=asked.at, where=_is_advice) is not None:
            waiting = False
            continue
        if not waiting:
            waiting = True
            yield case.finding(
                "advice_unreachable",
                asked,
                case.due("advice.given", asked),
                f"Somebody asked for specialist advice about this case and has had none for {case.say('advice.given', asked)}.",
                step="Ring the officer who asked, or name who will.",
            )


def _is_advice(entry: Happening) -> bool:
    return entry.kind != "advice.given" or not says("no_advice", entry.get("text"))


RULES = [
    Rule(
        "recovery_late",
        ("missing.located", "intelligence.recorded", "contact.received"),
        recovery_late,
        local_default(provision="MC-05, FC-25"),
        "A likely place for a missing or at-risk child to which nobody has gone.",
        answers=REACHED,
        limits=("recovery",),
    ),
    Rule(
        "advice_unreachable",
        ("advice.requested",),
        advice_unreachable,
        local_default(provision="FC-17"),
        "A request for specialist advice that nobody answered.",
        roles=EVERYBODY,
        answers=HELPED,
        limits=("advice.given",),
    ),
]
