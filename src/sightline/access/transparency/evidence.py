"""What the witness has: the leaves under checkpoints, the lines that waited, and when it heard of the log at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sightline.kernel.errors import Refused

from .checkpoints import Checkpoint, read
from .merkle import EMPTY, Frontier
from .witness import Folder, digest_of

WINDOW = timedelta(seconds=60)


@dataclass(frozen=True)
class Heard:
    """When the witness first had a line, and what it had heard just before; no `before` for what it had from the first."""

    at: datetime
    before: Checkpoint | None

    def late(self, written_in: int, written_at: datetime) -> bool:
        """Whether a line could be altered for longer than the window before the witness had it.

        A line was handed over late where nothing had been heard for longer than the window; or where the sealer, awake, did not hand over
        a line that was older than the window, though its transaction was not among those that had not ended.
        """
        if self.before is None:
            return False
        unheard = self.at - self.before.at > WINDOW and written_at < self.at - WINDOW
        return unheard or self.passed_over(written_in, written_at, WINDOW)

    def passed_over(self, written_in: int, written_at: datetime, longest: timedelta) -> bool:
        """Whether the line says that it was there so long before a handing over that did not have it."""
        before = self.before
        if before is None or written_at >= before.at - longest:
            return False
        return not before.ran(written_in) if before.running is not None else longest > WINDOW


@dataclass(frozen=True)
class Witnessed:
    """A leaf the witness has: the line's id, its hash, when it was heard of first; and its hash then, where that was another."""

    entry: int
    leaf: bytes
    heard: Heard
    altered: bool = False


@dataclass
class Evidence:
    """All of it, each signature, root and digest checked as it is read. Raises Refused where the files do not hold together."""

    folder: Folder
    key: Ed25519PublicKey
    last: Checkpoint | None = None
    waited: dict[int, tuple[bytes, datetime]] = field(default_factory=dict)  # not yet met under a checkpoint
    _all: list[Checkpoint] = field(default_factory=list)
    _moments: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._notes = {size: self._read(path) for size, path in self.folder.notes()}
        if not self._notes:
            raise Refused("The witness's folder holds no checkpoint: nothing can be shown.")
        roots = {0: EMPTY} | {c.size: c.root for c in self._notes.values()}
        beats = []
        for path in self.folder.beats():
            beat = self._read(path)
            seen = list(self.folder.seen(path)) if beat.seen else []
            if roots.get(beat.size) != beat.root or digest_of(seen) != beat.seen:
                raise _misfit(path)
            beats.append(beat)
            for entry, leaf in seen:
                self.waited.setdefault(entry, (leaf, beat.at))
        self._all = sorted([*self._notes.values(), *beats], key=lambda c: (c.at, c.size))
        self._moments = [c.at for c in self._all]

    def _read(self, path: Path) -> Checkpoint:
        try:
            return read(path.read_text(encoding="utf-8"), self.key)
        except (ValueError, OSError) as error:
            raise Refused(f"{path.name} in the witness's folder {error}: nothing can be shown with it.") from error

    def heard(self, at: datetime) -> Heard:
        """What had been heard just before a moment."""
        place = bisect_left(self._moments, at)
        return Heard(at, self._all[place - 1] if place else None)

    def leaves(self) -> Iterator[Witnessed]:
        """Every leaf under a checkpoint, in order."""
        tree = Frontier()
        for size, checkpoint in self._notes.items():
            own = self.heard(checkpoint.at)
            for entry, leaf in self.folder.leaves(size):
                tree.add(leaf)
                before, at = self.waited.pop(entry, (leaf, None))
                yield Witnessed(entry, leaf, self.heard(at) if at else own, before != leaf)
            if tree.size != checkpoint.size or tree.root() != checkpoint.root:
                raise _misfit(self.folder.path / f"{size:012}.note")
            self.last = checkpoint

    def up_to_now(self, now: datetime) -> Heard:
        """As for a line that the witness has not yet."""
        return Heard(now, self._all[-1])

    def silences(self, after: datetime | None = None) -> list[tuple[datetime, datetime]]:
        """From when to when nothing was heard for longer than the window, as far as that ended after a moment."""
        pairs = zip(self._moments, self._moments[1:], strict=False)
        return [(a, b) for a, b in pairs if b - a > WINDOW and (after is None or b > after)]


def _misfit(path: Path) -> Refused:
    return Refused(f"{path.name} in the witness's folder does not fit its leaves: nothing can be shown with it.")
