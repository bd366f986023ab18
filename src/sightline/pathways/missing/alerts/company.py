"""The people a missing or at-risk child is with are known for violence, weapons, drugs or sexual offending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.kernel.moments import local
from sightline.pathways.missing.alerts.episodes import episodes
from sightline.pathways.missing.clocks import USE

TIES = ("associate", "partner", "ex_partner")
NAMING = ("missing.reported", "missing.enquiry", "missing.located", "intelligence.recorded", "exploitation.indicated")
COMPANY = ("adult", "subject", "suspect", "offender", "other")
MARKERS = ("weapons", "firearms", "violent", "registered_sex_offender", "risk_to_children", "shpo", "sro", "cawn")
INTELLIGENCE = ("weapons", "drugs", "abuse", "exploitation")
CRIMES = ("violence", "sexual", "exploitation")
AT_RISK = ("exploitation.indicated", "risk.assessed")


def companions(case: Case) -> frozenset[int]:
    """Friends and partners of the child, and those named with the child in missing entries and intelligence."""
    named = {
        person
        for entry in case.of(*NAMING)
        for role in COMPANY
        for person in entry.people.get(role, ())
    }  # fmt: skip
    return (case.kin(*TIES) | named) - {case.subject} - case.parents()


def known_for(case: Case, person: int) -> list[Happening]:
    """What is held about a companion, apart from what they are said to have done to this child."""
    other = case.other(person)
    since = case.as_of - timedelta(days=case.number("missing.intelligence_days"))
    return [h for h in other.own.of_kind(*KNOWN) if not h.concerns(case.subject) and _dangerous(other, h, since)]


KNOWN = ("marker.set", "intelligence.recorded", "crime.recorded", "charge.made", "offender.registered")


def _dangerous(other: Case, entry: Happening, since: datetime) -> bool:
    if entry.kind == "marker.set":
        return (
            entry.get("kind") in MARKERS
            and entry.concerns(other.subject, "subject", "offender")
            and _holds(other, entry)
        )
    if entry.kind == "offender.registered":
        return entry.concerns(other.subject, "offender", "subject")
    if entry.at < since:
        return False
    if entry.kind == "intelligence.recorded":
        return entry.get("kind") in INTELLIGENCE and not entry.concerns(other.subject, "child", "victim")
    if not entry.concerns(other.subject, "suspect"):
        return False
    return entry.kind == "crime.recorded" and entry.get("category") in CRIMES


def _holds(other: Case, mark: Happening) -> bool:
    until = mark.get("until")
    if until and date.fromisoformat(str(until)[:10]) < local(other.as_of).date():
        return False
    return not other.first("marker.cleared", since=mark.at, where=lambda h: h.get("kind") == mark.get("kind"))


def matches(case: Case) -> list[Happening]:
    """Everything known about the company this child keeps."""
    return [h for person in sorted(companions(case)) for h in known_for(case, person)]


def associates_match(case: Case) -> Iterable[Finding]:
    """A child is missing, or was found at risk of exploitation, and the company the child keeps is known for harm."""
    for began in _at_risk(case):
        if found := matches(case):
            latest = max([began, *found], key=lambda h: h.recorded_at)
            people = {p for h in found for held in h.people.values() for p in held} & companions(case)
            yield case.finding(
                "associates_match",
                began,
                case.at_once(latest),
                "People this child is known to be with are on record for violence, weapons, drugs or sexual offending.",
                step="Treat it as part of the risk, and look for the child where these people live and go.",
                rests_on=found,
                concerns=people,
            )
        return


def _at_risk(case: Case) -> Iterator[Happening]:
    """Since when: the episode that lasts, or the first finding of exploitation that has not been taken back."""
    now = [e for e in episodes(case) if e.lasts and case.is_child(e.reported.at)]
    if now:
        yield now[-1].reported
        return
    found = [h for h in case.of(*AT_RISK, where=_exploited) if case.is_child(h.at)]
    if found and not any(h.get("grade") in ("low", "no_apparent", "standard") for h in _grades(case, found[0])):
        yield found[0]


def _exploited(entry: Happening) -> bool:
    if entry.kind == "exploitation.indicated":
        return True
    return entry.get("tool") == "exploitation" and entry.get("grade") in ("medium", "high", "very_high")


def _grades(case: Case, since: Happening) -> tuple[Happening, ...]:
    return case.of("risk.assessed", where=lambda h: h.at > since.at and h.get("tool") == "exploitation")


RULES = [
    Rule(
        "associates_match",
        ("missing.reported", *AT_RISK),
        associates_match,
        USE,
        "A missing or at-risk child whose company is on record for violence, weapons, drugs or sexual offending.",
        limits=("missing.intelligence_days", "missing.second_report_hours"),
        around=True,
    )
]
