"""Safe addresses in every way of writing them that is held, and texts without them: for whatever leaves the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.access import wall
from sightline.people.models import Address
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
    written: dict[int, set[str]] = {p: set() for p in places}
    with wall.working():  # every way of writing it, by whomever
        said = Address.objects.filter(premises_id__in=places).values_list("premises_id", "lines", "postcode")
        for premises, lines, code in said:
            written[premises] |= {lines, f"{lines}, {code}", code}
    for premises, lines in places.items():
        written[premises].add(lines)
    return tuple(Safe(premises, frozenset(t for t in texts if t)) for premises, texts in written.items())


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
