"""Places: which premises an address is, who lives there, and what must be known before going. Reads below the gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sightline.access.policy import Of
from sightline.kernel.moments import local
from sightline.people.anchors import identities_of
from sightline.people.homes import lives_at
from sightline.people.models import Address, Marker, Premises
from sightline.people.premises import Street, outcode_in, postcode_in, premises_key, street_of
from sightline.people.safe import KEPT
from sightline.people.sight import EVERYTHING, Sight


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


def place(premises: int, sight: Sight = EVERYTHING) -> Place | None:
    """A premises, or None; as those who may be known of are said to live there, and None where it is known through nobody else."""
    held = Premises.objects.filter(pk=premises).first()
    if held is None or sight is EVERYTHING:
        return Place(held.key, held.lines, held.postcode) if held else None
    if not sight.there(premises):
        return None
    said = sight.told_of(Address.objects.filter(premises_id=premises))
    hers = identities_of(a.record_id for a in said)
    lines = [a.lines for a in said if hers[a.record_id] not in sight.hidden]
    if not lines and not _markers(premises, sight):
        return None
    return Place(held.key, min(lines) if lines else held.postcode or "An address", held.postcode)


def _markers(premises: int, sight: Sight) -> list[Marker]:
    """What was said to hold of a place, oldest first; what was said of somebody there too, unless they may not be known of."""
    ordered = Marker.objects.filter(premises_id=premises).order_by("since", "recorded_at", "event_id")
    held = sight.told_of(m for m in ordered if m.kind != KEPT and sight.there(premises))
    whose = identities_of(m.record_id for m in held if m.record_id)
    sight.learn(whose.values())
    return [m for m in held if _may_be_said(whose.get(m.record_id or 0), sight)]


def _may_be_said(person: int | None, sight: Sight) -> bool:
    return person is None or (person not in sight.hidden and sight.shows(person, Of.STANDING))


def places_like(lines: str, postcode: str, sight: Sight = EVERYTHING, *, limit: int = 5) -> tuple[Place, ...]:
    """Premises that this address may be: the same once normalised, else the same postcode and number, else the house or the street so called.

    The street may be spelt as it sounds, and its postcode left out, cut to the outward part or wrong; what fits best comes first.
    """
    code = postcode_in(postcode) or postcode_in(lines)
    exact = place(premises_key(lines, code), sight) if lines else None
    if exact and code:
        return (exact,)
    if code:
        number = next((w.strip(",") for w in lines.split() if any(c.isdigit() for c in w)), "")
        held = Premises.objects.filter(postcode=code).order_by("lines")
        near = [p.key for p in held if not number or number in p.lines.replace(",", " ").split()]
        if shown := _seen(near, sight, limit):
            return tuple(sorted(shown, key=lambda p: p.lines))
    found = _on_the_street(street_of(lines), outcode_in(postcode) or outcode_in(lines), sight, limit)
    return found or ((exact,) if exact else ())


def _seen(keys: Iterable[int], sight: Sight, limit: int) -> tuple[Place, ...]:
    return tuple(islice((found for key in keys if (found := place(key, sight))), limit))


def _on_the_street(asked: Street, outcode: str, sight: Sight, limit: int) -> tuple[Place, ...]:
    """The houses of that number and street, else of the street; those of the outward part given, where there are any there.

    A house that may not be known of is passed over before anything is chosen: it answers as one that does not exist.
    """
    for wanted in ({"door": asked.door}, {"street": asked.key}):
        held = Premises.objects.filter(**wanted) if None not in wanted.values() else ()
        ordered = sorted(held, key=lambda p: (_elsewhere(p, outcode), *_fit(p, asked)))
        shown = _seen((p.key for p in ordered), sight, limit)
        there = tuple(p for p in shown if not _elsewhere(p, outcode))
        if shown:
            return there or shown
    return ()


def _elsewhere(held: Place | Premises, outcode: str) -> bool:
    return bool(outcode) and held.postcode.partition(" ")[0] not in ("", outcode)


def _fit(held: Premises, asked: Street) -> tuple[bool, bool, tuple[int, str]]:
    """So called before sounding so, with its postcode before without, and 2 before 14."""
    return street_of(held.lines).words != asked.words, not held.postcode, _by_number(held.lines)


def _by_number(lines: str) -> tuple[int, str]:
    digits = "".join(c for c in street_of(lines).number if c.isdigit())
    return int(digits or 0), lines


def residents(premises: int, day: date, sight: Sight = EVERYTHING) -> tuple[int, ...]:
    """People whose home this was on a day, by any source; person ids in order."""
    return tuple(sorted({held.person for held in lives_at([premises], day, sight) if not held.stays}))


def hazards(premises: int, as_of: datetime, sight: Sight = EVERYTHING) -> tuple[Hazard, ...]:
    """Standing facts about a place that hold at a moment: set by a source, neither cleared by it since nor run out."""
    latest: dict[tuple[str, str], Marker] = {}
    for marker in (m for m in _markers(premises, sight) if m.recorded_at <= as_of):
        latest[marker.source, marker.kind] = marker
    today = local(as_of).date()
    return tuple(
        Hazard(m.kind, m.detail, m.since, m.source, m.recorded_at, m.event_id)
        for m in latest.values()
        if m.holds and (m.until is None or m.until > today)
    )
