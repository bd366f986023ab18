"""Which alerts stand, as entries become known and time passes. Kept in memory; the same for a replay and for the database's own board.

An alert stands exactly where a rule finds it due. So what stands at a moment depends on what is known then, never on the order in
which it arrived; what was raised and cleared on the way is the history of what somebody would have been told.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sightline.alerts.case import ADULT, Case
from sightline.alerts.findings import Finding, Key, Rule
from sightline.alerts.world import Ledger
from sightline.chronology.view import ANY, Chronology, Happening, reading
from sightline.clocks.limits import Limits


@dataclass
class Raised:
    """One alert: what was found, when somebody was first told, and when it no longer stood."""

    finding: Finding
    raised_at: datetime
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found for somebody, and the kinds of entry it read to find it."""

    findings: tuple[Finding, ...]
    read: frozenset[str]


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


class Board:
    """Feeds a ledger, asks the rules about those touched, and keeps what stands."""

    def __init__(self, rules: Sequence[Rule], limits: Limits, heard: frozenset[str] | None = None) -> None:
        self.asking, self.limits, self.ledger = Asking(tuple(rules), heard), limits, Ledger()
        self.alerts: dict[Key, Raised] = {}
        self.open: dict[Key, set[int]] = defaultdict(set)  # whose chronologies hold it up
        self._found: dict[int, dict[Rule, Found]] = defaultdict(dict)
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # there are few different ones: each is held once
        self._standing: dict[int, dict[Key, Finding]] = defaultdict(dict)
        self._wakes: list[tuple[datetime, int]] = []
        self._next: dict[int, datetime] = {}

    def prepare(self, backdrop: Iterable[Happening]) -> None:
        """What was known before anything happened: nobody is told of it by itself."""
        for happening in backdrop:
            self.ledger.add(happening)

    def feed(self, happenings: Iterable[Happening], at: datetime, *, gone: Iterable[Happening] = ()) -> None:
        """Entries that become known at a moment, and those that no longer stand from then."""
        self._pass(lambda due: due < at)  # what is done at the very moment at which it is due is done in time
        touched, kinds = set[int](), set[str]()
        for happening in gone:
            touched |= self.ledger.take_back(happening)
            kinds.add(happening.kind)
        for happening in happenings:
            touched |= self.ledger.add(happening)
            kinds.add(happening.kind)
        for person in sorted(self.ledger.near(touched)):
            self._ask(person, at, self._may_change(person, kinds, themselves=person in touched))

    def run(self, until: datetime) -> None:
        """Let time pass, up to and including a moment."""
        self._pass(lambda due: due <= until)

    def _pass(self, come: Callable[[datetime], bool]) -> None:
        while self._wakes and come(self._wakes[0][0]):
            at, person = heapq.heappop(self._wakes)
            if self._next.get(person) == at:
                self._ask(person, at, list(self._found[person]))

    def _may_change(self, person: int, kinds: set[str], *, themselves: bool) -> list[Rule]:
        """The rules to ask again when entries of these kinds arrive: those that read one of them last time; all, where nobody has asked yet.

        Somebody near may be known only by who they are (a child at home) until what is learnt of another makes a rule speak of them.
        """
        own, held, read = self.ledger.chronology(person), self._found.get(person), kinds | {ANY}
        if held is None:
            return list(self.asking.asked(own))
        again = [r for r, found in held.items() if (themselves or r.around) and not read.isdisjoint(found.read)]
        return again + ([r for r in self.asking.asked(own, kinds) if r not in held] if themselves else [])

    def _ask(self, person: int, at: datetime, rules: Sequence[Rule]) -> None:
        if not rules:
            return
        case, held = Case(person, at, self.ledger, self.limits), self._found[person]
        for rule in rules:
            with reading() as read:
                found = tuple(rule.find(case))
            held[rule] = Found(found, self._sets.setdefault(frozenset(read), frozenset(read)))
        every = [f for found in held.values() for f in found.findings]
        self._settle(person, {f.key: f for f in every if f.due_at <= at}, at)
        later = [f.due_at for f in every if f.due_at > at]
        if every and (grown := case.reaches(ADULT)) and grown > at:
            later.append(grown)
        self._wake(person, min(later, default=None))

    def _wake(self, person: int, at: datetime | None) -> None:
        if at is None:
            self._next.pop(person, None)
        elif self._next.get(person) != at:
            self._next[person] = at
            heapq.heappush(self._wakes, (at, person))

    def _settle(self, person: int, due: dict[Key, Finding], at: datetime) -> None:
        for key in self._standing[person].keys() - due.keys():
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
