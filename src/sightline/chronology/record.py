"""record(): the only writer of events. The same ref with the same content changes nothing; with other content it supersedes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.dispatch import Signal

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Became, Checked, Entry
from sightline.chronology.settling import settle
from sightline.chronology.versions import Batch, Version, write_said_again
from sightline.chronology.versions import held as versions_held
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import aware
from sightline.people.anchors import anchored, found, identities_of
from sightline.people.premises import premises_key
from sightline.people.projections import PROJECTED, Stated

recorded = Signal()  # sent on commit: event_ids, people (person ids), as lists
_COLUMNS = (
    "id", "kind", "at", "recorded_at", "received_at", "precision", "source", "ref", "extracted_at", "agency", "by", "place",
    "premises_key", "note", "supersedes_id", "data", "content",
)  # fmt: skip


def record(entry: Entry, viewer: Viewer, *, asked: bool = True) -> int:
    """Record one event that a person enters, and give its id. `viewer.at` is when it is received.

    People whom no system has named before may be recorded by anyone who may read; the others only by those involved with them.
    Raises FieldErrors for what is wrong in it, NotFound where the viewer may not know of the people, Refused where the ref is taken.
    """
    # The look comes before the transaction: a refusal must stay in the log when the rest is rolled back.
    gate.look(viewer, _already_people(entry, viewer), fields=[entry.kind], action=Action.COLLECTION)
    with transaction.atomic():
        became = record_many([entry], viewer, asked=asked, logged=True)
        if became[0] in (Became.UNORDERED, Became.CONTESTED):
            raise Refused(f"{entry.source} already says something else under {entry.ref} at that time.")
        return _latest(entry)


def _already_people(entry: Entry, viewer: Viewer) -> set[int]:
    """Everyone in the entry, or in the one it corrects, of whom something was held before."""
    records = set(found({key for keys in entry.people.values() for key in keys}).values())
    if entry.supersedes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT record_id FROM chronology_eventperson WHERE event_id = %s", [entry.supersedes])
            corrected = {record for (record,) in cursor.fetchall()}
        if not corrected:
            gate.refuse(viewer, note=f"correct event {entry.supersedes}")
            raise NotFound(gate.NOT_FOUND)
        records |= corrected
    return set(identities_of(records).values())


def _latest(entry: Entry) -> int:
    with connection.cursor() as cursor:
        find = (
            "SELECT e.id FROM chronology_event e LEFT JOIN chronology_saidagain s ON s.event_id = e.id WHERE e.source = %s AND e.ref = %s"
            " ORDER BY coalesce(s.extracted_at, e.extracted_at) DESC, e.content DESC LIMIT 1"
        )
        cursor.execute(find, [entry.source, entry.ref])
        return int(cursor.fetchone()[0])


def record_many(entries: Sequence[Entry], viewer: Viewer, *, asked: bool = False, logged: bool = False) -> list[Became]:
    """Record a batch in one transaction, with one access entry naming its people; what became of each, in the order given.

    Every entry must be valid (callers quarantine what is not): raises FieldErrors, UnknownKind or ValueError for the first that isn't.
    """
    return record_checked([e.checked(asked=asked) for e in entries], viewer, logged=logged)


def record_checked(checked: Sequence[Checked], viewer: Viewer, *, logged: bool = False) -> list[Became]:
    """The same for entries that have been found valid already: a feed checks them where it reads them."""
    entries = [c.entry for c in checked]
    with transaction.atomic():
        _lock({e.source for e in entries})
        batch = Batch(viewer.at, versions_held({(e.source, e.ref) for e in entries}))
        became = [batch.place(c) for c in checked]
        anchors = anchored({k for e in entries for held in e.people.values() for k in held}, at=viewer.at)
        _write(batch, anchors)
        write_said_again(batch.said_again)
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


def _write(batch: Batch, anchors: dict[tuple[str, str], int]) -> None:
    if not batch.fresh:
        return
    with connection.cursor() as cursor:
        sequence = (  # which sequence it is, is looked up once and not for each of the thousands
            "SELECT nextval(s.found) FROM (SELECT pg_get_serial_sequence('chronology_event', 'id')::regclass AS found OFFSET 0) s,"
            " generate_series(1, %s)"
        )
        cursor.execute(sequence, [len(batch.fresh)])
        for version, (pk,) in zip(batch.fresh, cursor.fetchall(), strict=True):
            version.event_id = pk
        with cursor.copy(f"COPY chronology_event ({', '.join(_quoted(c) for c in _COLUMNS)}) FROM STDIN") as copy:
            copy.write("".join(_line(version, batch.received_at) for version in batch.fresh))
        with cursor.copy("COPY chronology_eventperson (event_id, record_id, role) FROM STDIN") as copy:
            copy.write("".join(f"{event}\t{record}\t{role}\n" for event, record, role in _who(batch.fresh, anchors)))
    stated = [_stated(v, anchors) for v in batch.fresh if v.entry and v.entry.kind in PROJECTED]
    settle(batch.replaced(), batch.corrected(), {v.event_id for v in batch.fresh}, stated, batch.still_standing())


def _who(fresh: list[Version], anchors: dict[tuple[str, str], int]) -> Iterator[tuple[int, int, str]]:
    for v in fresh:
        for role, held in v.entry.people.items() if v.entry else ():
            for record in dict.fromkeys(anchors[key] for key in held):
                yield v.event_id, record, role


def _quoted(column: str) -> str:
    return f'"{column}"'


_NULL = "\\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _text(text: str) -> str:
    """Text as COPY takes it."""
    return _SPECIAL.sub(lambda found: _ESCAPED[found[0]], text) if _SPECIAL.search(text) else text


def _line(v: Version, received_at: datetime) -> str:
    """An event as COPY takes it, column by column: a feed writes millions, and a row at a time is half of the work."""
    e = v.entry
    assert e is not None  # noqa: S101 - fresh versions come from entries
    place = str(premises_key(e.place)) if e.place and e.place != "home" else _NULL
    at = aware(e.at).isoformat()
    recorded_at = aware(e.recorded_at).isoformat() if e.recorded_at else at
    data = _text(json.dumps(v.data, ensure_ascii=False)) if v.data else "{}"
    told = "\t".join(map(_text, (e.agency, e.by, e.place)))
    return (
        f"{v.event_id}\t{e.kind}\t{at}\t{recorded_at}\t{received_at.isoformat()}\t{e.precision}\t{_text(e.source)}\t{_text(e.ref)}\t"
        f"{v.first_at.isoformat()}\t{told}\t{place}\t{_text(e.note)}\t{e.supersedes or _NULL}\t{data}\t{v.content}\n"
    )


def _stated(v: Version, anchors: dict[tuple[str, str], int]) -> Stated:
    e = v.entry
    assert e is not None  # noqa: S101 - fresh versions come from entries
    people = {role: tuple(sorted({anchors[k] for k in held})) for role, held in e.people.items() if held}
    return Stated(
        v.event_id, e.kind, e.source, aware(e.at), aware(e.recorded_at or e.at), e.by, people, e.place, v.data or {}
    )
