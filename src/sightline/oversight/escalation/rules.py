"""The course of an escalation, the tiers it climbs, and when it is the partnership's. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sightline.chronology.courses import BEGIN, MADE_HERE, Course, Run, Step, runs
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.dated import Dated, read_dated

HIGHER = tuple(range(2, 10))
ESCALATION = Course(
    "escalation",
    "An escalation",
    {
        "raised": "it waits for an answer",
        "resolved": "it was answered, and is said to be resolved",
        "unresolved": "it was answered, and is not resolved",
        "settled": "the partnership decided on it",
    },
    (
        Step("escalation.raised", ("raised", "resolved", "unresolved"), "raised", "take it a tier higher", ("level", HIGHER)),
        Step("escalation.raised", (BEGIN,), "raised", "raise"),
        Step("escalation.answered", ("raised",), "resolved", "answer: resolved", ("resolved", (True,))),
        Step("escalation.answered", ("raised",), "unresolved", "answer: not resolved"),
        Step("escalation.settled", ("raised", "unresolved"), "settled", "decide at the partnership"),
    ),
    ends=("resolved", "settled"),
)  # fmt: skip


def escalations(chronology: Chronology) -> tuple[Run, ...]:
    """Every escalation about somebody, oldest first: those that stand by themselves, and challenges raised from the page of another thing.

    A challenge belongs to the run it was raised from, as a referral; it climbs the same tiers by the same clock.
    """
    return tuple(
        sorted((*runs(ESCALATION, chronology), *_challenges(chronology)), key=lambda r: (r.first.at, r.first.event_id))
    )


def raised_from(run: Run) -> str:
    """The key of the run from whose page it was raised; empty for one that stands by itself."""
    key, step, _ = run.first.ref.partition("#")
    return key if step else ""


def _challenges(chronology: Chronology) -> Iterator[Run]:
    growing: dict[str, Run] = {}
    for entry in chronology.of_kind(*ESCALATION.kinds):
        under, named, _ = entry.ref.partition("#")
        if entry.source != MADE_HERE or not named or under.startswith(f"{MADE_HERE}:{ESCALATION.key}/"):
            continue
        held = growing.get(under)
        step = ESCALATION.step(held.state, entry.kind, entry.data) if held else None
        if held and step:
            growing[under] = replace(held, state=step.to or held.state, entries=(*held.entries, entry))
        elif begun := ESCALATION.step(BEGIN, entry.kind, entry.data):
            if held:
                yield held
            growing[under] = Run(ESCALATION, entry, begun.to, (entry,))
    yield from growing.values()


def challenge_in(run: Run) -> Run | None:
    """What was challenged in the run of another thing, as an escalation of its own; the newest."""
    found = list(_challenges(Chronology.of(0, run.entries)))
    return found[-1] if found else None


@dataclass(frozen=True)
class Tier:
    """One tier: what it is called, and the roles that hold it where an agency has named nobody."""

    level: int
    called: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Ladder:
    """The tiers in force, who sits for the partnership, and which unanswered alerts call for an escalation to which kind of agency."""

    decided_by: str
    partnership: tuple[str, ...]
    tiers: tuple[Tier, ...]
    criteria: Mapping[str, str]

    @property
    def last(self) -> int:
        """The highest tier; above it is the partnership."""
        return self.tiers[-1].level

    def leads(self, role: str) -> bool:
        """Whether a role answers for an agency at any tier, or sits for the partnership."""
        return role in self.partnership or any(role in t.roles for t in self.tiers)

    def tier(self, level: int) -> Tier:
        """A tier by its number; what lies above the last is the last."""
        return next((t for t in self.tiers if t.level == level), self.tiers[-1])


@cache
def _ladders() -> Dated[Ladder]:
    return read_dated(Path(__file__).parent / "tiers.yaml", "tiers", _ladder)


def ladder_on(day: date) -> Ladder:
    """The tiers in force on a day."""
    return _ladders().on(day)


def _ladder(row: Mapping[str, Any]) -> Ladder:
    tiers = tuple(Tier(t["level"], t["called"], tuple(t["roles"])) for t in row["levels"])
    return Ladder(row["decided_by"], tuple(row["partnership"]), tiers, row["criteria"])


def raised(run: Run) -> Happening:
    """The entry by which it was last taken to somebody."""
    return run.last("escalation.raised") or run.first


def level(run: Run) -> int:
    """The tier it has reached."""
    return max(int(e.get("level") or 1) for e in run.of("escalation.raised"))


def overdue(run: Run, due: datetime, at: datetime) -> bool:
    """Whether it waits for an answer beyond its time."""
    return run.state == "raised" and due < at


def for_partnership(run: Run, due: datetime, at: datetime, last: int) -> bool:
    """Whether no tier has resolved it: the last has answered without resolving it, or not in time, or its answer is challenged in turn."""
    at_last = sum(1 for e in run.of("escalation.raised") if int(e.get("level") or 1) >= last)
    again = at_last > 1 and run.state == "raised"
    return level(run) >= last and (run.state == "unresolved" or again or overdue(run, due, at))
