"""The initial conference is late, or the police said nothing at one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.plan.alerts.current import child_protection_plan
from sightline.pathways.plan.clocks import WT
from sightline.pathways.plan.rules.owed import without_a_conference

BEGINS = ("strategy.held", "enquiry.started")
BEFORE_ENQUIRY = timedelta(days=14)


def conference_late(case: Case) -> Iterable[Finding]:
    """An enquiry is open, or found continuing risk, and no initial conference has been held in time."""
    covered = None
    for began in case.of(*BEGINS, where=_begins):
        if covered is not None and began.at <= covered:
            continue  # part of an enquiry already looked at
        ended = case.first("enquiry.completed", since=began.at)
        covered = ended.at if ended else began.at + timedelta(days=3650)
        due = case.due("conference.initial", began)
        if not case.is_child(due) or child_protection_plan(case, began.at) or _answered(case, began, ended):
            continue
        yield case.finding(
            "conference_late",
            began,
            due,
            f"No initial child protection conference has been held within {case.say('conference.initial', began)} "
            "of the strategy discussion that began the enquiry.",
            step="Hold the conference, or record how the enquiry ended and why none is needed.",
            rests_on=(ended,) if ended else (),
        )


def _begins(entry: Happening) -> bool:
    if entry.kind == "enquiry.started":
        return bool(entry.get("mode") != "police")
    return entry.get("decision") in ("enquiry_joint", "enquiry_single_social_care")


def _answered(case: Case, began: Happening, ended: Happening | None) -> bool:
    if ended is not None and without_a_conference(ended):
        return True
    return case.first("conference.held", since=began.at) is not None


def police_input_missing(case: Case) -> Iterable[Finding]:
    """A conference was held and the police had not said what they know and what they can do."""
    for conference in case.of("conference.held", where=_silent):
        if case.is_child(conference.at) and not _said(case, conference):
            yield case.finding(
                "police_input_missing",
                conference,
                case.at_once(conference),
                "A conference decided about this child without a report from the police on what they know and what they can do.",
                step="Send the report now, with what police can do: patrols, checks of bail, orders, disruption, work with the school.",
            )


def _police(names: object) -> bool | None:
    return any("police" in str(name).lower() for name in names) if isinstance(names, list | tuple) else None


def _silent(conference: Happening) -> bool:
    """Police sent no report; not so where it is unknown whether they did."""
    if conference.get("police_report") is not None:
        return conference.get("police_report") is False and _police(conference.get("reports_from")) is not True
    there, reported = _police(conference.get("attended")), _police(conference.get("reports_from"))
    return reported is False if there is not False else reported is not True


def _said(case: Case, conference: Happening) -> bool:
    def by_police(h: Happening) -> bool:
        return "police" in f"{h.agency} {h.get('agency')} {h.source} {h.get('owner')}".lower()

    if case.first(
        "report.received", "information.supplied", "conference.reported", since=conference.at, where=by_police
    ):
        return True
    return case.first("action.set", since=conference.at, where=by_police) is not None


RULES = [
    Rule(
        "conference_late",
        BEGINS,
        conference_late,
        WT,
        "An enquiry without an initial conference in time.",
        answers=("conference.held", "enquiry.completed"),
        limits=("conference.initial",),
    ),
    Rule(
        "police_input_missing",
        ("conference.held",),
        police_input_missing,
        WT,
        "A conference at which the police said nothing of what they can do.",
    ),
]
