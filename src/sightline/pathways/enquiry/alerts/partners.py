"""An agency whose view is needed was not there and sent nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.enquiry.alerts.agencies import agencies, agency_of, spoke
from sightline.pathways.enquiry.alerts.suspected import bodily_allegation
from sightline.pathways.enquiry.clocks import guidance

TABLES = ("strategy.held", "conference.held", "meeting.held")
MEETINGS = ("marac", "missing", "exploitation", "professionals")
# Who must be there: Working Together for strategy discussions and conferences. Police at a conference have an alert of their own.
NEEDED = {
    "strategy.held": ("police", "social_care", "health"),
    "conference.held": ("social_care", "health"),
    "meeting.held": ("police", "social_care"),
}
CALLED = {"police": "the police", "social_care": "social care", "health": "health", "education": "education"}
REPORTED_BEFORE = timedelta(days=7)


def partner_absent(case: Case) -> Iterable[Finding]:
    """A meeting about this child was held without an agency that was asked or must be there, which has not reported either."""
    for table in case.of(*TABLES, where=_listed):
        if not case.is_child(table.at):
            continue
        away = sorted(a for a in _wanted(case, table) if not spoke(table, a) and not _reported(case, table, a))
        if away:
            names = " and ".join(CALLED.get(a, a.replace("_", " ")) for a in away)
            yield case.finding(
                "partner_absent",
                table,
                case.at_once(table),
                f"A meeting that decided about this child was held without {names}, and no report from there is recorded.",
                step="Ask for their view now, and look at the decision again if it changes anything.",
            )


def _listed(entry: Happening) -> bool:
    """Who came is known: a list that was not supplied says nothing."""
    return entry.get("attended") is not None and (entry.kind != "meeting.held" or entry.get("kind") in MEETINGS)


def _wanted(case: Case, table: Happening) -> frozenset[str]:
    wanted = agencies(table.get("invited")) | frozenset(NEEDED[table.kind])
    hurt = table.kind == "strategy.held" and bodily_allegation(case, table.at, case.number("allegation.days", table.at))
    return (
        wanted - {"health"} if hurt else wanted
    )  # of a child said to be hurt, the absence of health is told by its own alert


def _reported(case: Case, table: Happening, agency: str) -> bool:
    kinds = ("report.received", "information.supplied", "health.consulted", "medical.held")
    return case.first(*kinds, since=table.at - REPORTED_BEFORE, where=lambda h: _from(h, agency)) is not None


def _from(entry: Happening, agency: str) -> bool:
    if entry.kind == "report.received":
        return agency_of(entry.get("of")) == agency
    if entry.kind == "information.supplied":
        return agency in agencies((entry.agency, entry.source))
    return agency == "health"


def interviewed_alone(case: Case) -> Iterable[Finding]:
    """An interview of this child that was to be joint was held by one agency."""
    for interview in case.of("interview.held", where=lambda h: h.get("joint") is False):
        plan = case.last("interview.planned", before=interview.at)
        if plan is None or plan.get("joint") is not True or not case.is_child(interview.at):
            continue
        if not case.first("interview.held", since=interview.at, where=lambda h: h.get("joint") is True):
            yield case.finding(
                "partner_absent",
                interview,
                case.at_once(interview),
                "A joint interview of this child was planned, and it was held by one agency alone.",
                step="Tell the other agency what the child said, and find out why nobody could come.",
                rests_on=(plan,),
            )


RULES = [
    Rule(
        "partner_absent",
        TABLES,
        partner_absent,
        guidance("who must take part in a strategy discussion and a conference"),
        "A meeting about a child without an agency whose view is needed.",
        limits=("allegation.days",),
    ),
    Rule(
        "partner_absent",
        ("interview.held",),
        interviewed_alone,
        guidance("joint interviews"),
        "An interview that was to be joint and was held by one agency.",
    ),
]
