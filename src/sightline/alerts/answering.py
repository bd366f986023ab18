"""What can be answered here: an entry that never comes means something only where somebody could have sent or written it. Imports no Django.

Three can: a system that has ever sent such an entry; the pages of this house, of what began on them; and a system that was switched on lately
and is declared to send it, until what it sent goes back further than a limit and none of that kind is in it. What began in a feed waits for
no page: a control room's calls are answered by its own entries, and where it never sends any the rule sleeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sightline.chronology.courses import Course
from sightline.kernel.discovery import declared


class Able(NamedTuple):
    """The kinds of entry that can come. `heard`: from anybody; `here`: from the pages, about what began on them."""

    heard: frozenset[str]
    here: frozenset[str]


@dataclass(frozen=True, eq=False)
class Typed:
    """Kinds of entry that a slice's pages record besides the steps of its courses; declared among its alerts."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sends:
    """What each record system is declared to send, by its key: kinds of entry."""

    kinds: Callable[[str], Iterable[str]]


@cache
def typed_here() -> frozenset[str]:
    """Every kind that pages of this house record: the steps of every course, and what slices declare besides."""
    steps = {kind for course in declared("rules", Course) for kind in course.kinds}
    return frozenset(steps.union(*(typed.kinds for typed in declared("alerts", Typed))))


def sent_by(systems: Iterable[str]) -> frozenset[str]:
    """Every kind that any of these systems is declared to send."""
    found = list(systems)
    return (
        frozenset(k for sends in declared("alerts", Sends) for system in found for k in sends.kinds(system))
        if found
        else frozenset()
    )
