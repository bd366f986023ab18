"""Figures that would point to a child: a count of few people is not given to whoever may not read of each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.access import gate
from sightline.access.viewer import Viewer
from sightline.kernel.dated import Dated, read_dated
from sightline.kernel.moments import local


@cache
def _table() -> Dated[int]:
    return read_dated(Path(__file__).parent / "small_counts.yaml", "given", lambda row: int(row["least"]))


def least(day: date) -> int:
    """The smallest number of people of whom a figure is given on a day. Raises LookupError before the first row."""
    return _table().on(day)


@dataclass(frozen=True)
class Cell:
    """One figure: whom it counts, one for each time that it counts them; and whom those counts are part of, where they are part of others."""

    people: tuple[int, ...]
    of: tuple[tuple[int, ...], ...] = ()


def given(viewer: Viewer, cells: Mapping[str, Cell]) -> dict[str, int | None]:
    """Each figure, or None where it is not given: some are counted, but too few for a viewer who may not read of each of them.

    A part of a whole is not given either where the rest of that whole is so few, for it could be worked out. Nothing is a figure, and is given.
    """
    everybody = {p for cell in cells.values() for held in (cell.people, *cell.of) for p in held}
    unread = everybody - gate.readable(viewer, everybody)
    few = least(local(viewer.at).date())

    def too_few(people: Iterable[int]) -> bool:
        counted = set(people)
        return 0 < len(counted) < few and bool(counted & unread)

    def told(cell: Cell) -> bool:
        rests = [Counter(whole) - Counter(cell.people) for whole in cell.of]  # as often as each is counted
        return not cell.people or not any(too_few(counted) for counted in (cell.people, *rests))

    return {name: len(cell.people) if told(cell) else None for name, cell in cells.items()}
