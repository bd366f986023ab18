"""The real ledger as a stream: every version of every entry at the moment its source knew it, by the links in force now."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import connection

from sightline.chronology.view import Happening, frozen
from sightline.people.anchors import identities_of

# What says who somebody is, rather than what happened: known before the stream begins, so that it raises nothing by itself.
BACKDROP = ("person.recorded", "relationship.recorded", "address.recorded")
_ALL = """
SELECT e.id, e.kind, e.at, least(e.recorded_at, e.received_at) AS known_at, e.received_at, e.precision, e.source, e.ref, e.agency, e.by,
       e.place, e.premises_key, e.note, e.data, least(later.recorded_at, later.received_at), p.roles, p.records
FROM chronology_event e
JOIN LATERAL (SELECT array_agg(role ORDER BY role, record_id) AS roles, array_agg(record_id ORDER BY role, record_id) AS records
              FROM chronology_eventperson WHERE event_id = e.id) p ON true
LEFT JOIN chronology_superseded s ON s.event_id = e.id LEFT JOIN chronology_event later ON later.id = s.by_event_id
WHERE {which}
ORDER BY known_at, e.id
"""


@dataclass(frozen=True)
class Step:
    """What became known at one moment, and what no longer stood from then."""

    at: datetime
    fresh: tuple[Happening, ...]
    gone: tuple[Happening, ...]


def entries(people: list[int] | None = None) -> list[Happening]:
    """Every version of every entry, or those about some people's records, in the order in which sources knew them. For rules only."""
    which, given = "true", []
    if people is not None:
        which = ("e.id IN (SELECT event_id FROM chronology_eventperson x JOIN people_link l ON l.record_id = x.record_id"
                 " WHERE l.until_at IS NULL AND l.identity_id = ANY(%s))")  # fmt: skip
        given = [people]
    with connection.cursor() as cursor:
        cursor.execute(_ALL.format(which=which), given)
        rows = cursor.fetchall()
    who = identities_of({r for row in rows for r in row[-1] or ()})
    return [_happening(row, who) for row in rows]


def _happening(row: tuple, who: dict[int, int]) -> Happening:  # type: ignore[type-arg]
    people: dict[str, list[int]] = {}
    for role, record in zip(row[15] or (), row[16] or (), strict=True):
        if record in who:
            people.setdefault(role, []).append(who[record])
    held = json.loads(row[13]) if isinstance(row[13], str) else row[13]
    named = frozen({role: tuple(dict.fromkeys(held_)) for role, held_ in people.items()})
    return Happening(*row[:10], named, row[10], row[11], row[12], frozen(held), row[14], row[14])  # type: ignore[call-arg]


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
