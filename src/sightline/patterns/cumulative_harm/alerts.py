"""Repeated lower-level worries about one child or home have passed the point where agencies should meet, and none have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import OPENING, Incident, incidents
from sightline.clocks.limits import local_default

MET = ("strategy.held", "conference.held", "meeting.held", "enquiry.started")
PLANS = ("child_protection", "child_in_need", "care", "safety", "risk_management")


def cumulative_harm(case: Case) -> Iterable[Finding]:
    """Three incidents in twelve months or two in three, since agencies last met about this child, and no plan in force."""
    if not case.is_child() or _plan_in_force(case):
        return
    since = _met(case)
    found = [i for i in incidents(case) if since is None or i.at > since]
    done = _completed(found, case)
    if done is None:
        return
    last = found[done]
    entries = [e for i in found for e in i.entries]
    yield case.finding(
        "cumulative_harm",
        last.opened,
        case.at_once(last.opened),
        f"{len(found)} incidents about this child or home since {found[0].at:%B %Y}, and agencies have not met about them.",
        step="Bring the agencies together: ask for a strategy discussion or a meeting on the whole history.",
        rests_on=entries,
        concerns={p for e in entries for p in e.people.get("child", ())},
    )


def _met(case: Case) -> datetime | None:
    """When agencies last met about the child."""
    met = case.of(*MET)
    return met[-1].at if met else None


def _plan_in_force(case: Case) -> bool:
    started = case.of("plan.started", where=lambda h: h.get("kind") in (*PLANS, None))
    return bool(started) and case.first("plan.ended", since=started[-1].at) is None


def _completed(found: Sequence[Incident], case: Case) -> int | None:
    """The number of the incident that first completed the pattern; None where nothing has."""
    for n, incident in enumerate(found):
        for size, span in (("many", "long"), ("few", "short")):
            first = n + 1 - case.number(f"cumulative_harm.{size}", incident.at)
            if first >= 0 and incident.at <= case.due(f"cumulative_harm.{span}", found[first].opened):
                return n
    return None


RULES = [
    Rule(
        "cumulative_harm",
        OPENING,
        cumulative_harm,
        local_default(provision="RA-03"),
        "Incidents that add up, counted by child and home whatever the grade of each.",
        answers=MET,
        around=True,
        limits=("incident.same", *(f"cumulative_harm.{x}" for x in ("many", "long", "few", "short"))),
    )
]
