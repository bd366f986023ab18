"""Reading the whole access log again and comparing it, line by line, with what the witness has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .checkpoints import Checkpoint
from .dating import LONGEST_TRANSACTION, written_apart
from .evidence import WINDOW, Evidence, Heard, Witnessed
from .leaves import COLUMNS, READ, leaf_of
from .witness import Folder

NAMED = 10
_WRITTEN_IN, _WRITTEN_AT, _AT, _USER = (COLUMNS.index(name) for name in ("written_in", "written_at", "at", "user_id"))
Place = tuple[int, int]


@dataclass
class Verdict:
    """What was found: ids of log lines by what befell them, and what is wrong with the evidence itself."""

    checked: int = 0
    last: Checkpoint | None = None
    changed: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    inserted: list[int] = field(default_factory=list)
    reordered: list[int] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    since: int = 0
    oldest_since: datetime | None = None
    late: list[int] = field(default_factory=list)
    misdated: list[int] = field(default_factory=list)
    silences: list[tuple[datetime, datetime]] = field(default_factory=list)
    heard_at: Checkpoint | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not (self.changed or self.removed or self.inserted or self.reordered or self.evidence)

    @property
    def doubtful(self) -> bool:
        """Whether there is anything of which nothing can be shown, though nothing was found."""
        return bool(self.late or self.misdated or self.silences)

    def behind(self, now: datetime) -> bool:
        """Whether the witness has heard nothing, or lines wait for it, for longer than may be: the sealer or the witness has stopped."""
        silent = self.heard_at is not None and now - self.heard_at.at > 2 * WINDOW
        return silent or (self.oldest_since is not None and now - self.oldest_since > 2 * WINDOW)

    def line(self, now: datetime) -> str:
        """The verdict in one line."""
        open_since = f"{self.since:,} written since and not yet under one" if self.since else "none written since"
        if self.since and self.oldest_since is not None:
            open_since += f", the oldest {max(0, (now - self.oldest_since) // timedelta(seconds=1))} s ago"
        under = f"{self.checked:,} lines under checkpoints" + (
            f" up to {self.last.at:%Y-%m-%d %H:%M:%S} UTC" if self.last else ""
        )
        behind = "; THE SEALER IS BEHIND" if self.behind(now) else ""
        if self.whole:
            doubts = "".join(f"; BUT {said}" for said in self._doubts())
            return f"whole: {under}, nothing changed, removed, inserted or reordered; {open_since}{doubts}{behind}"
        told = [f"{len(ids):,} {what} {_named(ids)}" for what, ids in self._found() if ids]
        return f"ALTERED: {'; '.join([*told, *self.evidence, *self._doubts()])}; {under}; {open_since}{behind}"

    def _found(self) -> tuple[tuple[str, list[int]], ...]:
        return (
            ("changed", self.changed),
            ("removed", self.removed),
            ("inserted", self.inserted),
            ("reordered", self.reordered),
        )

    def _doubts(self) -> list[str]:
        said = []
        if self.late:
            said.append(f"{len(self.late):,} handed over late, and could be altered unseen before {_named(self.late)}")
        if self.misdated:
            said.append(f"{len(self.misdated):,} written at another time than they say {_named(self.misdated)}")
        if self.silences:
            began, ended = max(self.silences, key=lambda s: s[1] - s[0])
            said.append(
                f"the witness heard nothing {len(self.silences):,} times for over {WINDOW // timedelta(seconds=1)} s,"
                f" the longest from {began:%Y-%m-%d %H:%M:%S} to {ended:%Y-%m-%d %H:%M:%S} UTC"
            )
        return said


def _named(ids: list[int]) -> str:
    return f"({', '.join(map(str, ids[:NAMED]))}{' ...' if len(ids) > NAMED else ''})"


def verify(
    connection: psycopg.Connection[Any], folder: Folder, key: Ed25519PublicKey, *, after: datetime | None = None
) -> Verdict:
    """Compare the log with the witness, in one transaction that should read one snapshot.

    `after`: up to when what could not be shown has been looked into. Raises Refused where the witness's own files do not hold together.
    """
    evidence = Evidence(folder, key)
    verdict = Verdict(silences=evidence.silences(after))
    with connection.transaction():
        _compare(_lines(connection), evidence, verdict, after)
        _compare_seals(connection, folder, verdict)
    verdict.last, verdict.heard_at = evidence.last, evidence.up_to_now(datetime.now(UTC)).before
    return verdict


@dataclass(frozen=True)
class _Line:
    """A line as the database has it now."""

    entry: int
    leaf: bytes
    place: Place
    written_at: datetime
    misdated: bool  # says of itself that somebody looked at another time than it was written


def _lines(connection: psycopg.Connection[Any]) -> Iterator[_Line]:
    with connection.cursor("log") as cursor:
        cursor.itersize = 5_000
        for row in cursor.execute(f"{READ} ORDER BY written_in, id"):
            written = row[_WRITTEN_AT]
            misdated = row[_USER] is not None and written_apart(row[_AT], written) is not None
            yield _Line(row[0], leaf_of(row), (row[_WRITTEN_IN], row[0]), written, misdated)


@dataclass
class _Walk:
    """Both lists side by side: what does not meet its fellow at once is put aside and sorted out at the end."""

    verdict: Verdict
    evidence: Evidence
    after: datetime | None = None
    wanted: dict[int, tuple[int, Witnessed]] = field(default_factory=dict)
    held: dict[int, _Line] = field(default_factory=dict)
    furthest: Place = (0, 0)
    furthest_leaf: int = -1

    def step(self, leaf: Witnessed | None, line: _Line | None) -> None:
        """The next of each; None where a list has ended."""
        if leaf is not None:
            self.wanted[leaf.entry] = (self.verdict.checked, leaf)
            self.verdict.checked += 1
            if leaf.altered:
                self.verdict.changed.append(leaf.entry)
        if line is not None:
            self.held[line.entry] = line
            self._meet(line.entry)
        if leaf is not None:
            self._meet(leaf.entry)

    def _meet(self, entry: int) -> None:
        if entry not in self.wanted or entry not in self.held or self.wanted[entry][1].leaf != self.held[entry].leaf:
            return
        (number, leaf), line = self.wanted.pop(entry), self.held.pop(entry)
        if line.place < self.furthest or number < self.furthest_leaf:
            self.verdict.reordered.append(entry)
        elif leaf.heard.passed_over(line.place[0], line.written_at, LONGEST_TRANSACTION):
            self.verdict.inserted.append(entry)
        self._weigh(line, leaf.heard)
        self.furthest, self.furthest_leaf = max(self.furthest, line.place), max(self.furthest_leaf, number)

    def _weigh(self, line: _Line, heard: Heard) -> None:
        """What is no alteration, and what nothing can be shown of all the same. What was there before the first checkpoint is left out."""
        if heard.before is None or (self.after is not None and line.written_at < self.after):
            return
        if heard.late(line.place[0], line.written_at):
            self.verdict.late.append(line.entry)
        if line.misdated:
            self.verdict.misdated.append(line.entry)

    def end(self) -> None:
        """What is left over: a leaf found under another line has been moved, one found nowhere has been changed or removed."""
        elsewhere = {line.leaf for line in self.held.values()}
        for entry, (_, leaf) in sorted(self.wanted.items()):
            if leaf.altered:
                continue  # named already
            if leaf.leaf in elsewhere:
                self.verdict.reordered.append(entry)
            else:
                (self.verdict.changed if entry in self.held else self.verdict.removed).append(entry)
        moved = {leaf.leaf for _, leaf in self.wanted.values()}
        for entry, line in sorted(self.held.items()):
            if entry in self.wanted or line.leaf in moved:
                continue
            if line.place < self.furthest:
                self.verdict.inserted.append(entry)
                continue
            self._waits(line)
        self.verdict.removed += sorted(self.evidence.waited)

    def _waits(self, line: _Line) -> None:
        """A line under no checkpoint: the witness may have it all the same, as one that waits for another transaction."""
        self.verdict.since += 1
        leaf, at = self.evidence.waited.pop(line.entry, (None, None))
        if leaf is None:
            self._weigh(line, self.evidence.up_to_now(datetime.now(UTC)))
            self.verdict.oldest_since = min(line.written_at, self.verdict.oldest_since or line.written_at)
        elif leaf != line.leaf:
            self.verdict.changed.append(line.entry)
        elif at is not None:
            self._weigh(line, self.evidence.heard(at))


def _compare(lines: Iterator[_Line], evidence: Evidence, verdict: Verdict, after: datetime | None) -> None:
    walk = _Walk(verdict, evidence, after)
    for leaf, line in zip_longest(evidence.leaves(), lines):
        walk.step(leaf, line)
    walk.end()


def _compare_seals(connection: psycopg.Connection[Any], folder: Folder, verdict: Verdict) -> None:
    """The database's own seals, as far as the witness goes: they prove nothing, but whoever rewrote them left a trace."""
    kept = (leaf for size, _ in folder.notes() for leaf in folder.leaves(size))
    differing = 0
    with connection.cursor("seals") as cursor:
        cursor.itersize = 5_000
        cursor.execute(
            "SELECT entry_id, leaf, position FROM access_seal WHERE position < %s ORDER BY position", [verdict.checked]
        )
        for place, (leaf, seal) in enumerate(zip_longest(kept, cursor)):
            if leaf is None or seal is None or (seal[0], bytes(seal[1]), seal[2]) != (*leaf, place):
                differing += 1
    if differing:
        verdict.evidence.append(f"{differing:,} of the database's seals differ from the witness's")
