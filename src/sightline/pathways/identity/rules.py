"""Standing facts that a system set as markers, where the fact's own event may not be held; and that somebody has died."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local, say_date, start_of


def markers(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Markers set and, in the same system, neither cleared since nor run out."""
    latest: dict[tuple[str, str], Happening] = {}
    for happening in chronology.of_kind("marker.set", "marker.cleared"):
        if happening.concerns(
            chronology.subject, "child", "subject", "adult", "offender", "suspect", "victim", "parent"
        ):
            latest[happening.source, str(happening.get("kind"))] = happening
    for (source, kind), set_ in latest.items():
        until = date.fromisoformat(str(set_.get("until"))) if set_.get("until") else None
        if set_.kind == "marker.set" and until is not None and until <= local(as_of).date():
            continue
        holds, rests_on = set_.kind == "marker.set", (set_.event_id,)
        yield Standing(kind, set_.get("detail") or "", set_.at, until, source, set_.recorded_at, rests_on, holds)


def died(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Each system's newest word that this person has died: with the day, or as the reason for which it ended something."""
    said: dict[str, Standing] = {}
    for h in chronology.of_kind("person.recorded", "marker.cleared"):
        if not h.concerns(chronology.subject, "child", "subject", "adult"):
            continue
        if h.kind == "marker.cleared":
            if h.get("reason") == "died" and h.source not in said:
                said[h.source] = _died(h, h.at, "the day is not given")
        elif h.get("died") and (day := date.fromisoformat(str(h.get("died")))) <= local(as_of).date():
            said[h.source] = _died(h, start_of(day), say_date(day))
    yield from said.values()


def _died(h: Happening, since: datetime, says: str) -> Standing:
    return Standing("died", says, since, None, h.source, h.recorded_at, (h.event_id,))


def kept_safe(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Addresses of this person that must not be given out: protected, in the same system neither released since nor run out."""
    latest: dict[tuple[str, int | None], Happening] = {}
    for happening in chronology.of_kind("address.protected", "address.released"):
        if happening.concerns(chronology.subject, "subject"):
            latest[happening.source, happening.premises_key] = happening
    for (source, _), held in latest.items():
        until = date.fromisoformat(str(held.get("until"))) if held.get("until") else None
        if held.kind == "address.released" or (until is not None and until <= local(as_of).date()):
            continue
        yield Standing("safe_address", "", held.at, until, source, held.recorded_at, (held.event_id,))


STANDING = [
    StandingFact("marker", "Marker", markers),
    StandingFact("died", "Has died", died),
    StandingFact("safe_address", "Safe address: do not give it out", kept_safe),
]
