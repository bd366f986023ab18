"""What goes on about somebody, and whom it names: every course that is not over, and what slices declare besides. Imports no Django.

A slice declares what is no course as a `GoesOn` in its rules.py. Nothing is kept: a late or corrected entry puts it right by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from sightline.chronology.courses import MADE_HERE, Course, Run, runs
from sightline.chronology.reads import Reading
from sightline.chronology.standing import Standing
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.discovery import declared

Entries = Callable[[Chronology, datetime], Iterable[Happening]]


@dataclass(frozen=True)
class GoesOn:
    """What is open without being a course. `of`: the entries on which it rests as long as it goes on; `keeps` as a course has it."""

    key: str
    of: Entries
    keeps: bool = False


@dataclass(frozen=True)
class Work:
    """One thing that goes on about somebody, or went on (`over`), and the entries that say so."""

    key: str
    entries: tuple[Happening, ...]
    over: bool
    keeps: bool = False

    @cached_property
    def says(self) -> frozenset[str]:
        """Every word by itself that its entries hold: whose they are, who wrote them, whom their fields name."""
        return frozenset(w for e in self.entries for w in (e.agency, e.by, *_words(e.data)) if w)

    @cached_property
    def accounts(self) -> frozenset[int]:
        """The accounts of those who wrote its entries here."""
        return frozenset(a for e in self.entries if isinstance(a := e.get("account"), int))

    @cached_property
    def last_at(self) -> datetime:
        """When the newest of its entries was learnt."""
        return max(e.recorded_at for e in self.entries)


def _words(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for value in said.values():
            yield from _words(value)
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _words(value)


def work_of(known: Chronology, as_of: datetime) -> tuple[Work, ...]:
    """All that goes on or went on about one person, from what was known at that moment.

    A run of which no step was taken here is its own system's to tell of, and that seldom says that it ended: unless it `keeps`, it counts by
    its newest entry and no longer. What is owed on it here is on somebody's work list.
    """
    found = [
        Work(course.key, run.entries, run.over or not (course.keeps or _taken_here(run)), course.keeps)
        for course in _courses()
        for run in runs(course, known)
    ]
    return (*found, *(work for one in _besides_courses() for work in _besides(one, known, as_of)))


@cache
def _courses() -> tuple[Course, ...]:
    return tuple(declared("rules", Course))


@cache
def _besides_courses() -> tuple[GoesOn, ...]:
    return tuple(declared("rules", GoesOn))


def _taken_here(run: Run) -> bool:
    return any(e.source == MADE_HERE for e in run.entries)


def _besides(one: GoesOn, known: Chronology, as_of: datetime) -> Iterator[Work]:
    """As it is now; and, as what went on, every entry that it was worked out from: when it ended is among them."""
    with Reading() as reads:
        now = tuple(one.of(known, as_of))
    if now:
        yield Work(one.key, now, over=False, keeps=one.keeps)
    if past := known.of_kind(*sorted(reads.of.get(known.subject, ()))):
        yield Work(one.key, past, over=True, keeps=one.keeps)


def while_it_stands(derive: Callable[[Chronology, datetime], Iterable[Standing]], *kinds: str) -> Entries:
    """As long as a standing fact holds, of some kinds where any are named: the entries that it rests on."""

    def of(chronology: Chronology, as_of: datetime) -> Iterator[Happening]:
        holds = [s for s in derive(chronology, as_of) if s.holds and (not kinds or s.kind in kinds)]
        rests_on = {event for s in holds for event in s.rests_on}
        return (h for h in chronology.happenings if h.event_id in rests_on)

    return of


def until_ended(began: str, *ended: str) -> Entries:
    """From an entry that begins it until one that ends it: of its own row, or a later one of its source whose row began nothing."""

    def of(chronology: Chronology, as_of: datetime) -> Iterator[Happening]:
        begins = [e for e in chronology.of_kind(began) if e.at <= as_of]
        rows = {_row(e) for e in begins}
        ends = [e for e in chronology.of_kind(*ended) if e.at <= as_of]
        own = {_row(e) for e in ends}
        for begun in begins:
            later = (e for e in ends if _row(e) not in rows and e.source == begun.source and e.at >= begun.at)
            if _row(begun) not in own and not any(later):
                yield begun

    return of


def _row(entry: Happening) -> tuple[str, str]:
    return entry.source, entry.ref.partition("#")[0].rpartition("/")[0] or entry.ref
