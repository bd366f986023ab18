"""What a rule is given: one person's chronology as known at a moment, those around them, and the limits in force. Imports no Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sightline.alerts.findings import Finding
from sightline.alerts.ties import NOT_HOMES, PARENTS, Tie, born, homes_on, lives_with, ties, turns
from sightline.chronology.reads import Reading, Reads, read_clock, read_until, take
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.clocks.spans import birthday, reaches
from sightline.kernel.moments import age_on, local, start_of

ADULT = 18
Where = Callable[[Happening], bool]
# Who lives with somebody on a day, what that rests on, and when it is next another; forgotten when a tie or a home is recorded.
Households = dict[tuple[int, date], tuple[frozenset[int], Reads, datetime | None]]


class World(Protocol):
    """Where chronologies come from: a ledger in memory, or the database. Everything in them was known by the moment asked about."""

    def chronology(self, person: int) -> Chronology:
        """One person's, by the links in force."""

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:
        """Those who have or had one of these homes."""

    @property
    def households(self) -> Households:
        """What was worked out and still holds."""


def _always(_: Happening) -> bool:
    return True


@dataclass(frozen=True)
class Case:
    """A person as a rule sees them at a moment. `own` holds every entry they are in, in any role, known by then.

    `found`: what the other rules found when they were asked about this person, due or not yet; for rules that are asked last.
    """

    subject: int
    moment: datetime
    world: World
    limits: Limits
    found: tuple[Finding, ...] = ()

    @property
    def as_of(self) -> datetime:
        """The moment. A rule that looks at it is asked again whenever anything of the subject's falls due."""
        read_clock()
        return self.moment

    @property
    def own(self) -> Chronology:
        """The subject's own chronology."""
        return self.world.chronology(self.subject)

    def chronology_of(self, person: int) -> Chronology:
        """Somebody else's, for rules declared with `around`."""
        return self.world.chronology(person)

    # What happened

    def of(self, *kinds: str, role: str | tuple[str, ...] = "child", where: Where = _always) -> tuple[Happening, ...]:
        """Entries of these kinds in which the subject has that role, oldest first. `role` empty: any."""
        roles = (role,) if isinstance(role, str) and role else tuple(role)
        return tuple(h for h in self.own.of_kind(*kinds) if h.concerns(self.subject, *roles) and where(h))

    def first(
        self, *kinds: str, since: datetime | None = None, until: datetime | None = None, where: Where = _always
    ) -> Happening | None:
        """The first entry of these kinds the subject is in, at or after `since` and before `until`."""
        for happening in self.own.of_kind(*kinds):
            if (
                (since is None or happening.at >= since)
                and (until is None or happening.at < until)
                and where(happening)
            ):
                return happening
        return None

    def last(
        self, *kinds: str, before: datetime | None = None, since: datetime | None = None, where: Where = _always
    ) -> Happening | None:
        """The last entry of these kinds the subject is in, at or before `before` and not before `since`."""
        for happening in reversed(self.own.of_kind(*kinds)):
            if (
                (before is None or happening.at <= before)
                and (since is None or happening.at >= since)
                and where(happening)
            ):
                return happening
        return None

    def within(self, *kinds: str, since: datetime, until: datetime, where: Where = _always) -> tuple[Happening, ...]:
        """Entries of these kinds from `since` up to and including `until`."""
        return tuple(h for h in self.own.of_kind(*kinds) if since <= h.at <= until and where(h))

    # Who they are, and who is around them

    @property
    def born(self) -> date | None:
        """The subject's date of birth; None where unknown, which is not the same as being an adult."""
        return self.own.once(born)

    def age(self, at: datetime) -> int | None:
        """Whole years at a moment; None where unknown."""
        return age_on(self.born, local(at).date()) if self.born else None

    def is_child(self, at: datetime | None = None) -> bool:
        """Under 18 at a moment (now, where none is given). Of unknown age counts as a child: protection comes first."""
        age = self.age(at or self.moment)
        if at is None and (grown := self.reaches(ADULT)) and grown > self.moment:
            read_until(grown)
        return age is None or age < ADULT

    def reaches(self, age: int) -> datetime | None:
        """The moment of a birthday; None where the date of birth is unknown."""
        return reaches(self.born, age) if self.born else None

    def birthday(self, age: int) -> date | None:
        """The day of a birthday; None where the date of birth is unknown."""
        return birthday(self.born, age) if self.born else None

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Everybody tied to the subject, whether or not the tie still holds."""
        return self.own.once(ties)

    def kin(self, *kinds: str, at: datetime | None = None) -> frozenset[int]:
        """Those who are one of these to the subject: `parent` gives the parents. No kinds: everybody tied to them."""
        on = self._day(at, self.own)
        return frozenset(t.other for t in self.ties if (not kinds or t.kind in kinds) and t.holds(on))

    def parents(self, at: datetime | None = None) -> frozenset[int]:
        """Parents, step-parents and carers."""
        return self.kin(*PARENTS, at=at)

    def homes(self, at: datetime | None = None) -> frozenset[int]:
        """Keys of the premises where the subject lives at a moment."""
        return homes_on(self.own, self._day(at, self.own))

    def household(self, at: datetime | None = None) -> frozenset[int]:
        """Those who live with the subject at a moment: said to, or at the same home, or living with somebody who does."""
        key = (self.subject, local(at or self.moment).date())
        if (kept := self.world.households.get(key)) is None:
            with Reading() as reads:
                found = self._household(key[1])
            changes = [day for person in reads.of for day in self.world.chronology(person).once(turns) if day > key[1]]
            kept = self.world.households[key] = (found, reads, start_of(min(changes)) if changes else None)
        found, reads, until = kept
        take(reads)
        if at is None and until is not None:
            read_until(until)
        return found

    def _household(self, on: date) -> frozenset[int]:
        near = self._beside(self.subject, on)
        beyond = {p for person in near for p in self._beside(person, on)}
        return (near | beyond) - {self.subject}

    def _beside(self, person: int, on: date) -> frozenset[int]:
        own = self.world.chronology(person)
        held = homes_on(own, on)
        there = (
            (p for p in self.world.sharing_home(held) if held & homes_on(self.world.chronology(p), on)) if held else ()
        )
        return lives_with(own.once(ties), on) | frozenset(there)

    def _day(self, at: datetime | None, own: Chronology) -> date:
        """The day asked about; where it is today, what is found holds until a tie or a home begins or ends."""
        on = local(at or self.moment).date()
        if at is None and (changes := [day for day in own.once(turns) if day > on]):
            read_until(start_of(min(changes)))
        return on

    def in_care_home(self, at: datetime | None = None) -> bool:
        """Whether an address said to hold now is an institution's."""
        entry = self.last("address.recorded", before=at or self.as_of)
        return entry is not None and entry.get("kind") in NOT_HOMES

    def other(self, person: int) -> Case:
        """The same moment for somebody else."""
        return Case(person, self.moment, self.world, self.limits)

    # Limits

    def due(self, limit: str, start: Happening) -> datetime:
        """When a limit that began to run with an entry runs out, by the law in force that day."""
        return self.limits.due(limit, start.at, precision=start.precision)

    def due_from(self, limit: str, start: datetime, *, precision: str = "minute") -> datetime:
        """When a limit that began to run at a moment runs out."""
        return self.limits.due(limit, start, precision=precision)

    def at_once(self, start: Happening) -> datetime:
        """When to say what must be said at once: as soon as it is known, leaving time for the entries that belong to it."""
        return self.limits.due("at_once", start.recorded_at)

    def number(self, limit: str, on: datetime | None = None) -> int:
        """How many, by what was in force."""
        return self.limits.number(limit, on or self.as_of)

    def say(self, limit: str, start: Happening) -> str:
        """A limit as a sentence has it."""
        return self.limits.say(limit, start.at)

    # What is found

    def finding(
        self,
        kind: str,
        cause: Happening,
        due_at: datetime,
        why: str,
        *,
        step: str = "",
        rests_on: Iterable[Happening] = (),
        concerns: Iterable[int] = (),
        subject: int | None = None,
        to: str = "",
        part: str = "",
    ) -> Finding:
        """A finding about the subject (or somebody named), concerning everyone in the cause who is named with them."""
        who = self.subject if subject is None else subject
        entries = tuple(dict.fromkeys((cause, *rests_on)))
        return Finding(
            kind, who, frozenset((who, self.subject, *concerns)), cause, due_at, why, entries, step, to, part
        )
