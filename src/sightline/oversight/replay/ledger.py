"""The real ledger as a stream: every version of every entry at the moment its source knew it, by the links in force now."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sightline.chronology.view import Happening

# What says who somebody is, rather than what happened: known before the stream begins, so that it raises nothing by itself.
BACKDROP = ("person.recorded", "relationship.recorded", "address.recorded")


@dataclass(frozen=True)
class Step:
    """What became known at one moment, and what no longer stood from then."""

    at: datetime
    fresh: tuple[Happening, ...]
    gone: tuple[Happening, ...]


def steps(known: list[Happening]) -> Iterator[Step]:
    """The stream, moment by moment."""
    came = ((h.recorded_at, 0, h) for h in known)
    went = sorted(
        ((max(h.replaced_known_at, h.recorded_at), 1, h) for h in known if h.replaced_known_at is not None),
        key=lambda x: x[0],
    )
    merged = heapq.merge(came, went, key=lambda x: (x[0], x[1]))
    for at, group in groupby(merged, key=lambda x: x[0]):
        held = list(group)
        fresh = tuple(h for _, left, h in held if not left)
        gone = tuple(h for _, left, h in held if left)
        yield Step(at, fresh, gone)


def split(known: list[Happening]) -> tuple[list[Happening], list[Happening]]:
    """What says who people are, and what happened."""
    backdrop = [h for h in known if h.kind in BACKDROP and h.replaced_known_at is None]
    return backdrop, [h for h in known if h.kind not in BACKDROP]
