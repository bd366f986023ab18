"""Where checkpoints go: a folder or an address outside the database, which keeps what the database's administrator cannot reach.

For each checkpoint `<size>.note` holds the signed note and `<size>.leaves` the leaves since the one before, a line each: the line's
id in the log, and the leaf's hash in hexadecimal.
"""

from __future__ import annotations

import hashlib
import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from sightline.kernel.errors import Refused

KEY_FILE = "access-log.pub"
HERE = ("localhost", "127.0.0.1", "::1")
PATIENCE = 10  # seconds for an address to answer
Leaf = tuple[int, bytes]


class Witness(Protocol):
    """Keeps checkpoints, and says how far they go."""

    def size(self) -> int:
        """The size of the largest checkpoint kept; 0 for none."""

    def keep(self, size: int, note: str, leaves: Sequence[Leaf]) -> None:
        """Keep a checkpoint and the leaves since the one before. Raises OSError where it could not be kept."""

    def beat(self, at: datetime, note: str, seen: Sequence[Leaf]) -> None:
        """Keep a beat, and the lines that wait and were first seen at it. Raises OSError where it could not be kept."""


def _written(leaves: Sequence[Leaf]) -> str:
    return "".join(f"{entry} {leaf.hex()}\n" for entry, leaf in leaves)


def digest_of(seen: Sequence[Leaf]) -> str:
    """What a beat's note says of the lines handed over with it: nothing where there are none."""
    return hashlib.sha256(_written(seen).encode()).hexdigest() if seen else ""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")


@dataclass(frozen=True)
class Folder:
    """A folder, best on another machine's disk. What is kept is never written over."""

    path: Path

    def notes(self) -> list[tuple[int, Path]]:
        """Sizes and files of the notes kept, smallest first."""
        found = [(int(p.stem), p) for p in self.path.glob("*.note") if p.stem.isdigit()]
        return sorted(found)

    def size(self) -> int:
        """As the protocol says."""
        return max((size for size, _ in self.notes()), default=0)

    def keep(self, size: int, note: str, leaves: Sequence[Leaf]) -> None:
        """As the protocol says; the note comes last, so that one without its leaves is never seen."""
        self._put((f"{size:012}.leaves", _written(leaves)), (f"{size:012}.note", note))

    def _put(self, *files: tuple[str, str]) -> None:
        """The last one is the note; where it is there already nothing is written."""
        self.path.mkdir(parents=True, exist_ok=True)
        last = files[-1][0]
        for name, text in files:
            half = self.path / f".{name}.half"
            with half.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if (self.path / last).exists():
                raise FileExistsError(f"{last} is kept already")
            half.rename(self.path / name)

    def beat(self, at: datetime, note: str, seen: Sequence[Leaf]) -> None:
        """As the protocol says."""
        name = _moment(at)
        self._put(*([(f"{name}.seen", _written(seen))] if seen else []), (f"{name}.beat", note))

    def beats(self) -> list[Path]:
        """The files of the beats kept, oldest first."""
        return sorted(self.path.glob("*.beat"))

    def leaves(self, size: int) -> Iterator[Leaf]:
        """The leaves that came with a checkpoint. Raises Refused where the file is missing or no such file."""
        return self._leaves_in(self.path / f"{size:012}.leaves")

    def seen(self, beat: Path) -> Iterator[Leaf]:
        """The lines that waited at a beat and were first seen at it. Raises Refused as `leaves` does."""
        return self._leaves_in(beat.with_suffix(".seen"))

    def _leaves_in(self, path: Path) -> Iterator[Leaf]:
        try:
            for line in path.read_text(encoding="utf-8").splitlines():
                entry, _, leaf = line.partition(" ")
                yield int(entry), bytes.fromhex(leaf)
        except (OSError, ValueError) as error:
            raise Refused(f"{path.name} in the witness's folder cannot be read: {error}") from error


@dataclass(frozen=True)
class Address:
    """An https address that takes PUT of the files named above, and gives the largest size at `latest`."""

    url: str

    def _send(self, method: str, name: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(f"{self.url.rstrip('/')}/{name}", data=body, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - an address the force chose
            return bytes(answer.read())

    def size(self) -> int:
        """As the protocol says."""
        try:
            return int(self._send("GET", "latest") or 0)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return 0
            raise

    def keep(self, size: int, note: str, leaves: Sequence[Leaf]) -> None:
        """As the protocol says."""
        self._send("PUT", f"{size:012}.leaves", _written(leaves).encode())
        self._send("PUT", f"{size:012}.note", note.encode())

    def beat(self, at: datetime, note: str, seen: Sequence[Leaf]) -> None:
        """As the protocol says."""
        if seen:
            self._send("PUT", f"{_moment(at)}.seen", _written(seen).encode())
        self._send("PUT", f"{_moment(at)}.beat", note.encode())


def witness_at(place: str) -> Witness:
    """The witness at a folder's path or an https address; http only to this machine itself. Raises Refused for any other address."""
    if "://" not in place:
        return Folder(Path(place))
    where = urlsplit(place)
    if where.scheme != "https" and not (where.scheme == "http" and where.hostname in HERE):
        raise Refused("A witness's address begins with https: over http anybody between could answer for it.")
    return Address(place)
