"""Reading the whole access log again and comparing it, line by line, with what the witness has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sightline.kernel.errors import Refused

from .checkpoints import Checkpoint, read
from .leaves import COLUMNS, READ, leaf_of
from .merkle import Frontier
from .witness import Folder

WINDOW = timedelta(seconds=60)
# A transaction may begin to write this long before it ends, and be sealed after a checkpoint in between.
LONGEST_TRANSACTION = timedelta(minutes=15)
NAMED = 10
_WRITTEN_IN, _WRITTEN_AT = COLUMNS.index("written_in"), COLUMNS.index("written_at")
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

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not (self.changed or self.removed or self.inserted or self.reordered or self.evidence)

    def late(self, now: datetime) -> bool:
        """Whether lines wait for a checkpoint longer than they may: the sealer or the witness has stopped."""
        return self.oldest_since is not None and now - self.oldest_since > 2 * WINDOW

    def line(self, now: datetime) -> str:
        """The verdict in one line."""
        open_since = f"{self.since:,} written since and not yet under one" if self.since else "none written since"
        if self.since and self.oldest_since is not None:
            open_since += f", the oldest {max(0, (now - self.oldest_since) // timedelta(seconds=1))} s ago"
        under = f"{self.checked:,} lines under checkpoints" + (
            f" up to {self.last.at:%Y-%m-%d %H:%M:%S} UTC" if self.last else ""
        )
        if self.whole:
            behind = "; THE SEALER IS BEHIND" if self.late(now) else ""
            return f"whole: {under}, nothing changed, removed, inserted or reordered; {open_since}{behind}"
        told = [
            f"{len(ids):,} {what} ({', '.join(map(str, ids[:NAMED]))}{' ...' if len(ids) > NAMED else ''})"
            for what, ids in self._found()
            if ids
        ]
        return f"ALTERED: {'; '.join([*told, *self.evidence])}; {under}; {open_since}"

    def _found(self) -> tuple[tuple[str, list[int]], ...]:
        return (
            ("changed", self.changed),
            ("removed", self.removed),
            ("inserted", self.inserted),
            ("reordered", self.reordered),
        )


@dataclass(frozen=True)
class Witnessed:
    """A leaf the witness has: the line's id, its hash, and the moment of the checkpoint before."""

    entry: int
    leaf: bytes
    after: datetime | None


def witnessed(folder: Folder, key: Ed25519PublicKey, verdict: Verdict) -> Iterator[Witnessed]:
    """Every leaf the witness has, in order, each checkpoint's signature and root checked on the way."""
    tree = Frontier()
    for size, path in folder.notes():
        try:
            checkpoint = read(path.read_text(encoding="utf-8"), key)
        except (ValueError, OSError) as error:
            raise Refused(f"{path.name} in the witness's folder {error}: nothing can be shown with it.") from error
        for entry, leaf in folder.leaves(size):
            tree.add(leaf)
            yield Witnessed(entry, leaf, verdict.last.at if verdict.last else None)
        if tree.size != checkpoint.size or tree.root() != checkpoint.root:
            raise Refused(f"{path.name} in the witness's folder does not fit its leaves: nothing can be shown with it.")
        verdict.last = checkpoint


def verify(connection: psycopg.Connection[Any], folder: Folder, key: Ed25519PublicKey) -> Verdict:
    """Compare the log with the witness, in one transaction that should read one snapshot.

    Raises Refused where the witness's own files do not hold together.
    """
    verdict = Verdict()
    if not folder.notes():
        raise Refused("The witness's folder holds no checkpoint: nothing can be shown.")
    with connection.transaction():
        _compare(_lines(connection), witnessed(folder, key, verdict), verdict)
        _compare_seals(connection, folder, verdict)
    return verdict


@dataclass(frozen=True)
class _Line:
    """A line as the database has it now."""

    entry: int
    leaf: bytes
    place: Place
    written_at: datetime


def _lines(connection: psycopg.Connection[Any]) -> Iterator[_Line]:
    with connection.cursor("log") as cursor:
        cursor.itersize = 5_000
        for row in cursor.execute(f"{READ} ORDER BY written_in, id"):
            yield _Line(row[0], leaf_of(row), (row[_WRITTEN_IN], row[0]), row[_WRITTEN_AT])


@dataclass
class _Walk:
    """Both lists side by side: what does not meet its fellow at once is put aside and sorted out at the end."""

    verdict: Verdict
    wanted: dict[int, tuple[int, Witnessed]] = field(default_factory=dict)
    held: dict[int, _Line] = field(default_factory=dict)
    furthest: Place = (0, 0)
    furthest_leaf: int = -1

    def step(self, leaf: Witnessed | None, line: _Line | None) -> None:
        """The next of each; None where a list has ended."""
        if leaf is not None:
            self.wanted[leaf.entry] = (self.verdict.checked, leaf)
            self.verdict.checked += 1
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
        elif leaf.after is not None and line.written_at < leaf.after - LONGEST_TRANSACTION:
            self.verdict.inserted.append(entry)
        self.furthest, self.furthest_leaf = max(self.furthest, line.place), max(self.furthest_leaf, number)

    def end(self) -> None:
        """What is left over: a leaf found under another line has been moved, one found nowhere has been changed or removed."""
        elsewhere = {line.leaf for line in self.held.values()}
        for entry, (_, leaf) in sorted(self.wanted.items()):
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
            self.verdict.since += 1
            self.verdict.oldest_since = min(line.written_at, self.verdict.oldest_since or line.written_at)


def _compare(lines: Iterator[_Line], leaves: Iterator[Witnessed], verdict: Verdict) -> None:
    walk = _Walk(verdict)
    for leaf, line in zip_longest(leaves, lines):
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
