"""Which people a description may be: the matcher's answers over stored records, best record of each person."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from sightline.people.anchors import identities_of
from sightline.people.matching.lookup import Lookup
from sightline.people.matching.records import Record

_lookup = Lookup()
MOST = 5


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
    with connection.cursor() as cursor:
        hits = _lookup.find(cursor, asked, limit=most * 4)
    people = identities_of({int(h.record_id) for h in hits})
    best: dict[int, Match] = {}
    for hit in hits:
        person = people[int(hit.record_id)]
        if person not in best:
            best[person] = Match(person, int(hit.record_id), hit.bits, hit.band, tuple(hit.reasons))
    return tuple(best.values())[:most]
