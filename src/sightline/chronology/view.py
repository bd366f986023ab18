"""What rules see: the events about one person (and, where asked, those around them), in order, as known at a moment. Immutable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar, cast

T = TypeVar("T")
IN_ORDER = attrgetter("at", "recorded_at", "source", "ref", "event_id")


ANY = "*"  # read where a rule looks at every kind
_READING: ContextVar[set[str] | None] = ContextVar("reading", default=None)


@contextmanager
def reading() -> Iterator[set[str]]:
    """The kinds of entry that are asked for meanwhile: what does not concern them cannot change what was found."""
    kinds: set[str] = set()
    token = _READING.set(kinds)
    try:
        yield kinds
    finally:
        _READING.reset(token)


def _read(kinds: Iterable[str]) -> None:
    held = _READING.get()
    if held is not None:
        held.update(kinds)


@dataclass(frozen=True)
class Happening:
    """One event. `people` maps roles to person ids; `data` holds only what was supplied, so a missing field is unknown."""

    event_id: int
    kind: str
    at: datetime
    recorded_at: datetime
    received_at: datetime
    precision: str
    source: str
    ref: str
    agency: str
    by: str
    people: Mapping[str, tuple[int, ...]]
    place: str
    premises_key: int | None
    note: str
    data: Mapping[str, Any]
    replaced_known_at: datetime | None = None  # when a source knew better: a later version, or a correction
    replaced_held_at: datetime | None = None  # when that reached us
    pointer: bool = False  # that it is held, and whom to ask: content withheld

    def __hash__(self) -> int:
        """By what it is, not by what it says."""
        return hash((self.event_id, self.source, self.ref))

    def get(self, field: str) -> Any:
        """The field's value, or None where it is unknown."""
        return self.data.get(field)

    def concerns(self, person: int, *roles: str) -> bool:
        """Whether the person is in this event, in one of the roles where any are named."""
        return any(person in held for role, held in self.people.items() if not roles or role in roles)


@dataclass(frozen=True)
class Chronology:
    """Events about one subject that stand, oldest first. `past`: versions replaced since, which stood at earlier moments."""

    subject: int
    happenings: tuple[Happening, ...]
    past: tuple[Happening, ...] = ()

    @classmethod
    def of(cls, subject: int, happenings: Iterable[Happening]) -> Chronology:
        """In order: when it happened, when it was learnt, then a stable order that does not depend on arrival."""
        ordered = sorted(happenings, key=IN_ORDER)
        standing = tuple(h for h in ordered if h.replaced_held_at is None)
        return cls(subject, standing, tuple(h for h in ordered if h.replaced_held_at is not None))

    def where(self, shown: Callable[[Happening], Happening | None]) -> Chronology:
        """The same chronology with each event as `shown` gives it; None leaves it out."""
        every = [[new for h in held if (new := shown(h)) is not None] for held in (self.happenings, self.past)]
        return Chronology(self.subject, tuple(every[0]), tuple(every[1]))

    def __iter__(self) -> Iterator[Happening]:
        return iter(self.happenings)

    def __len__(self) -> int:
        return len(self.happenings)

    def known_by(self, moment: datetime) -> Chronology:
        """What the sources had learnt by then: a version that was corrected later stands as it stood."""
        return self._as_of(moment, lambda h: (h.recorded_at, h.replaced_known_at))

    def held_by(self, moment: datetime) -> Chronology:
        """What this installation held by then: for asking what was on screen when something was decided."""
        return self._as_of(moment, lambda h: (h.received_at, h.replaced_held_at))

    def _as_of(self, moment: datetime, times: Callable[[Happening], tuple[datetime, datetime | None]]) -> Chronology:
        standing: list[Happening] = []
        past: list[Happening] = []
        for happening in (*self.happenings, *self.past):
            learnt, replaced = times(happening)
            if learnt <= moment:
                (past if replaced is not None and replaced <= moment else standing).append(happening)
        return Chronology(self.subject, tuple(sorted(standing, key=IN_ORDER)), tuple(sorted(past, key=IN_ORDER)))

    @cached_property
    def kinds(self) -> Mapping[str, tuple[Happening, ...]]:
        """Those that stand, by kind, oldest first."""
        found: dict[str, list[Happening]] = {}
        for happening in self.happenings:
            found.setdefault(happening.kind, []).append(happening)
        return MappingProxyType({kind: tuple(held) for kind, held in found.items()})

    def once(self, make: Callable[[Chronology], T]) -> T:
        """Something derived from this chronology alone, worked out the first time it is asked for."""
        kept: dict[Any, tuple[Any, frozenset[str]]] = self.__dict__.setdefault("_once", {})
        if make not in kept:
            with reading() as read:
                value = make(self)
            kept[make] = (value, frozenset(read))
        value, read_then = kept[make]
        _read(read_then)
        return cast(T, value)

    def everything(self) -> tuple[Happening, ...]:
        """Every entry that stands, of whatever kind, oldest first."""
        _read((ANY,))
        return self.happenings

    def of_kind(self, *kinds: str) -> tuple[Happening, ...]:
        """Those of these kinds, oldest first."""
        _read(kinds)
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], ())
        return tuple(sorted((h for kind in dict.fromkeys(kinds) for h in self.kinds.get(kind, ())), key=IN_ORDER))

    def latest(self, *kinds: str) -> Happening | None:
        """The last of these kinds, or None."""
        found = self.of_kind(*kinds)
        return found[-1] if found else None


def frozen(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read-only, so that no rule changes what another sees."""
    return MappingProxyType(dict(data))
