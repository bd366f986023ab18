"""Which people a description may be: the matcher's answers over stored records, best record of each person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from sightline.people.anchors import identities_of
from sightline.people.matching.cleaning import clean
from sightline.people.matching.keys import query_keys
from sightline.people.matching.records import Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.thresholds import JOIN_AT, band
from sightline.people.matchkeys import records

MOST = 5
_CANDIDATES = """
SELECT DISTINCT m.record_id FROM unnest(%s::bigint[]) AS asked(key)
CROSS JOIN LATERAL (SELECT record_id FROM people_matchkey k WHERE k.key = asked.key LIMIT 60) m
"""


@dataclass(frozen=True)
class Match:
    """A person who may be meant: how sure (bits), in which band, and the reasons field by field."""

    person: int
    record_id: int
    bits: float
    band: str
    reasons: tuple[str, ...]


def matches(asked: Record, *, most: int = MOST) -> tuple[Match, ...]:
    """At most five people, best first; none where nobody scores high enough to show."""
    cleaned = clean(asked)
    first, second = query_keys(cleaned)
    found = _scored(cleaned, first)
    if not found or max(s.bits for _, s in found) < JOIN_AT:
        found += _scored(cleaned, second)
    found.sort(key=lambda f: (-f[1].bits, f[0]))
    people = identities_of({record for record, _ in found})
    best: dict[int, Match] = {}
    for record, scored in found:
        named = band(scored.bits)
        if named and people[record] not in best:
            best[people[record]] = Match(people[record], record, scored.bits, named, _reasons(scored))
    return tuple(best.values())[:most]


def _scored(cleaned, keys: Iterable[int]):  # type: ignore[no-untyped-def]
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [list(keys)])
        held = records(pk for (pk,) in cursor.fetchall())
    model = shipped_model()
    return [(pk, model.pair(cleaned, clean(r))) for pk, r in held]


def _reasons(scored) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return tuple(f"{c.field}: {c.label}" if hasattr(c, "field") else str(c) for c in scored.compared)
