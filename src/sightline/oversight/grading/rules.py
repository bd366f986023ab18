"""A grade set at the scene, the specialist's that followed it, and how far they agree. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.clocks.limits import Limits
from sightline.kernel.moments import local

GRADES = ("no_apparent", "low", "standard", "medium", "high", "very_high")
TOOLS = ("domestic_abuse", "child", "missing", "exploitation")
# Who looks again: at everything, and those who do so for one kind alone.
ALWAYS = ("specialist_supervisor", "on_call_specialist")
FOR_ONE = {"missing_coordinator": "missing", "exploitation_team": "exploitation"}
SPECIALIST = ("specialist", "supervisor")
FIRST_HOUR, LAST_HOUR = 8, 18


@dataclass(frozen=True)
class Graded:
    """One grade, by whom, and of which children."""

    event: int
    at: datetime
    tool: str
    grade: str
    stage: str
    role: str
    by: str
    agency: str
    children: frozenset[int]

    @property
    def first(self) -> bool:
        """Whether it was set at the scene."""
        return self.stage == "initial" and self.role not in SPECIALIST


@dataclass(frozen=True)
class Pair:
    """A grade set at the scene, and the specialist's that followed it; None where nobody has looked again."""

    first: Graded
    second: Graded | None

    @property
    def moved(self) -> int:
        """By how many steps the specialist's is higher; 0 where they agree."""
        return GRADES.index(self.second.grade) - GRADES.index(self.first.grade) if self.second else 0


@dataclass(frozen=True)
class Agreement:
    """Of one officer, team, district or time of the week. `rate`: None where too few were looked at again to say."""

    name: str
    graded: int
    looked_at: int
    agreed: int
    raised: int
    lowered: int
    late: int
    rate: int | None


def pairs(graded: Iterable[Graded]) -> tuple[Pair, ...]:
    """Each grade set at the scene with the first specialist's of the same kind about one of its children, oldest first."""
    every = sorted(graded, key=lambda g: (g.at, g.event))
    again = [g for g in every if not g.first and (g.stage != "initial" or g.role in SPECIALIST)]
    return tuple(
        Pair(g, next((s for s in again if s.tool == g.tool and s.at >= g.at and s.children & g.children), None))
        for g in every
        if g.first
    )


def agreement(name: str, held: Sequence[Pair], limits: Limits, at: datetime) -> Agreement:
    """How far the specialist's grade agreed, with how many it rests on; `late`: those nobody had looked at within the time."""
    seen = [p for p in held if p.second]
    agreed = sum(1 for p in seen if not p.moved)
    late = sum(1 for p in held if (p.second.at if p.second else at) > limits.due("risk.second_review", p.first.at))
    enough = len(seen) >= limits.number("grading.fewest", at)
    return Agreement(name, len(held), len(seen), agreed, sum(1 for p in seen if p.moved > 0), sum(1 for p in seen if p.moved < 0), late,
                     round(100 * agreed / len(seen)) if enough else None)  # fmt: skip


def in_hours(at: datetime, limits: Limits) -> bool:
    """Whether that is a working day between eight and six, when a unit that works weekdays is there."""
    when = local(at)
    return limits.calendar.working(when.date()) and FIRST_HOUR <= when.hour < LAST_HOUR


def looks_at(role: str, tool: str) -> bool:
    """Whether a post looks again at grades of this kind."""
    return role in ALWAYS or FOR_ONE.get(role) == tool
