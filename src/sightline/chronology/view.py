"""What rules see: the events about one person (and, where asked, those around them), in order, as known at a moment. Immutable."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar, cast

from sightline.chronology.reads import ANY, Reading, read

T = TypeVar("T")
IN_ORDER = attrgetter("at", "recorded_at", "source", "ref", "event_id")


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
    withheld: tuple[str, ...] = ()  # fields that are supplied and not given to this viewer

    def __hash__(self) -> int:
        """By what it is, not by what it says."""
        return hash((self.event_id, self.source, self.ref))

    def get(self, field: str) -> Any:
        """The field's value, or None where it is unknown."""
        return self.data.get(field)

    def concerns(self, person: int, *roles: str) -> bool:
        """Whether the person is in this event, in one of the roles where any are named."""
        for role, held in self.people.items():  # noqa: SIM110 - asked a million times in a replay, and any() costs three times as much
            if person in held and (not roles or role in roles):
                return True
        return False


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

    def plus(self, entry: Happening) -> Chronology:
        """The same with one more entry that stands; what was worked out and does not rest on its kind is kept."""
        place = bisect_right(self.happenings, IN_ORDER(entry), key=IN_ORDER)
        return self._with((*self.happenings[:place], entry, *self.happenings[place:]), entry)

    def minus(self, entry: Happening) -> Chronology:
        """The same without an entry that stood."""
        return self._with(tuple(h for h in self.happenings if h.event_id != entry.event_id), entry)

    def _with(self, happenings: tuple[Happening, ...], changed: Happening) -> Chronology:
        new = Chronology(self.subject, happenings, self.past)
        if "kinds" in self.__dict__:
            same = tuple(h for h in new.happenings if h.kind == changed.kind)
            new.__dict__["kinds"] = MappingProxyType({**self.kinds, changed.kind: same})
        if "_once" in self.__dict__:
            touched = {ANY, changed.kind}
            new.__dict__["_once"] = {
                make: kept for make, kept in self.__dict__["_once"].items() if touched.isdisjoint(kept[1])
            }
        return new

    def where(self, shown: Callable[[Happening], Happening | None]) -> Chronology:
        """The same chronology with each event as `shown` gives it; None leaves it out."""
        every = [[new for h in held if (new := shown(h)) is not None] for held in (self.happenings, self.past)]
        return Chronology(self.subject, tuple(every[0]), tuple(every[1]))

    def __iter__(self) -> Iterator[Happening]:
        return iter(self.everything())

    def __len__(self) -> int:
        read(self.subject, (ANY,))
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
            with Reading() as reads:
                value = make(self)
            kept[make] = (value, frozenset(reads.of.get(self.subject, ())))
        value, kinds = kept[make]
        read(self.subject, kinds)
        return cast(T, value)

    def everything(self) -> tuple[Happening, ...]:
        """Every entry that stands, of whatever kind, oldest first."""
        read(self.subject, (ANY,))
        return self.happenings

    def of_kind(self, *kinds: str) -> tuple[Happening, ...]:
        """Those of these kinds, oldest first."""
        read(self.subject, kinds)
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], ())
        found = [held for kind in dict.fromkeys(kinds) if (held := self.kinds.get(kind))]
        if len(found) < 2:
            return found[0] if found else ()
        return tuple(sorted((h for held in found for h in held), key=IN_ORDER))

    def latest(self, *kinds: str) -> Happening | None:
        """The last of these kinds, or None."""
        found = self.of_kind(*kinds)
        return found[-1] if found else None


def frozen(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read-only, so that no rule changes what another sees."""
    return MappingProxyType(dict(data))
