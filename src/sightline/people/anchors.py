"""Anchors: a source's key for a person becomes a source record, and every source record is somebody, from its first mention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

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
numbered AS (SELECT id, nextval(pg_get_serial_sequence('people_identity', 'id')) AS identity FROM made),
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
        columns = [[s for s, _ in asked], [k for _, k in asked]]
        cursor.execute(_KNOWN, columns)
        found = {(source, key): pk for source, key, pk in cursor.fetchall()}
        missing = [k for k in asked if k not in found]
        if missing:
            cursor.execute(_MAKE, {"sources": [s for s, _ in missing], "keys": [k for _, k in missing], "at": at})
            found |= {(source, key): pk for source, key, pk in cursor.fetchall()}
        if len(found) < len(asked):  # another writer made some of them meanwhile
            cursor.execute(_KNOWN, columns)
            found = {(source, key): pk for source, key, pk in cursor.fetchall()}
    return found


def identities_of(records: Iterable[int]) -> dict[int, int]:
    """Which person each source record is, by the links in force now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, identity_id FROM people_link WHERE until_at IS NULL AND record_id = ANY(%s)",
            [list(records)],
        )
        return dict(cursor.fetchall())


def records_of(identities: Iterable[int]) -> dict[int, list[int]]:
    """The source records linked to each person now."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT identity_id, record_id FROM people_link WHERE until_at IS NULL AND identity_id = ANY(%s) ORDER BY record_id",
            [list(identities)],
        )
        for identity, record in cursor.fetchall():
            found.setdefault(identity, []).append(record)
    return found
