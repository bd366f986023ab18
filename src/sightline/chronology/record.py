"""record(): the only writer of events. The same ref with the same content changes nothing; with other content it supersedes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.dispatch import Signal
from psycopg.types.json import Jsonb

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Became, Entry
from sightline.kernel.errors import Refused
from sightline.kernel.moments import aware
from sightline.people.anchors import anchored, identities_of
from sightline.people.premises import premises_key
from sightline.people.projections import Stated, project, withdraw

recorded = Signal()  # sent on commit: event_ids, people (person ids), as lists
_COLUMNS = (
    "id", "kind", "at", "recorded_at", "received_at", "precision", "source", "ref", "extracted_at", "agency", "by", "place",
    "premises_key", "note", "supersedes_id", "data", "content",
)  # fmt: skip


@dataclass
class _Version:
    """One version of what a source says under one ref."""

    extracted_at: datetime
    content: UUID
    event_id: int
    entry: Entry | None = None
    data: dict[str, Any] | None = None

    @property
    def order(self) -> tuple[datetime, UUID]:
        """By the extract's own date; two of one date by content, so that any order of arrival ends the same."""
        return (self.extracted_at, self.content)


@dataclass
class _Batch:
    """What a batch will write, worked out before anything is written."""

    received_at: datetime
    held: dict[tuple[str, str], list[_Version]]
    fresh: list[_Version]

    def place(self, entry: Entry, data: dict[str, Any]) -> Became:
        """Decide what becomes of one entry among the versions held of its ref."""
        versions = self.held[entry.source, entry.ref]
        new = _Version(aware(entry.extracted_at or self.received_at), entry.content(data), 0, entry, data)
        at = bisect_left(versions, new.order, key=lambda v: v.order)
        same_date = [v for v in versions if v.extracted_at == new.extracted_at]
        if any(v.content == new.content for v in same_date):
            return Became.UNCHANGED
        if same_date and new.content < same_date[-1].content:
            return Became.UNORDERED
        if at and versions[at - 1].content == new.content:
            return Became.UNCHANGED
        versions.insert(at, new)
        self.fresh.append(new)
        return Became.SUPERSEDED if len(versions) > 1 else Became.APPLIED


def record(entry: Entry, viewer: Viewer, *, asked: bool = True) -> int:
    """Record one event that a person enters, and give its id. `viewer.at` is when it is received.

    Raises FieldErrors for what is wrong in it, NotFound where the viewer may not know of the people, Refused where the ref is taken.
    """
    with transaction.atomic():
        held = {k for keys in entry.people.values() for k in keys}
        known = identities_of(anchored(held, at=viewer.at).values())
        gate.look(viewer, known.values(), fields=[entry.kind], action=Action.COLLECTION)
        became = record_many([entry], viewer, asked=asked, logged=True)
        if became[0] is Became.UNORDERED:
            raise Refused(f"{entry.source} already says something else under {entry.ref} at that time.")
        return _latest(entry)


def _latest(entry: Entry) -> int:
    with connection.cursor() as cursor:
        find = "SELECT id FROM chronology_event WHERE source = %s AND ref = %s ORDER BY extracted_at DESC, content DESC LIMIT 1"
        cursor.execute(find, [entry.source, entry.ref])
        return int(cursor.fetchone()[0])


def record_many(entries: Sequence[Entry], viewer: Viewer, *, asked: bool = False, logged: bool = False) -> list[Became]:
    """Record a batch in one transaction, with one access entry naming its people; what became of each, in the order given.

    Every entry must be valid (callers quarantine what is not): raises FieldErrors, UnknownKind or ValueError for the first that isn't.
    """
    valid = [(e, e.validated(asked=asked)) for e in entries]
    with transaction.atomic():
        _lock({e.source for e, _ in valid})
        batch = _Batch(viewer.at, _held({(e.source, e.ref) for e, _ in valid}), [])
        became = [batch.place(e, data) for e, data in valid]
        anchors = anchored({k for e in entries for held in e.people.values() for k in held}, at=viewer.at)
        _write(batch, anchors)
        people = sorted(set(identities_of(set(anchors.values())).values()))
        if not logged:
            write(
                viewer,
                Action.COLLECTION,
                people=people,
                fields={e.kind for e in entries},
                note=f"{len(entries)} events",
            )
        ids = [v.event_id for v in batch.fresh]
        if ids:
            transaction.on_commit(lambda: recorded.send(sender=None, event_ids=ids, people=people))
    return became


def _lock(sources: Iterable[str]) -> None:
    """Two loads of one source wait for each other; of different sources they don't."""
    with connection.cursor() as cursor:
        for source in sorted(sources):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('chronology ' || %s))", [source])


def _held(refs: set[tuple[str, str]]) -> dict[tuple[str, str], list[_Version]]:
    held: dict[tuple[str, str], list[_Version]] = defaultdict(list)
    asked = sorted(refs)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.source, e.ref, e.extracted_at, e.content, e.id FROM unnest(%s::text[], %s::text[]) AS a(source, ref)"
            " JOIN chronology_event e USING (source, ref) ORDER BY e.extracted_at, e.content",
            [[s for s, _ in asked], [r for _, r in asked]],
        )
        for source, ref, extracted_at, content, pk in cursor.fetchall():
            held[source, ref].append(_Version(extracted_at, content, pk))
    return held


def _write(batch: _Batch, anchors: dict[tuple[str, str], int]) -> None:
    if not batch.fresh:
        return
    with connection.cursor() as cursor:
        sequence = "SELECT nextval(pg_get_serial_sequence('chronology_event', 'id')) FROM generate_series(1, %s)"
        cursor.execute(sequence, [len(batch.fresh)])
        for version, (pk,) in zip(batch.fresh, cursor.fetchall(), strict=True):
            version.event_id = pk
        with cursor.copy(f"COPY chronology_event ({', '.join(_quoted(c) for c in _COLUMNS)}) FROM STDIN") as copy:
            for version in batch.fresh:
                copy.write_row(_row(version, batch.received_at))
        with cursor.copy("COPY chronology_eventperson (event_id, record_id, role) FROM STDIN") as copy:
            for v in batch.fresh:
                assert v.entry is not None  # noqa: S101 - fresh versions come from entries
                for role, held in v.entry.people.items():
                    for key in dict.fromkeys(held):
                        copy.write_row((v.event_id, anchors[key], role))
    _settle(batch, anchors)


def _quoted(column: str) -> str:
    return f'"{column}"'


def _row(v: _Version, received_at: datetime) -> tuple[Any, ...]:
    e = v.entry
    assert e is not None  # noqa: S101 - fresh versions come from entries
    return (
        v.event_id, e.kind, aware(e.at), aware(e.recorded_at or e.at), received_at, e.precision, e.source, e.ref, v.extracted_at, e.agency,
        e.by, e.place, premises_key(e.place) if e.place and e.place != "home" else None, e.note, e.supersedes, Jsonb(v.data), v.content,
    )  # fmt: skip


def _settle(batch: _Batch, anchors: dict[tuple[str, str], int]) -> None:
    """Say which events no longer stand, take back what they gave, and project those that stand now."""
    replaced = _replaced(batch)
    standing = [v for v in batch.fresh if v.event_id not in replaced]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chronology_superseded (event_id, by_event_id) SELECT * FROM unnest(%s::bigint[], %s::bigint[])"
            " ON CONFLICT (event_id) DO UPDATE SET by_event_id = excluded.by_event_id",
            [list(replaced), list(replaced.values())],
        )
    fresh = {v.event_id for v in batch.fresh}
    gone = [pk for pk in replaced if pk not in fresh]
    if gone:
        withdraw(gone)
    project(_stated(v, anchors) for v in standing)


def _replaced(batch: _Batch) -> dict[int, int]:
    replaced: dict[int, int] = {}
    for key in {(v.entry.source, v.entry.ref) for v in batch.fresh if v.entry}:
        versions = batch.held[key]
        for old, new in pairwise(versions):
            replaced[old.event_id] = new.event_id
    for v in batch.fresh:
        if v.entry and v.entry.supersedes:
            replaced[v.entry.supersedes] = v.event_id
    return replaced


def _stated(v: _Version, anchors: dict[tuple[str, str], int]) -> Stated:
    e = v.entry
    assert e is not None  # noqa: S101 - fresh versions come from entries
    people = {role: tuple(anchors[k] for k in held) for role, held in e.people.items() if held}
    return Stated(
        v.event_id, e.kind, e.source, aware(e.at), aware(e.recorded_at or e.at), e.by, people, e.place, v.data or {}
    )
