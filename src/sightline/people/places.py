"""Places: which premises an address is, who lives there, and what must be known before going. Reads below the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.kernel.moments import local
from sightline.people.homes import lives_at
from sightline.people.models import Marker, Premises
from sightline.people.premises import postcode_in, premises_key, tidy_postcode


@dataclass(frozen=True)
class Place:
    """A premises by its key."""

    premises: int
    lines: str
    postcode: str


@dataclass(frozen=True)
class Hazard:
    """A standing fact about a place, from one source."""

    kind: str
    detail: str
    since: datetime
    source: str
    recorded_at: datetime
    event_id: int


def place(premises: int) -> Place | None:
    """A premises, or None."""
    held = Premises.objects.filter(pk=premises).first()
    return Place(held.key, held.lines, held.postcode) if held else None


def places_like(lines: str, postcode: str, *, limit: int = 5) -> tuple[Place, ...]:
    """Premises that this address may be: the same once normalised, else the same postcode and number; first in their order of lines."""
    code = tidy_postcode(postcode) if postcode else postcode_in(lines)
    exact = place(premises_key(lines, code)) if lines else None
    if exact:
        return (exact,)
    if not code:
        return ()
    number = next((w.strip(",") for w in lines.split() if any(c.isdigit() for c in w)), "")
    held = Premises.objects.filter(postcode=code).order_by("lines")
    near = [
        Place(p.key, p.lines, p.postcode) for p in held if not number or number in p.lines.replace(",", " ").split()
    ]
    return tuple(near[:limit])


def residents(premises: int, day: date) -> tuple[int, ...]:
    """People whose home this was on a day, by any source; person ids in order."""
    return tuple(sorted({held.person for held in lives_at([premises], day) if not held.stays}))


def hazards(premises: int, as_of: datetime) -> tuple[Hazard, ...]:
    """Standing facts about a place that hold at a moment: set by a source, neither cleared by it since nor run out."""
    latest: dict[tuple[str, str], Marker] = {}
    known = Marker.objects.filter(premises_id=premises, recorded_at__lte=as_of).order_by(
        "since", "recorded_at", "event_id"
    )
    for marker in known:
        latest[marker.source, marker.kind] = marker
    today = local(as_of).date()
    return tuple(
        Hazard(m.kind, m.detail, m.since, m.source, m.recorded_at, m.event_id)
        for m in latest.values()
        if m.holds and (m.until is None or m.until > today)
    )
