"""record(): the only writer of events. The same ref with the same content changes nothing; with other content it supersedes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.dispatch import Signal

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Became, Checked, Entry, moment, told_at
from sightline.chronology.settling import settle
from sightline.chronology.tombstones import without_erased
from sightline.chronology.versions import Batch, Version, said_before, write_said_again
from sightline.chronology.versions import held as versions_held
from sightline.kernel.copying import copied_into
from sightline.kernel.errors import NotFound, Refused
from sightline.people.anchors import anchored, found, identities_of
from sightline.people.projections import PROJECTED, Stated

recorded = Signal()  # sent on commit: event_ids, people (person ids), as lists
_EVENT = (
    'id, received_at, extracted_at, kind, at, recorded_at, "precision", source, ref, agency, "by", place, note, data,'
    " premises_key, supersedes_id, content"
)


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


@wall.working()
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


@wall.working()
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


@wall.working()
def record_checked(checked: Sequence[Checked], viewer: Viewer, *, logged: bool = False) -> list[Became]:
    """The same for entries that have been found valid already: a feed checks them where it reads them."""
    with transaction.atomic():
        wait_for_sources({c.source for c in checked})
        checked, erased = without_erased(checked)
        same = said_before(checked, viewer.at)
        batch = Batch(
            viewer.at, versions_held({(c.source, c.ref) for n, c in enumerate(checked) if same.get(n) is False})
        )
        became = [
            Became.ERASED if n in erased else Became.UNCHANGED if same.get(n) else batch.place(c)
            for n, c in enumerate(checked)
        ]
        taken = [c for n, c in enumerate(checked) if n not in erased]
        anchors = anchored({key for c in taken for held in c.people.values() for key in held}, at=viewer.at)
        _write(batch, anchors)
        write_said_again(batch.said_again)
        people = sorted(set(identities_of(set(anchors.values())).values()))
        if not logged:
            kinds = {c.kind for c in checked}
            write(viewer, Action.COLLECTION, people=people, fields=kinds, note=f"{len(checked)} events")
        ids = [v.event_id for v in batch.fresh]
        if ids:
            transaction.on_commit(lambda: recorded.send(sender=None, event_ids=ids, people=people))
    return became


def wait_for_sources(sources: Iterable[str]) -> None:
    """Two loads of one source wait for each other; of different sources they don't.

    Statements about thousands of entries look costly enough to PostgreSQL to be compiled first, which takes longer than they do.
    """
    with connection.cursor() as cursor:
        for source in sorted(sources):
            cursor.execute(
                "SELECT set_config('jit', 'off', true), pg_advisory_xact_lock(hashtext('chronology ' || %s))", [source]
            )


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
    with copied_into("chronology_event", _EVENT) as copy:
        received = told_at(batch.received_at)
        copy.write("".join([_line(v.event_id, received, c) for v in batch.fresh if (c := v.said)]))
    with copied_into("chronology_eventperson", "event_id, record_id, role") as copy:
        copy.write("".join([f"{event}\t{record}\t{role}\n" for event, record, role in _who(batch.fresh, anchors)]))
    stated = [_stated(v.event_id, c, anchors) for v in batch.fresh if (c := v.said) and c.kind in PROJECTED]
    settle(batch, stated)


def _line(event: int, received_at: str, said: Checked) -> str:
    return f"{event}\t{received_at}\t{said.extracted_at or received_at}\t{said.line}\n"


def _who(fresh: list[Version], anchors: dict[tuple[str, str], int]) -> Iterator[tuple[int, int, str]]:
    for v in fresh:
        for role, held in v.said.people.items() if v.said else ():
            for record in dict.fromkeys([anchors[key] for key in held]):
                yield v.event_id, record, role


def _stated(event: int, said: Checked, anchors: dict[tuple[str, str], int]) -> Stated:
    people = {role: tuple(sorted({anchors[k] for k in held})) for role, held in said.people.items() if held}
    return Stated(
        event, said.kind, said.source, moment(said.at), moment(said.recorded_at), said.by, people, said.place, said.data
    )
