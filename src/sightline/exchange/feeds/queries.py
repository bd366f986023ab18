"""What a feed would do with a file, without doing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sightline.chronology.entries import Became
from sightline.chronology.tombstones import without_erased
from sightline.chronology.versions import Batch, held
from sightline.exchange.feeds.mapping import Mapping
from sightline.exchange.feeds.outcomes import RowOutcome, broken_off, judge
from sightline.exchange.feeds.services import read_rows
from sightline.kernel.errors import BadInput


def foresee(feed: Mapping, file: Path, *, at: datetime, extracted_at: datetime | None = None) -> Iterator[RowOutcome]:
    """Row by row what would become of a file loaded at a moment; writes nothing. Raises BadInput where it cannot be read on.

    Where it breaks off, the break comes first as the quarantined row that a load would count. Reads no person's record: only whether
    this source has said something under a ref before.
    """
    batch, done = Batch(at, held(set())), 0
    try:
        for rows in read_rows(feed, file, extracted_at=extracted_at, workers=0):
            refs = {(said.source, said.ref) for read in rows for said in read.said}
            batch.held.update(held(refs - batch.held.keys()))
            flat, erased = without_erased([said for read in rows for said in read.said])
            told = iter(enumerate(flat))
            for read in rows:
                own = [next(told) for _ in read.said]
                yield judge(read, [Became.ERASED if n in erased else batch.place(said) for n, said in own])
            done += len(rows)
    except BadInput as fault:
        if the_break := broken_off(fault, done):
            yield the_break
        raise
