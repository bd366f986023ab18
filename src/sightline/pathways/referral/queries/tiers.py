"""Before whom a challenge comes: the slice above that keeps the tiers declares it in its services, and it is found from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.kernel.discovery import declared


@dataclass(frozen=True)
class GoesTo:
    """The tier that a challenge comes to: who answers there, by name or as the tier is called, and their posts."""

    level: int
    name: str
    posts: frozenset[int]


@dataclass(frozen=True)
class Stands:
    """Where the challenge of a run stands: its tier of how many, before whom, and whether this viewer answers it."""

    level: int
    last: int
    to: str
    waits: bool
    on_agenda: bool
    may_answer: bool


@dataclass(frozen=True)
class Tiers:
    """`goes_to`: of an agency, from a tier up, past an account that does not answer. `stands`: nothing where nothing was challenged."""

    goes_to: Callable[[str, int, int | None, datetime], GoesTo]
    stands: Callable[[Viewer, Run], Stands | None]


def tiers() -> Tiers:
    """The tiers that are kept."""
    return declared("services", Tiers)[0]
