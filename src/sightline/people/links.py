"""Links between source records and people: dated, reversible, never deleted. The one place that changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sightline.access import wall
from sightline.people.anchors import identities_of
from sightline.people.carrying import carry, settle
from sightline.people.models import Link
from sightline.people.partition import identities_for, taken_up

_NEW = "INSERT INTO people_identity (made_at) SELECT %s FROM generate_series(1, %s) RETURNING id"
# Every identity that these records have been, and the record that each identity began with.
_BEFORE = "SELECT DISTINCT record_id, identity_id FROM people_link WHERE record_id = ANY(%s)"
_FOUNDERS = """
SELECT DISTINCT ON (identity_id) identity_id, record_id FROM people_link WHERE identity_id = ANY(%s) ORDER BY identity_id, from_at, id
"""
_CLOSE = """
UPDATE people_link SET until_at = greatest(from_at, %s) WHERE record_id = ANY(%s) AND until_at IS NULL
RETURNING record_id, until_at
"""
_OPEN = """
INSERT INTO people_link (record_id, identity_id, from_at, bits, model_version, decided_by, reason)
SELECT a.record_id, a.identity_id, a.from_at, a.bits, a.version, %(by)s, a.reason
FROM unnest(%(records)s::bigint[], %(people)s::bigint[], %(bits)s::float8[], %(since)s::timestamptz[], %(versions)s::text[], %(reasons)s::text[])
  AS a(record_id, identity_id, bits, from_at, version, reason)
"""


@dataclass(frozen=True)
class Linking:
    """Who or what decides a change of links, when, and why."""

    by: str
    at: datetime
    reason: str
    model_version: str = ""


def regroup(
    clusters: Sequence[Sequence[int]],
    linking: Linking,
    *,
    bits: Mapping[int, float] | None = None,
    because: Mapping[int, tuple[str, str]] | None = None,
) -> dict[int, tuple[int, int]]:
    """Make each cluster of records one person; gives (before, after) of every record that moved. The same again moves nobody.

    Every record of a person concerned must be in some cluster. `bits` is how strongly each record is linked; `because` is the reason and the
    model version of records that have their own. Restrictions, exclusions and involvements go with the records that they concern.
    """
    every = [record for cluster in clusters for record in cluster]
    with transaction.atomic():
        held = identities_of(every)
        people = _identities(clusters, held, linking.at)
        after = {
            r: person for person, cluster in zip(people, clusters, strict=True) for r in cluster if held[r] != person
        }
        if after:
            concerned = {*after.values(), *(held[r] for r in after)}
            settle(concerned, at=linking.at)
            _move(after, linking, bits or {}, because or {})
            carry(concerned, at=linking.at)
    return {record: (held[record], person) for record, person in after.items()}


def _identities(clusters: Sequence[Sequence[int]], held: Mapping[int, int], at: datetime) -> list[int]:
    """Who each cluster is: whom it was, as far as that goes with it; else whom its records had been; else somebody new."""
    where: dict[int, set[int]] = {}
    for place, cluster in enumerate(clusters):
        for record in cluster:
            where.setdefault(held[record], set()).add(place)
    chosen = identities_for(clusters, held, _founders(i for i, places in where.items() if len(places) > 1))
    without = [place for place, identity in enumerate(chosen) if identity is None]
    if without:
        before = _before(record for place in without for record in clusters[place])
        founders = _founders(identity for _, identity in before)
        for place in without:
            chosen[place] = taken_up(clusters[place], before, founders)
    fresh = iter(_make(chosen.count(None), at))
    return [identity if identity is not None else next(fresh) for identity in chosen]


def _founders(identities: Iterable[int]) -> dict[int, int]:
    asked = sorted(set(identities))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FOUNDERS, [asked])
        return dict(cursor.fetchall())


def _before(records: Iterable[int]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [list(records)])
        return [(record, identity) for record, identity in cursor.fetchall()]


def _make(count: int, at: datetime) -> list[int]:
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [at, count])
        return sorted(pk for (pk,) in cursor.fetchall())


def _move(
    people: Mapping[int, int], linking: Linking, bits: Mapping[int, float], because: Mapping[int, tuple[str, str]]
) -> None:
    """Close the links in force and open the new ones."""
    records = sorted(people)
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [linking.at, records])
        closed = dict(cursor.fetchall())
        given: dict[str, Any] = {
            "records": records,
            "people": [people[r] for r in records],
            "bits": [bits.get(r) for r in records],
            "since": [closed[r] for r in records],
            "by": linking.by,
            "reasons": [because[r][0] if r in because else linking.reason for r in records],
            "versions": [because[r][1] if r in because else linking.model_version for r in records],
        }
        cursor.execute(_OPEN, given)


def together_since(some: Iterable[int], others: Iterable[int]) -> datetime:
    """Since when some records have been one person with others: the later of when either came. They are one person now."""
    held = Link.objects.filter(until_at=None)
    return max(min(held.filter(record_id__in=list(part)).values_list("from_at", flat=True)) for part in (some, others))


@wall.working()
def now_known_as(person: int) -> int | None:
    """Who holds the records of a person that none are left of, because they were joined to another; None where nobody does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.identity_id FROM people_link l JOIN people_link n ON n.record_id = l.record_id AND n.until_at IS NULL"
            " WHERE l.identity_id = %s AND l.until_at IS NOT NULL AND n.identity_id <> l.identity_id"
            " ORDER BY l.until_at DESC, l.id DESC LIMIT 1",
            [person],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None
