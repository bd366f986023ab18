"""Links between source records and people: dated, reversible, never deleted. The one place that changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sightline.access.carrying import Moved, carry
from sightline.people.anchors import identities_of
from sightline.people.models import Link
from sightline.people.partition import identities_for

_NEW = "INSERT INTO people_identity (made_at) SELECT %s FROM generate_series(1, %s) RETURNING id"
# The identity each record had before its present one, where nobody is it now.
_FORMERLY = """
SELECT record_id, identity_id FROM (
    SELECT DISTINCT ON (record_id) record_id, identity_id FROM people_link
    WHERE record_id = ANY(%s) AND until_at IS NOT NULL ORDER BY record_id, until_at DESC, id DESC) AS l
WHERE NOT EXISTS (SELECT 1 FROM people_link n WHERE n.identity_id = l.identity_id AND n.until_at IS NULL)
"""
_CLOSE = """
UPDATE people_link SET until_at = greatest(from_at, %s) WHERE record_id = ANY(%s) AND until_at IS NULL
RETURNING record_id, from_at, until_at
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
    keep: Mapping[int, int] | None = None,
    undoing: bool = False,
    because: Mapping[int, tuple[str, str]] | None = None,
) -> dict[int, tuple[int, int]]:
    """Make each cluster of records one person; gives (before, after) of every record that moved. The same again moves nobody.

    Every record of a person concerned must be in some cluster. `bits` is how strongly each record is linked; `because` is the reason and the
    model version of records that have their own. Restrictions, exclusions and
    involvements go with the records; `undoing` a join, only those that came to hold since.
    """
    every = [record for cluster in clusters for record in cluster]
    with transaction.atomic():
        held = identities_of(every)
        chosen = identities_for(clusters, held, keep=keep, formerly=_formerly(every))
        fresh = iter(_make(chosen.count(None), linking.at))
        people = [identity if identity is not None else next(fresh) for identity in chosen]
        after = {
            r: person for person, cluster in zip(people, clusters, strict=True) for r in cluster if held[r] != person
        }
        if after:
            since = _move(after, linking, bits or {}, because or {})
            carry((Moved(held[r], after[r], since[r] if undoing else None) for r in after), at=linking.at)
    return {record: (held[record], person) for record, person in after.items()}


def _formerly(records: Iterable[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_FORMERLY, [list(records)])
        return dict(cursor.fetchall())


def _make(count: int, at: datetime) -> list[int]:
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [at, count])
        return sorted(pk for (pk,) in cursor.fetchall())


def _move(
    people: Mapping[int, int], linking: Linking, bits: Mapping[int, float], because: Mapping[int, tuple[str, str]]
) -> dict[int, datetime]:
    """Close the links in force and open the new ones; gives since when each record had been who it was."""
    records = sorted(people)
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [linking.at, records])
        closed = {record: (since, until) for record, since, until in cursor.fetchall()}
        given: dict[str, Any] = {
            "records": records,
            "people": [people[r] for r in records],
            "bits": [bits.get(r) for r in records],
            "since": [closed[r][1] for r in records],
            "by": linking.by,
            "reasons": [because[r][0] if r in because else linking.reason for r in records],
            "versions": [because[r][1] if r in because else linking.model_version for r in records],
        }
        cursor.execute(_OPEN, given)
    return {record: since for record, (since, _) in closed.items()}


def going_back(parts: Sequence[Sequence[int]]) -> dict[int, int]:
    """Where the parts are people that there were before, the identity each had when they last were, by its place; otherwise nothing."""
    every = [record for part in parts for record in part]
    held = list(Link.objects.filter(record_id__in=every).order_by("id"))
    for moment in sorted({link.from_at for link in held}, reverse=True):
        then = {k.record_id: k.identity_id for k in held if k.from_at < moment and (k.until_at or moment) >= moment}
        had = [{then.get(record) for record in part} for part in parts]
        people = [person for h in had if len(h) == 1 for person in h if person is not None]
        if len(people) == len(parts) == len(set(people)):
            return dict(enumerate(people))
    return {}


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
