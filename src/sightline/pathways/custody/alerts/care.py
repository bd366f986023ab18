"""Food, drink, checks and healthcare of a held child, and whether the custody record says anything at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.custody.alerts.stay import Stay, at_hour, held, in_night
from sightline.pathways.custody.alerts.words import mentioned
from sightline.pathways.custody.clocks import CODE_C, law

# Entries of somebody having been with the child.
WITH_CHILD = ("detention.checked", "detention.offered", "detention.interviewed", "detention.healthcare", "detention.rights_given",
              "detention.risk_assessed", "detention.charged", "detention.authorised", "adult.arrived", "child.seen")  # fmt: skip
# Everything that the custody record is made of.
RECORD = (*WITH_CHILD, "detention.informed", "detention.reviewed", "detention.certified", "adult.requested", "adult.answered",
          "accommodation.requested", "accommodation.answered", "placement.refused", "property.found")  # fmt: skip
FOOD = ("meal", "drink")


def _after(stay: Stay, *kinds: str) -> Happening:
    """The last of these entries since detention was authorised, or the authorisation itself."""
    found = stay.last(*kinds)
    return found if found is not None and found.at >= stay.began.at else stay.began


def not_checked(case: Case) -> Iterable[Finding]:
    """Nobody is recorded as having been with the child for an hour."""
    for stay in held(case):
        last = _after(stay, *WITH_CHILD)
        yield case.finding(
            "care_missing",
            last,
            case.due("care.check", last),
            f"Nobody is recorded as having looked in on this child for {case.say('care.check', last)}.",
            step="Go to the child now, and record what you find.",
            part="check",
        )


def not_fed(case: Case) -> Iterable[Finding]:
    """No meal or drink has been offered for too many waking hours."""
    for stay in held(case):
        offered = stay.last("detention.offered", where=lambda h: h.get("what") in FOOD)
        last = offered or stay.began
        yield case.finding(
            "care_missing",
            last,
            min(_awake(case, last.at, "care.food"), case.due("care.food_at_all", last)),
            f"No meal or drink is recorded for this child for {case.say('care.food', last)} or more.",
            step="Offer food and a drink now, and record whether they were taken.",
            rests_on=(stay.began,),
            part="food",
        )


def _awake(case: Case, start: datetime, limit: str) -> datetime:
    """When a limit has run out of which the hours of the night are no part."""
    left = case.due_from(limit, start) - start
    night, morning = case.number("custody.night_from", start), case.number("custody.night_until", start)
    at = start
    while left > timedelta():
        if in_night(case, at):
            at = at_hour(at, morning)
        spell = min(left, at_hour(at, night) - at)
        at, left = at + spell, left - spell
    return at


def no_healthcare(case: Case) -> Iterable[Finding]:
    """A child with signs of illness, injury or self-harm, or for whom a doctor was sought, has not been seen by one."""
    for stay in held(case):
        sign = stay.first(
            "detention.risk_assessed", where=lambda h: bool(mentioned(h.get("vulnerabilities"), "unwell"))
        )
        awaited = stay.last("detention.healthcare", where=lambda h: h.get("seen") is False)
        seen = stay.last("detention.healthcare", where=lambda h: h.get("seen") is not False)
        cause = awaited if awaited and (seen is None or seen.at < awaited.at) else None if seen else sign
        if cause is not None:
            yield case.finding(
                "care_missing",
                cause,
                case.due("care.health", cause),
                f"No health professional has seen this child within {case.say('care.health', cause)} of signs that one should.",
                step="Get one here, or take the child to hospital.",
                rests_on=(stay.began,),
                part="health",
            )


def custody_record_gap(case: Case) -> Iterable[Finding]:
    """Two hours with no entry of any kind, or no risk assessment at all."""
    for stay in held(case):
        last = _after(stay, *RECORD)
        yield case.finding(
            "custody_record_gap",
            last,
            case.due("care.record", last),
            f"Nothing has been entered in this child's custody record for {case.say('care.record', last)}.",
            step="Find out what happened in that time and enter it as late.",
            rests_on=(stay.began,),
        )
        if not stay.first("detention.risk_assessed"):
            yield case.finding(
                "custody_record_gap",
                stay.began,
                case.due("care.record", stay.began),
                f"This child's custody record has no risk assessment after {case.say('care.record', stay.began)}.",
                step="Assess the risk to the child now, and record it.",
                part="risk",
            )


ON = ("detention.authorised",)
RULES = [
    Rule(
        "care_missing",
        ON,
        not_checked,
        law(CODE_C, "9.3"),
        "A held child whom nobody has looked in on.",
        answers=("detention.checked",),
        limits=("care.check",),
    ),
    Rule(
        "care_missing",
        ON,
        not_fed,
        law(CODE_C, "8.6"),
        "A held child who has been offered nothing to eat or drink.",
        answers=("detention.offered",),
        limits=("care.food", "care.food_at_all"),
    ),
    Rule(
        "care_missing",
        ("detention.risk_assessed", "detention.healthcare"),
        no_healthcare,
        law(CODE_C, "9.5"),
        "A held child with signs of illness or self-harm whom no health professional has seen.",
        answers=("detention.healthcare",),
        limits=("care.health",),
    ),
    Rule(
        "custody_record_gap",
        ON,
        custody_record_gap,
        law(CODE_C, "2.1, 3.6"),
        "A custody record with nothing in it where an entry must be.",
        answers=("detention.checked", "detention.risk_assessed"),
        limits=("care.record",),
    ),
]
