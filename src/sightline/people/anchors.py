"""Anchors: a source's key for a person becomes a source record, and every source record is somebody, from its first mention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from sightline.kernel.arrays import number_array, text_array

PersonKey = tuple[str, str]

_KNOWN = "SELECT source, key, id FROM people_sourcerecord WHERE (source, key) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
_MAKE = """
WITH asked AS (SELECT DISTINCT * FROM unnest(%(sources)s::text[], %(keys)s::text[]) AS a(source, key)),
made AS (
    INSERT INTO people_sourcerecord
        (source, key, forenames, surname, aliases, born_text, sex, nhs_number, pnc_id, upn, phones, details)
    SELECT source, key, '', '', '{}', '', '', '', '', '', '{}', '{}' FROM asked
    ON CONFLICT (source, key) DO NOTHING RETURNING id, source, key
),
sequence AS MATERIALIZED (SELECT pg_get_serial_sequence('people_identity', 'id')::regclass AS found),
numbered AS (SELECT made.id, nextval(sequence.found) AS identity FROM made, sequence),
who AS (INSERT INTO people_identity (id, made_at) OVERRIDING SYSTEM VALUE SELECT identity, %(at)s FROM numbered RETURNING id),
linked AS (
    INSERT INTO people_link (record_id, identity_id, from_at, model_version, decided_by, reason)
    SELECT n.id, who.id, %(at)s, '', 'sightline', 'first mention' FROM numbered n JOIN who ON who.id = n.identity
)
SELECT source, key, id FROM made
"""


def anchored(keys: Iterable[PersonKey], *, at: datetime) -> dict[PersonKey, int]:
    """The source record of each (source, key), made where there is none yet: a file may speak of people not yet loaded."""
    asked = sorted(set(keys))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        columns = [text_array(s for s, _ in asked), text_array(k for _, k in asked)]
        cursor.execute(_KNOWN, columns)
        found = {(source, key): pk for source, key, pk in cursor.fetchall()}
        missing = [k for k in asked if k not in found]
        if missing:
            cursor.execute(
                _MAKE,
                {"sources": text_array(s for s, _ in missing), "keys": text_array(k for _, k in missing), "at": at},
            )
            found |= {(source, key): pk for source, key, pk in cursor.fetchall()}
        if len(found) < len(asked):  # another writer made some of them meanwhile
            cursor.execute(_KNOWN, columns)
            found = {(source, key): pk for source, key, pk in cursor.fetchall()}
    return found


def found(keys: Iterable[PersonKey]) -> dict[PersonKey, int]:
    """The source record of each (source, key) that something is already held of; makes none."""
    asked = sorted(set(keys))
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [text_array(s for s, _ in asked), text_array(k for _, k in asked)])
        return {(source, key): pk for source, key, pk in cursor.fetchall()}


_OURS_FIRST = """
SELECT l.identity_id, r.source, r.key FROM people_link l JOIN people_sourcerecord r ON r.id = l.record_id
WHERE l.until_at IS NULL AND l.identity_id = ANY(%s) ORDER BY l.identity_id, r.source <> %s, r.source, r.key
"""


def keys_for(people: Iterable[int], *, ours: str = "sightline") -> dict[int, PersonKey]:
    """The record by which an entry made here names each person: our own where there is one, else the first by name. Below the gate."""
    return {person: keys[0] for person, keys in all_keys(people, ours=ours).items()}


def all_keys(people: Iterable[int], *, ours: str = "sightline") -> dict[int, tuple[PersonKey, ...]]:
    """Every record of each person, for what must hold of each of them should they be parted; whatever a reader is shown. Below the gate."""
    with connection.cursor() as cursor:
        cursor.execute(_OURS_FIRST, [list(people), ours])
        named: dict[int, tuple[PersonKey, ...]] = {}
        for person, source, key in cursor.fetchall():
            named[person] = (*named.get(person, ()), (source, key))
    return named


_LIVE = "until_at IS NULL"
_THEN = "from_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s)"


def identities_of(records: Iterable[int], *, at: datetime | None = None) -> dict[int, int]:
    """Which person each source record is, by the links in force now, or as they were at a moment."""
    with connection.cursor() as cursor:
        which = _THEN if at else _LIVE
        find = f"SELECT record_id, identity_id FROM people_link WHERE {which} AND record_id = ANY(%(records)s::bigint[]) ORDER BY id"
        cursor.execute(find, {"records": number_array(records), "at": at})
        return dict(cursor.fetchall())


def records_of(identities: Iterable[int], *, at: datetime | None = None) -> dict[int, list[int]]:
    """The source records linked to each person now, or at a moment."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        which = _THEN if at else _LIVE
        find = f"SELECT identity_id, record_id FROM people_link WHERE {which} AND identity_id = ANY(%(people)s) ORDER BY record_id"
        cursor.execute(find, {"people": list(identities), "at": at})
        for identity, record in cursor.fetchall():
            found.setdefault(identity, []).append(record)
    return found
