"""Taking a file in. Every row is counted once: rows = applied + superseded + unchanged + quarantined."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.db import transaction

from sightline.access.viewer import Viewer
from sightline.agencies.systems import record_answer, record_failure
from sightline.chronology.entries import moment
from sightline.chronology.record import record_checked
from sightline.exchange.feeds.belonging import must_belong
from sightline.exchange.feeds.mapping import Mapping
from sightline.exchange.feeds.models import Load, QuarantinedRow
from sightline.exchange.feeds.outcomes import Outcome, RowOutcome, broken_off, judge, new_events
from sightline.exchange.feeds.parsing import Around, Batch, read_all, workers_for
from sightline.exchange.feeds.readers import Extract, open_extract
from sightline.exchange.feeds.rows import Raw
from sightline.exchange.feeds.scopes import RowFault
from sightline.kernel.errors import BadInput
from sightline.people.foreseen import known

LONGEST_RAW = 20_000


def load(
    feed: Mapping,
    file: Path,
    viewer: Viewer,
    *,
    extracted_at: datetime | None = None,
    progress: Callable[[int], object] = lambda _: None,
    workers: int | None = None,
) -> Load:
    """Take a file in: good rows are applied, bad ones quarantined with file, row, field and reason; the same file again changes nothing.

    A file that breaks off is taken up to the break, the break is a quarantined row, and its source is down. One that cannot be read
    at all is refused. `progress` is told how many rows are done. Gives the Load with its counts.
    """
    digest = _digest(file)
    must_belong(file)
    held = Load.objects.create(source=feed.source, file=file.name, digest=digest, begun_at=viewer.at, by=viewer.name)
    loading = _Loading(held, viewer)
    try:
        with _uncollected():
            for rows in read_rows(
                feed, file, extracted_at=extracted_at, workers=workers, found=loading.found, foreseeing=loading.is_news
            ):
                loading.take(rows)
                progress(len(rows))
    except BadInput as fault:
        loading.break_off(fault)
    else:
        loading.finish()
    return held


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: batches leave next to none, and looking for some among millions of objects costs a third of a load."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
        gc.collect()


def read_rows(
    feed: Mapping,
    file: Path,
    *,
    extracted_at: datetime | None,
    workers: int | None = None,
    found: Callable[[Extract], object] = lambda _: None,
    foreseeing: Callable[[], bool] = lambda: True,
) -> Iterator[Batch]:
    """The rows of a file as entries, in batches; writes nothing. Raises BadInput for what is wrong with the file as a whole."""
    try:
        extract, rows = open_extract(file, feed)
        first = next(rows, None)
        extract.extracted_at = extracted_at or extract.extracted_at
        found(extract)
        if extract.extracted_at is None and not feed.updated and not feed.undated:
            raise BadInput(file.name, 0, "", "bears no date of its own: say when it was extracted (--extracted-at)")
        around = Around(feed, extract.columns, extract.outside, extract.extracted_at)
        if first is None:
            around.parser()
            return
        count = workers_for(file.stat().st_size) if workers is None else workers
        yield from read_all(around, chain([first], rows), workers=count, foreseeing=foreseeing)
    except RowFault as fault:
        raise BadInput(file.name, 0, fault.field, fault.reason) from fault
    except OSError as error:
        raise BadInput(file.name, 0, "", f"cannot be read: {error.strerror}") from error


@dataclass
class _Loading:
    """One load under way."""

    held: Load
    viewer: Viewer
    newest: datetime | None = None
    events: Counter[str] = field(default_factory=Counter)
    news: int = 1  # how many entries of the last batch were new

    def is_news(self) -> bool:
        """Whether the file has been saying anything new."""
        return bool(self.news)

    def found(self, extract: Extract) -> None:
        """The file's own date is known."""
        self.held.extracted_at = extract.extracted_at

    def take(self, rows: Batch) -> None:
        """One batch: its events, its quarantined rows and its counts in one transaction, so that a crash leaves no count wrong."""
        entries = [said for read in rows for said in read.said]
        self.news = 0
        with transaction.atomic(), known(rows.foreseen):
            became = iter(record_checked(entries, self.viewer) if entries else [])
            outcomes = []
            for read in rows:
                own = [next(became) for _ in read.said]
                outcomes.append(judge(read, own))
                new = new_events(read, own)
                self.events.update(new)
                self.news += sum(new.values())
            self._write(outcomes)
        dated = {said.extracted_at for said in entries if not said.shared and said.extracted_at}
        self.newest = max([*map(moment, dated), *([self.newest] if self.newest else [])], default=None)

    def _write(self, outcomes: list[RowOutcome]) -> None:
        QuarantinedRow.objects.bulk_create(
            QuarantinedRow(load=self.held, file=self.held.file, row=o.read.row, field=o.field, reason=o.reason, raw=_as_text(o.read.raw))
            for o in outcomes
            if o.outcome is Outcome.QUARANTINED
        )  # fmt: skip
        for outcome, count in Counter(o.outcome for o in outcomes).items():
            setattr(self.held, outcome.value, getattr(self.held, outcome.value) + count)
        self.held.rows += len(outcomes)
        self.held.erased += sum(o.erased for o in outcomes)
        self.held.events = dict(sorted(self.events.items()))
        self.held.save()

    def break_off(self, fault: BadInput) -> None:
        """The file cannot be read on, or at all: what was good stays, the break is counted, and the source is down."""
        the_break = broken_off(fault, self.held.rows)
        with transaction.atomic():
            self.held.state, self.held.reason = "broken" if the_break else "refused", str(fault)
            if the_break:
                self._write([the_break])
            self.held.save()
            record_failure(self.held.source, at=self.viewer.at, reason=str(fault))

    def finish(self) -> None:
        """The file was read whole: its source answered."""
        with transaction.atomic():
            self.held.state = "whole"
            self.held.save()
            record_answer(self.held.source, at=self.viewer.at, extracted_at=self.held.extracted_at or self.newest)


def _as_text(raw: Raw) -> str:
    if isinstance(raw, bytes):
        text = raw.decode(errors="replace")
    else:
        text = "\x1f".join(raw) if isinstance(raw, list) else raw
    return text.replace("\x00", "\ufffd").encode(errors="replace").decode()[:LONGEST_RAW]


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(file.name, 0, "", f"cannot be read: {error.strerror}") from error
