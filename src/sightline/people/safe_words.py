"""Safe addresses in every way of writing them that is held, and texts without them: for whatever leaves the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.access import wall
from sightline.people.models import Address, Premises
from sightline.people.premises import as_written
from sightline.people.safe import safe_places

LEFT_OUT = "[address left out]"


@dataclass(frozen=True)
class Safe:
    """An address that must not be given out, in every way of writing it that is held."""

    premises: int
    written: frozenset[str]


def safe_of(people: Iterable[int], at: datetime) -> tuple[Safe, ...]:
    """The safe addresses of these people, as every system writes them."""
    places = safe_places(people, at)
    written = _written(places)
    return tuple(Safe(premises, frozenset(t for t in texts if t)) for premises, texts in written.items())


@wall.working()
def _written(places: Iterable[int]) -> dict[int, set[str]]:
    """Every way in which each of these places is written, by whomever."""
    written: dict[int, set[str]] = {p: set() for p in places}
    said = Address.objects.filter(premises_id__in=list(written)).values_list("premises_id", "lines", "postcode")
    for premises, lines, code in said:
        written[premises] |= {lines, f"{lines}, {code}", code}
    for place in Premises.objects.filter(pk__in=list(written)):
        written[place.pk].add(as_written(place.lines, place.postcode))
    return written


def ways_of_writing(places: Iterable[int]) -> list[str]:
    """Every way of writing these places, longest first."""
    return sorted({t for texts in _written(places).values() for t in texts if t}, key=len, reverse=True)


def phrases(safe: Sequence[Safe]) -> list[str]:
    """Every way of writing these addresses, longest first."""
    return sorted({t for s in safe for t in s.written}, key=len, reverse=True)


def blanked(text: str, texts: Sequence[str]) -> str:
    """A text without these addresses, however their words are spaced, cased or parted by commas."""
    for one in texts:
        words = [re.escape(w) for w in re.split(r"[\s,]+", one) if w]
        if words:
            text = re.sub(r"(?<!\w)" + r"[\s,]*".join(words) + r"(?!\w)", LEFT_OUT, text, flags=re.IGNORECASE)
    return text
