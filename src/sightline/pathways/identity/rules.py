"""Standing facts that a system set as markers, where the fact's own event may not be held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local


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


STANDING = [StandingFact("marker", "Marker", markers)]
