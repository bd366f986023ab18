"""Which events stand, and the rows they give. Dropping all of it and settling every event again gives the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection

from sightline.chronology.versions import Batch
from sightline.kernel.arrays import number_array
from sightline.people.projections import PROJECTED, Stated, empty, forget, project, withdraw

_STANDS = "NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = e.id)"
_BY_VERSION = """
INSERT INTO chronology_superseded (event_id, by_event_id) SELECT * FROM unnest(%s::bigint[], %s::bigint[])
ON CONFLICT (event_id) DO UPDATE SET by_event_id = excluded.by_event_id
"""
# A later version of the same ref goes before a correction by hand, and of two corrections the later one: in any order of arrival.
_BY_HAND = """
INSERT INTO chronology_superseded AS held (event_id, by_event_id) SELECT * FROM unnest(%s::bigint[], %s::bigint[])
ON CONFLICT (event_id) DO UPDATE SET by_event_id = excluded.by_event_id WHERE EXISTS (
    SELECT 1 FROM chronology_event was, chronology_event now, chronology_event e
    WHERE was.id = held.by_event_id AND now.id = excluded.by_event_id AND e.id = held.event_id AND was.supersedes_id = e.id
      AND (was.source, was.ref) <> (e.source, e.ref) AND (was.extracted_at, was.content) < (now.extracted_at, now.content))
"""
_ALL_SUPERSEDED = """
WITH version AS (
    SELECT e.id, lead(e.id) OVER (PARTITION BY e.source, e.ref ORDER BY coalesce(s.extracted_at, e.extracted_at), e.content) AS next
    FROM chronology_event e LEFT JOIN chronology_saidagain s ON s.event_id = e.id),
hand AS (
    SELECT DISTINCT ON (supersedes_id) supersedes_id AS id, id AS next FROM chronology_event WHERE supersedes_id IS NOT NULL
    ORDER BY supersedes_id, extracted_at DESC, content DESC)
INSERT INTO chronology_superseded (event_id, by_event_id)
SELECT id, next FROM version WHERE next IS NOT NULL
UNION ALL SELECT id, next FROM hand WHERE id NOT IN (SELECT id FROM version WHERE next IS NOT NULL)
"""
# An address or a tie told again without a date of its own is as old as its first mention, whatever order the mentions arrived in.
SINCE_FIRST_SAID = ("address.recorded", "relationship.recorded")
_FIRST_SAID = "(SELECT min(v.at) FROM chronology_event v WHERE v.source = e.source AND v.ref = e.ref)"
_COLUMNS = f"""
SELECT e.id, e.kind, e.source, CASE WHEN e.kind IN {SINCE_FIRST_SAID} THEN {_FIRST_SAID} ELSE e.at END, e.recorded_at, e.by, e.place, e.data,
       (SELECT json_object_agg(role, ids) FROM (SELECT role, json_agg(record_id ORDER BY record_id) AS ids
        FROM chronology_eventperson WHERE event_id = e.id GROUP BY role) AS r)
FROM chronology_event e
"""
# One look at a time by index: of all the ways to ask for thousands of records, the only one that stays quick as tables grow. OFFSET 0 keeps the
# order: a database that has counted nothing yet, as at the first load, would read every entry for each record.
_OF_RECORD = f"""
SELECT r.id, told.ids FROM unnest(%s::bigint[]) AS r(id) CROSS JOIN LATERAL (
    SELECT array_agg(e.id ORDER BY e.recorded_at, e.ref, e.id) AS ids
    FROM (SELECT event_id FROM chronology_eventperson WHERE record_id = r.id OFFSET 0) AS p
    CROSS JOIN LATERAL (SELECT id, kind, recorded_at, ref FROM chronology_event WHERE id = p.event_id OFFSET 0) AS e
    WHERE e.kind = 'person.recorded' AND {_STANDS}) AS told
WHERE told.ids IS NOT NULL
"""
PERSON = "person.recorded"
CHUNK = 5000


def settle(batch: Batch, stated: Sequence[Stated]) -> None:
    """Say which events no longer stand, take back what they gave, and project those that stand now.

    `batch` holds the events just written; `stated` are those of them that say something about people.
    """
    replaced, corrected = batch.replaced(), batch.corrected()
    with connection.cursor() as cursor:
        if corrected:
            cursor.execute(_BY_HAND, [list(corrected), list(corrected.values())])
        if replaced:
            cursor.execute(_BY_VERSION, [number_array(replaced), number_array(replaced.values())])
    over = {**corrected, **replaced}
    gone = list(over.keys() - {v.event_id for v in batch.fresh})
    described = {record for s in stated if s.kind == PERSON for record in s.subjects} | _described_by(gone)
    moved = withdraw(gone) if gone else set()
    others = [s for s in stated if s.kind != PERSON and s.event_id not in over]
    dated, again = _since_first_said(others, batch.said_once(), batch.still_standing() - set(gone))
    project([*dated, *_descriptions(described, {s.event_id: s for s in stated})], moved | again)


def _since_first_said(stated: list[Stated], once: set[int], older: set[int]) -> tuple[list[Stated], set[int]]:
    """The statements with addresses and ties as old as their first mention; those of `older` are taken back and given again.

    `once`: said for the first time. Also the records whose addresses were taken back.
    """
    dated = [s.event_id for s in stated if s.kind in SINCE_FIRST_SAID and s.event_id not in once]
    first: dict[int, datetime] = {}
    again: list[Stated] = []
    with connection.cursor() as cursor:
        if dated:
            cursor.execute(
                f"SELECT e.id, {_FIRST_SAID} FROM chronology_event e WHERE e.id = ANY(%s::bigint[])",
                [number_array(dated)],
            )
            first = dict(cursor.fetchall())
        if older:
            cursor.execute(
                _COLUMNS + " WHERE e.id = ANY(%s::bigint[]) AND e.kind = ANY(%s)",
                [number_array(older), list(SINCE_FIRST_SAID)],
            )
            again = [_stated(row) for row in cursor.fetchall()]
    moved = withdraw([s.event_id for s in again]) if again else set()
    return [*(replace(s, at=first[s.event_id]) if s.event_id in first else s for s in stated), *again], moved


def _described_by(events: list[int]) -> set[int]:
    """Records whose description rested on these events."""
    if not events:
        return set()
    with connection.cursor() as cursor:
        find = (
            "SELECT p.record_id FROM chronology_eventperson p JOIN chronology_event e ON e.id = p.event_id"
            " WHERE e.id = ANY(%s::bigint[]) AND e.kind = %s"
        )
        cursor.execute(find, [number_array(events), PERSON])
        return {record for (record,) in cursor.fetchall()}


def _descriptions(records: set[int], fresh: Mapping[int, Stated]) -> list[Stated]:
    """What its own system says of each record, field by field the newest word: a thin mention takes nothing away from a full one.

    A record of which nothing stands any more is known by its key only. `fresh` holds events that are at hand and need not be read back.
    """
    if not records:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_OF_RECORD, [number_array(sorted(records))])
        told = dict(cursor.fetchall())
        cursor.execute(
            _COLUMNS + " WHERE e.id = ANY(%s::bigint[])",
            [number_array({e for held in told.values() for e in held} - fresh.keys())],
        )
        events = {**fresh, **{row[0]: _stated(row) for row in cursor.fetchall()}}
    forget(records - told.keys())
    return [_folded(record, [events[e] for e in held]) for record, held in sorted(told.items())]


def _folded(record: int, told: list[Stated]) -> Stated:
    if len(told) == 1 and told[0].people == {"subject": (record,)}:
        return told[0]
    said: dict[str, Any] = {}
    for one in told:
        said |= one.data
    return replace(told[-1], people={"subject": (record,)}, data=said)


def _stated(row: tuple[Any, ...]) -> Stated:
    *envelope, data, roles = row
    pk, kind, source, at, recorded_at, by, place = envelope
    who = {role: tuple(ids) for role, ids in (_loaded(roles) or {}).items()}
    return Stated(pk, kind, source, at, recorded_at, by, who, place, _loaded(data) or {})


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def rebuild() -> int:
    """Drop what is derived and settle every event again; gives how many events there are. Links and places stay: they are no copies."""
    empty()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM chronology_superseded")
        cursor.execute(_ALL_SUPERSEDED)
        cursor.execute("SELECT DISTINCT p.record_id FROM chronology_eventperson p JOIN chronology_event e ON e.id = p.event_id"
                       " WHERE e.kind = %s", [PERSON])  # fmt: skip
        records = sorted(record for (record,) in cursor.fetchall())
        cursor.execute("SELECT count(*) FROM chronology_event")
        events = int(cursor.fetchone()[0])
    for start in range(0, len(records), CHUNK):
        project(_descriptions(set(records[start : start + CHUNK]), {}))
    for chunk in _standing_in_chunks():
        project(chunk)
    return events


def _standing_in_chunks() -> Iterator[list[Stated]]:
    kinds = [kind for kind in PROJECTED if kind != PERSON]
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                _COLUMNS + f" WHERE e.id > %s AND e.kind = ANY(%s) AND {_STANDS} ORDER BY e.id LIMIT {CHUNK}",
                [after, kinds],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [_stated(row) for row in rows]
