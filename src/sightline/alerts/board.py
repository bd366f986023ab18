"""Which alerts stand, as entries become known and time passes. Kept in memory; the same for a replay and for the database's own board.

An alert stands exactly where a rule finds it due. So what stands at a moment depends on what is known then, never on the order in
which it arrived; what was raised and cleared on the way is the history of what somebody would have been told.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sightline.alerts.case import ADULT, Case
from sightline.alerts.findings import Finding, Key, Rule
from sightline.alerts.world import Ledger
from sightline.chronology.reads import ANY, Reading, Reads
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits


@dataclass
class Raised:
    """One alert: what was found, when somebody was first told, and when it no longer stood."""

    finding: Finding
    raised_at: datetime
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found for somebody, and what it read to find it."""

    findings: tuple[Finding, ...]
    read: Mapping[int, frozenset[str]]
    homes: frozenset[int]
    clock: bool
    until: datetime | None

    def may_change(self, came: Came) -> bool:
        """Whether what came is of a kind that was read of somebody to whom it came, or somebody is new at a home that was read."""
        for person, kinds in came.kinds.items():
            read = self.read.get(person)
            if read is not None and (ANY in read or not read.isdisjoint(kinds)):
                return True
        return not self.homes.isdisjoint(came.homes)

    def lapses(self, at: datetime) -> bool:
        """Whether the clock alone may have changed it."""
        return self.clock or (self.until is not None and self.until <= at)


class Came:
    """What became known, or no longer stands, at one moment: of whom which kinds, and the homes of those who moved."""

    def __init__(self) -> None:
        self.kinds: dict[int, set[str]] = {}
        self.homes: set[int] = set()

    def add(self, people: Iterable[int], kind: str) -> None:
        """An entry about some people."""
        for person in people:
            self.kinds.setdefault(person, set()).add(kind)


@dataclass(frozen=True)
class Asking:
    """The rules of an installation, by the kinds they look at. A rule sleeps where no system here ever sends anything that would answer it.

    `heard`: the kinds of entry that systems here send; None where all do, as in a case written as a file.
    """

    rules: tuple[Rule, ...]
    heard: frozenset[str] | None = None

    @cached_property
    def awake(self) -> tuple[Rule, ...]:
        """Those whose silence means something here."""
        return tuple(r for r in self.rules if self.heard is None or not r.answers or self.heard & set(r.answers))

    @cached_property
    def _by_kind(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.awake):
            for kind in rule.on:
                found[kind].append(number)
        return {kind: tuple(numbers) for kind, numbers in found.items()}

    def asked(self, own: Chronology, kinds: Iterable[str] | None = None) -> tuple[Rule, ...]:
        """The rules that have anything to look at in a chronology, or in its entries of these kinds."""
        numbers = {n for kind in (own.kinds if kinds is None else kinds) for n in self._by_kind.get(kind, ())}
        return tuple(self.awake[n] for n in sorted(numbers) if _concerned(self.awake[n], own))


def _concerned(rule: Rule, own: Chronology) -> bool:
    return any(h.concerns(own.subject, *rule.roles) for kind in rule.on for h in own.kinds.get(kind, ()))


def next_asked(case: Case, findings: Iterable[Finding], until: Iterable[datetime | None]) -> datetime | None:
    """When somebody must be asked again by the clock alone: something falls due, a birthday comes, or what was read is another."""
    every = tuple(findings)
    later = [f.due_at for f in every] + [moment for moment in until if moment]
    if every and (grown := case.reaches(ADULT)):
        later.append(grown)
    return min((moment for moment in later if moment > case.moment), default=None)


class Board:
    """Feeds a ledger, asks the rules about those touched, and keeps what stands."""

    def __init__(self, rules: Sequence[Rule], limits: Limits, heard: frozenset[str] | None = None) -> None:
        self.asking, self.limits, self.ledger = Asking(tuple(rules), heard), limits, Ledger()
        self.alerts: dict[Key, Raised] = {}
        self.open: dict[Key, set[int]] = defaultdict(set)  # whose chronologies hold it up
        self._found: dict[int, dict[Rule, Found]] = {}
        self._readers: dict[int, set[int]] = defaultdict(set)  # by whose chronology was read
        self._at_home: dict[int, set[int]] = defaultdict(set)  # by the premises that were read
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # there are few different ones: each is held once
        self._standing: dict[int, dict[Key, Finding]] = {}
        self._wakes: list[tuple[datetime, int]] = []
        self._next: dict[int, datetime] = {}

    def prepare(self, backdrop: Iterable[Happening]) -> None:
        """What was known before anything happened: nobody is told of it by itself."""
        for happening in backdrop:
            self.ledger.add(happening)

    def feed(self, happenings: Iterable[Happening], at: datetime, *, gone: Iterable[Happening] = ()) -> None:
        """Entries that become known at a moment, and those that no longer stand from then."""
        self._pass(lambda due: due < at)  # what is done at the very moment at which it is due is done in time
        came = Came()
        for happening in gone:
            came.add(self.ledger.take_back(happening), happening.kind)
        for happening in happenings:
            touched = self.ledger.add(happening)
            came.add(touched, happening.kind)
            if happening.kind == "address.recorded":
                came.homes.update(home for person in touched for home in self.ledger.homes_of(person))
        for person in sorted(self._reached(came)):
            if again := self._may_change(person, came):
                self._ask(person, at, again)

    def _reached(self, came: Came) -> set[int]:
        """Those to whom something came, who read of them or of their homes, and whoever is near them and was never asked."""
        reached = set(came.kinds)
        for person in came.kinds:
            reached |= self._readers.get(person, frozenset())
        for home in came.homes:
            reached |= self._at_home.get(home, frozenset())
        return reached | {p for p in self.ledger.near(came.kinds) if p not in self._found}

    def run(self, until: datetime) -> None:
        """Let time pass, up to and including a moment."""
        self._pass(lambda due: due <= until)

    def _pass(self, come: Callable[[datetime], bool]) -> None:
        while self._wakes and come(self._wakes[0][0]):
            at, person = heapq.heappop(self._wakes)
            if self._next.get(person) == at:
                self._ask(person, at, [r for r, found in self._found[person].items() if found.lapses(at)])

    def _may_change(self, person: int, came: Came) -> list[Rule]:
        """The rules to ask again when entries arrive: those that read any of it last time; all, where nobody has asked yet.

        Somebody near may be known only by who they are (a child at home) until what is learnt of another makes a rule speak of them.
        """
        held = self._found.get(person)
        if held is None:
            return list(self.asking.asked(self.ledger.chronology(person)))
        again = [r for r, found in held.items() if found.may_change(came)]
        if kinds := came.kinds.get(person):
            again += [r for r in self.asking.asked(self.ledger.chronology(person), kinds) if r not in held]
        return again

    def _ask(self, person: int, at: datetime, rules: Sequence[Rule]) -> None:
        case, held = Case(person, at, self.ledger, self.limits), self._found.setdefault(person, {})
        for rule in rules:
            with Reading() as reads:
                found = tuple(rule.find(case))
            held[rule] = self._noted(person, found, reads)
        every = [f for found in held.values() for f in found.findings]
        self._settle(person, {f.key: f for f in every if f.due_at <= at}, at)
        self._wake(person, next_asked(case, every, (found.until for found in held.values())))

    def _noted(self, person: int, findings: tuple[Finding, ...], reads: Reads) -> Found:
        for other in reads.of:
            if other != person:
                self._readers[other].add(person)
        for home in reads.homes:
            self._at_home[home].add(person)
        read = {p: self._one(frozenset(kinds)) for p, kinds in reads.of.items()}
        return Found(findings, read, frozenset(reads.homes), reads.clock, reads.until)

    def _one(self, kinds: frozenset[str]) -> frozenset[str]:
        return self._sets.setdefault(kinds, kinds)

    def _wake(self, person: int, at: datetime | None) -> None:
        if at is None:
            self._next.pop(person, None)
        elif self._next.get(person) != at:
            self._next[person] = at
            heapq.heappush(self._wakes, (at, person))

    def _settle(self, person: int, due: dict[Key, Finding], at: datetime) -> None:
        for key in self._standing.get(person, {}).keys() - due.keys():
            self.open[key].discard(person)
            if not self.open[key]:
                self.alerts[key].cleared_at = at
        for key, finding in due.items():
            held = self.alerts.get(key)
            if held is None:
                self.alerts[key] = Raised(finding, at)
            else:
                held.finding, held.cleared_at = finding, None
            self.open[key].add(person)
        self._standing[person] = due
