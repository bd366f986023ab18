"""When an export needs a second person, and where one stands. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.kernel.dated import Dated, read_dated


@dataclass(frozen=True)
class Alone:
    """Up to how many people one person exports alone within so many hours, in however many files."""

    people: int
    hours: int


@cache
def _table() -> Dated[Alone]:
    return read_dated(Path(__file__).parent / "limits.yaml", "alone", lambda row: Alone(**row))


def alone(day: date) -> Alone:
    """Up to how many people one person exports alone on a day. Raises LookupError before the first row."""
    return _table().on(day)


def needs_second(people: int, day: date) -> bool:
    """Whether an export that brings somebody to so many people, on a day, needs somebody else to agree."""
    return people > alone(day).people


def stands(steps: Iterable[str], *, second: bool) -> str:
    """Where an export stands: waiting, declined, ready, fetched, handed_over or destroyed."""
    held = tuple(steps)
    if "declined" in held:
        return "declined"
    if second and "agreed" not in held:
        return "waiting"
    after = [s for s in held if s in ("fetched", "handed_over", "destroyed")]
    return after[-1] if after else "ready"
