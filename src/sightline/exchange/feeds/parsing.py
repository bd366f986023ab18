"""Rows to entries, in this process or in others: pure work on one file's rows, without a database."""

from __future__ import annotations

import gc
import marshal
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from multiprocessing import get_context

from sightline.chronology.entries import Checked
from sightline.exchange.feeds.mapping import Mapping as Feed
from sightline.exchange.feeds.plans import plan_of
from sightline.exchange.feeds.rows import Opener, Raw
from sightline.exchange.feeds.scopes import RowFault, Scope
from sightline.exchange.feeds.shapes import Held
from sightline.exchange.feeds.statements import Moments
from sightline.kernel.moments import start_of
from sightline.people.foreseen import Foreseen, Told, foresee

UNDATED = datetime(1900, 1, 1, tzinfo=UTC)
ROWS_AT_ONCE = 2000
Chunk = list[tuple[int, Raw]]


@dataclass(frozen=True, slots=True)
class Read:
    """One row read: what it says, or which field of it cannot be taken and why."""

    row: int
    raw: Raw
    said: tuple[Checked, ...] = ()
    field: str = ""
    reason: str = ""
    key: str = ""


@dataclass(frozen=True)
class Around:
    """What stands around the rows of one file: all that is needed to read them."""

    feed: Feed
    columns: Sequence[str]
    outside: Held
    extracted_at: datetime | None

    def parser(self) -> Parser:
        """Ready to read. Raises RowFault for a first line that does not fit."""
        return Parser(self)


class Parser:
    """Reads the rows of one file."""

    def __init__(self, around: Around) -> None:
        self.around, self.plan = around, plan_of(around.feed)
        outside = Held(dict(around.outside.values), dict(around.outside.raw))
        if around.extracted_at is not None:
            outside.values["extracted_at"], outside.raw["extracted_at"] = (
                around.extracted_at,
                around.extracted_at.isoformat(),
            )
        self.opener = Opener(around.feed, around.columns, outside)

    def read(self, row: int, raw: Raw) -> Read:
        """One row. Never raises for what the row holds: that is said in the result."""
        try:
            scope = self.opener.open(raw)
            said = self.plan.run(scope, Moments(self.around.extracted_at, self._ordered_at(scope)))
        except RowFault as fault:
            return Read(row, raw, field=fault.field, reason=fault.reason)
        return Read(row, raw, tuple(said), key=scope.key)

    def _ordered_at(self, scope: Scope) -> datetime:
        feed = self.around.feed
        updated = scope.values.get(feed.updated) if feed.updated else None
        if isinstance(updated, datetime):
            return updated
        if isinstance(updated, date):
            return start_of(updated)
        if self.around.extracted_at is not None:
            return self.around.extracted_at
        if feed.undated:
            return UNDATED
        raise RowFault(feed.updated, "is not supplied, and the file bears no date: say when it was extracted")


_parser: Parser | None = None


def _begin(around: Around) -> None:
    global _parser
    _parser = around.parser()
    gc.disable()  # rows leave no cycles, and looking for some among all that is remembered takes a fifth of the reading


class Batch(list[Read]):
    """Rows read together, and what was foreseen of them."""

    foreseen: Foreseen = Foreseen()


def _read_chunk(packed: bytes, foreseeing: bool) -> bytes:
    """A chunk read in another process, both ways as plain values: that is several times as quick as pickling objects."""
    assert _parser is not None  # noqa: S101 - the pool runs _begin first
    done = [_parser.read(row, raw) for row, raw in marshal.loads(packed)]  # noqa: S302 - written by this program
    told = (_told(said) for read in done for said in read.said if said.kind in _TELLS)
    foreseen = foresee(told if foreseeing else ())
    return marshal.dumps(
        (
            [(list(map(tuple, read.said)), read.field, read.reason, read.key) for read in done],
            (foreseen.places, foreseen.streets, foreseen.keys),
        )
    )


_TELLS = {"person.recorded": False, "address.recorded": True}


def _told(said: Checked) -> Told:
    return Told(said.people["subject"][0], _TELLS[said.kind], said.ref, said.at, said.data)


def _unpacked(chunk: Chunk, packed: bytes) -> Batch:
    """What another process made of a chunk; the rows themselves need not come back."""
    done, foreseen = marshal.loads(packed)  # noqa: S302 - written by this program
    batch = Batch(
        Read(row, raw, tuple(map(Checked._make, said)), field, reason, key)
        for (row, raw), (said, field, reason, key) in zip(chunk, done, strict=True)
    )
    batch.foreseen = Foreseen(*foreseen)
    return batch


def chunks(rows: Iterable[tuple[int, Raw]]) -> Iterator[Chunk]:
    """Rows in batches. What the reader raises comes after the last whole batch and the rows before the break."""
    held: Chunk = []
    stream = iter(rows)
    while True:
        try:
            for one in islice(stream, ROWS_AT_ONCE):
                held.append(one)
        except Exception:
            if held:
                yield held
            raise
        if not held:
            return
        yield held
        held = []


def read_all(
    around: Around, rows: Iterable[tuple[int, Raw]], *, workers: int, foreseeing: Callable[[], bool] = lambda: True
) -> Iterator[Batch]:
    """Every row read, in order, in batches; with `workers` other processes where the file is worth it.

    `foreseeing`: whether what is read now will be new, so that what follows from it is worth working out there.
    """
    if not workers:
        parser = around.parser()
        for chunk in chunks(rows):
            yield Batch(parser.read(row, raw) for row, raw in chunk)
        return
    around.parser()
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (around,)) as pool:
        waiting: deque[tuple[Chunk, Future[bytes]]] = deque()
        try:
            for chunk in chunks(rows):
                waiting.append((chunk, pool.submit(_read_chunk, marshal.dumps(chunk), foreseeing())))
                if len(waiting) > 2 * workers:
                    first, reading = waiting.popleft()
                    yield _unpacked(first, reading.result())
        except Exception:
            yield from (_unpacked(chunk, reading.result()) for chunk, reading in waiting)
            raise
        yield from (_unpacked(chunk, reading.result()) for chunk, reading in waiting)


def workers_for(size: int) -> int:
    """How many processes a file of that many bytes is worth."""
    return 0 if size < 4_000_000 else min(2, os.cpu_count() or 1)
