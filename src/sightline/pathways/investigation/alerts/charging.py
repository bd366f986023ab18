"""Files, reports and decisions: late, out of line with what happened, or the end of a case with nobody left to protect the child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.law import Source, Standing
from sightline.pathways.investigation.alerts.matters import about
from sightline.pathways.investigation.alerts.words import GRAVE, says
from sightline.pathways.investigation.clocks import DISPOSALS

EVERYONE = ("child", "victim", "suspect")
NO_FURTHER = (
    "no_further_action_evidence",
    "no_further_action_victim",
    "no_further_action_public_interest",
    "out_of_court",
    "unfounded",
)
MILD = (
    "caution",
    "conditional_caution",
    "community_resolution",
    "warning",
    "fixed_penalty",
    "outcome_22",
    "youth_caution",
)
GRAVE_KINDS = ("sexual", "exploitation", "cruelty_neglect")
BY_SENIORS = ("inspector", "superintendent")
PROTECTS = ("plan.started", "risk.assessed", "strategy.held")
LATELY = timedelta(days=14)
WORKING_TOGETHER = Source(
    "Working Together to Safeguard Children", "outcome of enquiries", Standing.GUIDANCE, confirmed=False
)


def report_delayed(case: Case) -> Iterable[Finding]:
    """A report that somebody outside was asked for has not come."""
    for asked in case.own.of_kind("report.requested"):
        if case.subject in about(asked) and not _came(case, asked) and not _shut(case, asked):
            yield case.finding(
                "report_delayed",
                asked,
                case.due("report.received", asked),
                f"A report that was asked for has not come within {case.say('report.received', asked)}.",
                step="Ring whoever owes it; go to their senior if no day is given.",
            )


def _came(case: Case, asked: Happening) -> bool:
    def is_it(h: Happening) -> bool:
        same_item = not asked.get("item") or not h.get("item") or h.get("item") == asked.get("item")
        return str(h.get("of") or asked.get("of")).lower() == str(asked.get("of")).lower() and same_item

    return case.first("report.received", since=asked.at, where=is_it) is not None


def _shut(case: Case, start: Happening) -> bool:
    return case.first("investigation.closed", since=start.at) is not None


def charge_decision_delayed(case: Case) -> Iterable[Finding]:
    """A file went for a charging decision and none has come."""
    for sent in case.own.of_kind("cps.submitted"):
        if case.subject not in about(sent) or _shut(case, sent):
            continue
        if case.first("cps.decided", "charge.made", "disposal.given", since=sent.at) is None:
            yield case.finding(
                "charge_decision_delayed",
                sent,
                case.due("charge.decided", sent),
                f"No charging decision has come within {case.say('charge.decided', sent)} of the file going.",
                step="Ask the prosecutor for a date, go up a tier, and tell the family which stage is causing the wait.",
            )
            return


def closed_with_risk(case: Case) -> Iterable[Finding]:
    """A case was closed without prosecution and nobody recorded what risk remains or who protects the child.

    That nothing could be proved does not mean that nothing happened. A plan, an assessment or a discussion after it, or a plan in being
    where the entry says nothing either way, answers it.
    """
    for end in case.of("investigation.closed", role=("child", "victim")):
        if end.get("outcome") not in NO_FURTHER or case.subject not in about(end) or _only_a_suspect(case, end):
            continue
        if _left_open(case, end) and case.first(*PROTECTS, since=end.at) is None:
            yield case.finding(
                "closed_with_risk",
                end,
                case.at_once(end),
                "This case was closed without prosecution and no record says what risk remains or who protects the child.",
                step="Record what risk remains, which other children the suspect can reach, who protects them, and whom the child can turn to.",
            )


def _left_open(case: Case, end: Happening) -> bool:
    risk, plan = end.get("remaining_risk_considered"), end.get("safeguarding_plan")
    if risk and plan is not False:
        return False
    if risk is False or plan is False:
        return not (risk and _in_being(case, end))
    return end.get("outcome") != "unfounded" and not _in_being(case, end) and _unassessed(case, end)


def _in_being(case: Case, end: Happening) -> bool:
    started = case.last("plan.started", before=end.at)
    return started is not None and case.first("plan.ended", since=started.at, until=end.at) is None


def _unassessed(case: Case, end: Happening) -> bool:
    return case.last("risk.assessed", before=end.at, since=end.at - LATELY) is None


def _only_a_suspect(case: Case, end: Happening) -> bool:
    """Whether the child was in it as a suspect and not as somebody harmed."""
    crimes = case.of("crime.recorded", role=("child", "victim", "suspect"), where=lambda h: h.at <= end.at)
    harmed = any(h.get("child_is") in ("victim", "both", "present", "witness") for h in crimes)
    return bool(crimes) and not harmed


def disposal_mismatch(case: Case) -> Iterable[Finding]:
    """A caution or the like for something grave against a child, or for somebody who was dealt with for the like before."""
    for given in case.of("disposal.given"):
        if given.get("kind") not in MILD or case.subject in given.people.get("suspect", ()):
            continue
        grave, again = _grave(case, given), _before(case, given)
        if (grave or again) and not _agreed(case, given):
            what = "for a grave offence against this child" if grave else "to somebody dealt with before"
            yield case.finding(
                "disposal_mismatch",
                given,
                case.at_once(given),
                f"A {str(given.get('kind')).replace('_', ' ')} was given {what}{', dealt with for another before' if grave and again else ''}.",
                step="Have an inspector look at the seriousness and the history, and record the reason or send it to the prosecutor.",
                rests_on=again,
                concerns=given.people.get("suspect", ()),
            )


def _grave(case: Case, given: Happening) -> bool:
    if given.get("child_is_suspect") and not says(given.get("for"), ("rape", "sexual assault")):
        return False
    whom = set(given.people.get("suspect", ()))
    crimes = (
        h for h in case.own.of_kind("crime.recorded") if whom & set(h.people.get("suspect", ())) and h.at <= given.at
    )
    return says(given.get("for"), GRAVE) or any(h.get("category") in GRAVE_KINDS for h in crimes)


def _before(case: Case, given: Happening) -> tuple[Happening, ...]:
    """Earlier results of whoever this was given to; a child's are left out, since a child is to be given another chance."""
    if given.get("child_is_suspect"):
        return ()
    held = given.people.get("suspect", ())
    return tuple(
        h
        for p in held
        for h in case.chronology_of(p).of_kind("disposal.given", "court.result")
        if h.at < given.at and h.concerns(p, "suspect", "offender") and h.get("result") in (None, "convicted")
    )


def _agreed(case: Case, given: Happening) -> bool:
    """Whether an inspector or above looked at it on the day or later, and was content."""
    return (
        case.first(
            "investigation.reviewed",
            since=given.at - timedelta(days=1),
            where=lambda h: h.get("by_role") in BY_SENIORS and h.get("satisfied") is not False,
        )
        is not None
    )


RULES = [
    Rule(
        "report_delayed",
        ("report.requested",),
        report_delayed,
        local_default(provision="SI-27"),
        "An outside report that is late.",
        roles=EVERYONE,
        answers=("report.received",),
        limits=("report.received",),
    ),
    Rule(
        "charge_decision_delayed",
        ("cps.submitted",),
        charge_decision_delayed,
        local_default(provision="DF-11"),
        "A charging decision that is late.",
        roles=EVERYONE,
        answers=("cps.decided", "charge.made"),
        limits=("charge.decided",),
    ),
    Rule(
        "closed_with_risk",
        ("investigation.closed",),
        closed_with_risk,
        WORKING_TOGETHER,
        "A case closed without a word on what risk remains.",
        roles=("child", "victim"),
    ),
    Rule(
        "disposal_mismatch",
        ("disposal.given",),
        disposal_mismatch,
        DISPOSALS,
        "A result out of line with the seriousness or the repetition.",
        around=True,
    ),
]
