"""Where a held child is: an adult's cell, or a police station though what is wrong is illness."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.custody.alerts.stay import Stay, held
from sightline.pathways.custody.alerts.words import mentioned, plain, says
from sightline.pathways.custody.clocks import CODE_C, MENTAL_HEALTH, NO_CELL_FOR_HEALTH, law


def cell_used(case: Case) -> Iterable[Finding]:
    """A child was put in a cell, not in a detention room."""
    for stay in held(case):
        assessed = stay.last("detention.risk_assessed", where=lambda h: bool(h.get("cell")))
        if assessed is not None and assessed.get("cell") == "cell":
            yield case.finding(
                "cell_used",
                assessed,
                case.at_once(assessed),
                "This child is in an adults' cell.",
                step="Move the child to a detention room, or record why none can be used.",
                rests_on=(stay.began,),
            )


def police_cell_for_health(case: Case) -> Iterable[Finding]:
    """A child in mental health crisis is held in a police station."""
    for stay in held(case):
        cause = stay.began if stay.for_health and not says(stay.began.get("station"), "no_station") else _waits(stay)
        if cause is not None:
            never = cause.at.date() >= NO_CELL_FOR_HEALTH
            yield case.finding(
                "police_cell_for_health",
                cause,
                case.at_once(cause),
                "This child is ill, not accused, and is held in a police station"
                + (": the law forbids that for anyone under 18." if never else ", which must be the rarest exception."),
                step="Get a health place of safety now, and ask for the managers on call in both organisations.",
                rests_on=(stay.began,),
            )


def _waits(stay: Stay) -> Happening | None:
    """What somebody wrote of a child held for an offence whose trouble is illness."""
    return stay.last("detention.healthcare", where=lambda h: says(h.get("outcome"), "waits_for_bed")) or stay.last(
        "detention.risk_assessed", where=lambda h: bool(mentioned(h.get("vulnerabilities"), "in_crisis"))
    )


def placement_refused(case: Case) -> Iterable[Finding]:
    """A home or a carer will not have a held child back."""
    current = next(iter(held(case)), None)
    for refused in case.of("placement.refused"):
        if not case.is_child(refused.at) or (
            current and current.for_health and says(refused.get("by"), "health_place")
        ):
            continue  # a hospital that refuses is told of as a child held in a police cell for illness
        since = refused.at
        found = case.first("detention.ended", "placement.started", since=since) or case.first(
            "accommodation.answered", since=since, where=lambda h: h.get("offered") is True
        )
        if found is None:
            yield case.finding(
                "placement_refused",
                refused,
                case.at_once(refused),
                f"{plain(refused.get('by')).capitalize() or 'Whoever looked after this child'} will not have this child back.",
                step="The authority must find somewhere for the child tonight: ask its manager on call.",
            )


RULES = [
    Rule(
        "cell_used",
        ("detention.risk_assessed",),
        cell_used,
        law(CODE_C, "8.8"),
        "A child in a cell, not a detention room.",
    ),
    Rule(
        "police_cell_for_health",
        ("detention.authorised",),
        police_cell_for_health,
        law(MENTAL_HEALTH, "s136, s136A"),
        "A child in mental health crisis held in a police station.",
        answers=("detention.ended",),
    ),
    Rule(
        "placement_refused",
        ("placement.refused",),
        placement_refused,
        law("Children Act 1989", "s20, s22A"),
        "A home or carer that refuses to have a held child back.",
        answers=("detention.ended", "placement.started"),
    ),
]
