"""Standing facts of domestic abuse at home, from events that other pathways declare."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening

RECENT = timedelta(days=365)  # local default


def _incidents(chronology: Chronology, as_of: datetime) -> list[Happening]:
    return [
        h
        for h in chronology.of_kind("contact.received")
        if h.get("kind") == "domestic_abuse" and as_of - RECENT < h.at <= as_of
    ]


def perpetrator(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Named as suspect in domestic abuse reports of the last year."""
    yield from _counted(chronology, as_of, "domestic_abuse_perpetrator", ("suspect", "offender"))


def victim(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Named as victim in domestic abuse reports of the last year; a child living with it is a victim (Domestic Abuse Act 2021 s3)."""
    yield from _counted(chronology, as_of, "domestic_abuse_victim", ("victim", "child"))


def _counted(chronology: Chronology, as_of: datetime, kind: str, roles: tuple[str, ...]) -> Iterable[Standing]:
    named = [h for h in _incidents(chronology, as_of) if h.concerns(chronology.subject, *roles)]
    if named:
        last = named[-1]
        says = f"{len(named)} report{'s' if len(named) > 1 else ''} in the last year"
        yield Standing(kind, says, named[0].at, None, last.source, last.recorded_at, tuple(h.event_id for h in named))


STANDING = [
    StandingFact("domestic_abuse_perpetrator", "Domestic abuse: reported as perpetrator", perpetrator),
    StandingFact("domestic_abuse_victim", "Domestic abuse: reported as victim, or living with it", victim),
]
