"""Limits by name: how long or how many, from what source, in force from when and where. Slices declare them in `clocks.py`.

A limit that is a local default may be changed by a partnership, from a date, by a named person; law and guidance may not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property

from sightline.clocks.calendar import Calendar, calendar
from sightline.clocks.spans import Days, Hours, Minutes, Span
from sightline.kernel.discovery import declared
from sightline.kernel.law import Source, Standing
from sightline.kernel.moments import local

ENGLAND, WALES = "england", "wales"


@dataclass(frozen=True)
class Limit:
    """How long (a span) or how many (a number), and why. Several of one name are its versions by date and nation.

    `nation` empty: both. The version whose source was in force on the day the clock started is the one that counts.
    """

    name: str
    value: Span | int
    source: Source
    means: str = ""
    nation: str = ""


@dataclass(frozen=True)
class LocalLimit:
    """A partnership's own value for a limit that is a local default: from a date, decided by somebody, for a reason."""

    name: str
    value: Span | int
    from_on: date
    decided_by: str
    reason: str = ""


class NoLimit(LookupError):
    """No version of a limit was in force on that day: a fault in the declarations, never a reason to stay silent."""


def local_default(why: str = "", provision: str = "", *, since: date | None = None, checked: str = "") -> Source:
    """The source of a limit that a partnership may change: nobody's law, our proposal. `since`: where law or guidance gave a number before."""
    named = provision or why or "local default"
    return Source(
        "Sightline", named, Standing.LOCAL, edition="2026", in_force_from=since, confirmed=True, checked=checked
    )


AT_ONCE = Limit(
    "at_once",
    Minutes(3),
    local_default("entries of one act arrive minutes apart; what is to be told at once waits for them so long"),
    "what is told at once waits this long for the entries that belong to it",
)
CLIMBS = Limit("alert.climbs", Hours(24), local_default(), "nobody answers an alert: the next on the ladder is told")
CLIMBS_FAST = Limit(
    "alert.climbs.fast",
    Hours(1),
    local_default(provision="CP-20"),
    "the same, where the time agreed was short: an agreed separation or move",
)
SHORT_TIME = Limit(
    "alert.short_time",
    Hours(24),
    local_default(provision="CP-20"),
    "a time agreed that is short, so that its alert climbs by the hour",
)
ANSWERED = Limit("alert.answered", Hours(72), local_default(), "an answer lets an alert stand before it is told again")
OPENS = Limit("alert.opens", Days(28), local_default(), "an alert opens a child's record to those who must act on it")
SEARCH_OPENS = Limit(
    "first_contact.opens", Hours(12), local_default(), "a search with a typed reason opens the records of those found"
)
DUTY = Limit("duty.longest", Days(31), local_default(), "a turn of duty; longer is not a turn but a post")
SHOWS = Limit(
    "source.shows",
    Days(28),
    local_default(),
    "a system new here counts as able to send what it is declared to send; after that, what it has ever sent",
)
OF_WORKING = (AT_ONCE, CLIMBS, CLIMBS_FAST, SHORT_TIME, ANSWERED, OPENS, SEARCH_OPENS, DUTY, SHOWS)


@cache
def limits_declared() -> dict[str, tuple[Limit, ...]]:
    """Every declared limit by name, versions oldest first."""
    found: dict[str, list[Limit]] = {}
    for limit in (*OF_WORKING, *declared("clocks", Limit)):
        found.setdefault(limit.name, []).append(limit)
    return {name: tuple(sorted(held, key=lambda v: v.source.in_force_from or date.min)) for name, held in found.items()}


@dataclass(frozen=True)
class Limits:
    """What holds in one place: the nation's versions of the rules, and the partnership's own limits."""

    nation: str = ENGLAND
    local: tuple[LocalLimit, ...] = ()
    known: Mapping[str, tuple[Limit, ...]] = field(default_factory=limits_declared)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of this nation."""
        return calendar(self.nation)

    @cached_property
    def _held(self) -> dict[tuple[str, date], Span | int]:
        return {}

    def value(self, name: str, day: date) -> Span | int:
        """How long or how many, by what was in force on a day. Raises NoLimit."""
        if (name, day) not in self._held:
            self._held[name, day] = self._in_force(name, day)
        return self._held[name, day]

    def _in_force(self, name: str, day: date) -> Span | int:
        version = self.version(name, day)
        own = [x for x in self.local if x.name == name and x.from_on <= day]
        if own and version.source.standing is Standing.LOCAL:
            return max(own, key=lambda x: x.from_on).value
        return version.value

    def version(self, name: str, day: date) -> Limit:
        """The declared version in force on a day, this nation's own before one for both. Raises NoLimit."""
        held = [v for v in self.known.get(name, ()) if v.nation in ("", self.nation) and v.source.in_force(day)]
        if not held:
            raise NoLimit(f"no limit called {name} in {self.nation} on {day}")
        return max(held, key=lambda v: (v.nation == self.nation, v.source.in_force_from or date.min))

    def due(self, name: str, start: datetime, *, precision: str = "minute") -> datetime:
        """When a clock that started then runs out, by the law in force on its starting date. Raises NoLimit, TypeError for a number."""
        span = self.value(name, local(start).date())
        if isinstance(span, int):
            raise TypeError(f"{name} is a number, not a time")
        return span.after(start, self.calendar, precision=precision)

    def number(self, name: str, on: datetime) -> int:
        """How many. Raises NoLimit, TypeError for a time."""
        count = self.value(name, local(on).date())
        if not isinstance(count, int):
            raise TypeError(f"{name} is a time, not a number")
        return count

    def say(self, name: str, on: datetime) -> str:
        """As a sentence has it: `15 minutes`, `3`."""
        return str(self.value(name, local(on).date()))

    def changed(self, own: Iterable[LocalLimit]) -> Limits:
        """The same place with other limits of its own, as for asking what a change would have done."""
        return Limits(self.nation, (*self.local, *own), self.known)
