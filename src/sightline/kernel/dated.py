"""Tables of local defaults kept as data: rows that each hold from a date until the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

T = TypeVar("T")


@dataclass(frozen=True)
class Dated(Generic[T]):
    """Rows with the day from which each holds, oldest first. `means` says what they are, for whoever asks of a day before them all."""

    means: str
    rows: Sequence[tuple[date, T]]

    def on(self, day: date) -> T:
        """What holds on a day. Raises LookupError for a day before the first row."""
        held = [row for since, row in self.rows if since <= day]
        if not held:
            raise LookupError(f"{self.means}: nothing is declared for {day}")
        return held[-1]


def read_dated(file: Path, key: str, make: Callable[[Mapping[str, Any]], T]) -> Dated[T]:
    """The rows under a key of a YAML file, each made of what it says besides `from`."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))[key]
    return Dated(f"{file.stem}, {key}", [(row.pop("from"), make(row)) for row in rows])
