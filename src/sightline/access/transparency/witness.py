"""Where checkpoints go: a folder or an address outside the database, which keeps what the database's administrator cannot reach.

For each checkpoint `<size>.note` holds the signed note and `<size>.leaves` the leaves since the one before, a line each: the line's
id in the log, and the leaf's hash in hexadecimal.
"""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sightline.kernel.errors import Refused

KEY_FILE = "access-log.pub"
PATIENCE = 10  # seconds for an address to answer
Leaf = tuple[int, bytes]


class Witness(Protocol):
    """Keeps checkpoints, and says how far they go."""

    def size(self) -> int:
        """The size of the largest checkpoint kept; 0 for none."""

    def keep(self, size: int, note: str, leaves: Sequence[Leaf]) -> None:
        """Keep a checkpoint and the leaves since the one before. Raises OSError where it could not be kept."""


def _written(leaves: Sequence[Leaf]) -> str:
    return "".join(f"{entry} {leaf.hex()}\n" for entry, leaf in leaves)


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
        self.path.mkdir(parents=True, exist_ok=True)
        for name, text in ((f"{size:012}.leaves", _written(leaves)), (f"{size:012}.note", note)):
            half = self.path / f".{name}.half"
            with half.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if (self.path / f"{size:012}.note").exists():
                raise FileExistsError(f"{size:012}.note is kept already")
            half.rename(self.path / name)

    def leaves(self, size: int) -> Iterator[Leaf]:
        """The leaves that came with a checkpoint. Raises Refused where the file is missing or no such file."""
        path = self.path / f"{size:012}.leaves"
        try:
            for line in path.read_text(encoding="utf-8").splitlines():
                entry, _, leaf = line.partition(" ")
                yield int(entry), bytes.fromhex(leaf)
        except (OSError, ValueError) as error:
            raise Refused(f"{path.name} in the witness's folder cannot be read: {error}") from error


@dataclass(frozen=True)
class Address:
    """An http(s) address that takes PUT of `<size>.leaves` and `<size>.note`, and gives the largest size at `latest`."""

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


def witness_at(place: str) -> Witness:
    """The witness at a folder's path or an http(s) address."""
    return Address(place) if place.startswith(("https://", "http://")) else Folder(Path(place))
