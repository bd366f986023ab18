"""Standing facts about people who pose a risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local

SCHEMES = {
    "registered_sex_offender": "registered_sex_offender",
    "risk_to_children": "risk_to_children",
    "mappa_1": "mappa",
    "mappa_2": "mappa",
    "mappa_3": "mappa",
}


def registered(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Subject to notification requirements or management: the fact, its newest risk level and since when, never the file."""
    latest: dict[tuple[str, str], Happening] = {}
    for happening in chronology.of_kind("offender.registered"):
        kind = SCHEMES.get(str(happening.get("scheme")))
        if kind and happening.at <= as_of and happening.concerns(chronology.subject, "offender", "subject", "adult"):
            latest[kind, happening.source] = happening
    for (kind, source), entry in latest.items():
        level = f"level {str(entry.get('scheme'))[-1]}, " if kind == "mappa" else ""
        ended = _ended(chronology, kind, source, as_of)
        since, rests_on = (ended.at, ended.event_id) if ended else (entry.at, entry.event_id)
        says = f"{level}risk {_risk(chronology, entry, as_of)}"
        yield Standing(kind, says, since, None, source, entry.recorded_at, (rests_on,), holds=ended is None)


def _risk(chronology: Chronology, entry: Happening, as_of: datetime) -> str:
    """The newest grade in the same system, else the one given at registration."""
    graded = [
        h
        for h in chronology.of_kind("risk.assessed")
        if h.source == entry.source and entry.at <= h.at <= as_of and h.get("grade")
    ]
    return str((graded[-1].get("grade") if graded else entry.get("risk")) or "not supplied").replace("_", " ")


def _ended(chronology: Chronology, kind: str, source: str, as_of: datetime) -> Happening | None:
    """The same system's word that the requirements have ended: a marker cleared, or one whose last day is past."""
    markers = [
        h
        for h in chronology.of_kind("marker.set", "marker.cleared")
        if h.source == source and h.get("kind") == kind and h.at <= as_of
    ]
    last = markers[-1] if markers else None
    if last is None or last.kind == "marker.cleared":
        return last
    until = last.get("until")
    return last if until and date.fromisoformat(str(until)) <= local(as_of).date() else None


STANDING = [
    StandingFact("registered_sex_offender", "Registered sex offender", registered),
]
