"""A child is missing and nothing is done, or goes missing so often that agencies must plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.missing.alerts.episodes import Episode, episodes

DONE = (
    "missing.enquiry",
    "missing.located",
    "attendance.dispatched",
    "attendance.arrived",
    "child.seen",
    "detention.authorised",
)
LIMIT_OF = {"high": "high", "medium": "medium", "low": "low", "no_apparent": "low"}
FOR_IT = ("trigger", "risk_management")  # plans made because of going missing or of exploitation, whenever they began
PLANS = (*FOR_IT, "child_protection", "child_in_need", "safety")
PLANNED = ("meeting.held", "strategy.held", "conference.held", "plan.started", "plan.reviewed")
MET = ("missing", "exploitation", "professionals")


def missing_no_action(case: Case) -> Iterable[Finding]:
    """A child is missing, and nothing to find the child is recorded within the time that the grade allows."""
    for episode in episodes(case):
        report, back = episode.reported, episode.returned
        if back is not None or not case.is_child(report.at) or case.first(*DONE, since=report.at):
            continue
        grade, start = _soonest(case, report)
        limit = f"missing.enquiry.{grade}"
        yield case.finding(
            "missing_no_action",
            report,
            case.due(limit, start),
            f"This child is missing and graded {grade}, and nothing done to find the child is recorded within {case.say(limit, start)}.",
            step="Start enquiries now: phone, places, companions, intelligence; and record each.",
        )


def _soonest(case: Case, report: Happening) -> tuple[str, Happening]:
    """The grade, as first set or as changed since, that leaves least time."""
    grades = [report, *case.of("missing.regraded", where=lambda h: h.at >= report.at)]
    named = [(LIMIT_OF.get(str(h.get("graded")), "medium"), h) for h in grades]
    return min(named, key=lambda g: case.due(f"missing.enquiry.{g[0]}", g[1]))


def missing_frequent(case: Case) -> Iterable[Finding]:
    """So many episodes in so few weeks, wherever the child lives, that agencies must plan together; and they have not."""
    often = case.number("missing.often")
    within = timedelta(days=case.number("missing.often_days"))
    counted: list[Episode] = []
    for episode in episodes(case):
        at = episode.reported.at
        counted = [e for e in counted if e.reported.at > at - within]
        counted.append(episode)
        if len(counted) < often or not case.is_child(at):
            continue
        if _plan_at(case, at) or case.first(*PLANNED, since=at, where=_plans_for_it):
            counted = []
            continue
        yield case.finding(
            "missing_frequent",
            episode.reported,
            case.at_once(episode.reported),
            f"This child has been reported missing {len(counted)} times in {within.days} days, and no plan to prevent it is in place.",
            step="Bring agencies together now: why, where, with whom, what would keep this child safe?",
            rests_on=[e.reported for e in counted],
        )
        return


def _plans_for_it(entry: Happening) -> bool:
    if entry.kind == "meeting.held":
        return entry.get("kind") in MET
    return entry.kind != "plan.started" or entry.get("kind") in PLANS


def _plan_at(case: Case, at: datetime) -> bool:
    """Whether a plan made for it was in force."""
    begun = case.last("plan.started", before=at, where=lambda h: h.get("kind") in FOR_IT)
    return begun is not None and not case.first("plan.ended", since=begun.at, until=at)


RULES = [
    Rule(
        "missing_no_action",
        ("missing.reported",),
        missing_no_action,
        local_default(provision="MC-04"),
        "A missing child for whom no enquiry is recorded.",
        answers=("missing.enquiry",),
        limits=("missing.enquiry.high", "missing.enquiry.medium", "missing.enquiry.low", "missing.second_report_hours"),
    ),
    Rule(
        "missing_frequent",
        ("missing.reported",),
        missing_frequent,
        local_default(provision="MC-06"),
        "A child who goes missing so often that agencies must plan.",
        limits=("missing.often", "missing.often_days", "missing.second_report_hours"),
    ),
]
