"""Asking the rules about somebody: which have anything to look at, what they find and read, and what that changes of what stands.

One logic for the board in memory and for the database: each keeps what `moves` gives in its own way. Imports no Django.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sightline.alerts.case import ADULT, Case
from sightline.alerts.findings import Finding, Key, Rule
from sightline.chronology.courses import MADE_HERE
from sightline.chronology.reads import ANY, Reading
from sightline.chronology.view import Chronology


class Came:
    """What became known, or no longer stands, at one moment: of whom which kinds, and the homes of those who moved."""

    def __init__(self) -> None:
        self.kinds: dict[int, set[str]] = {}
        self.homes: set[int] = set()

    def add(self, people: Iterable[int], kind: str) -> None:
        """An entry about some people."""
        for person in people:
            self.kinds.setdefault(person, set()).add(kind)


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


Answers = dict[Rule, Found]


@dataclass(frozen=True)
class Turn:
    """What asking about one person came to: what is due, which keys they held up and no longer do, and when to ask again by the clock alone."""

    due: Mapping[Key, tuple[Finding, Rule]]
    over: frozenset[Key]
    again: datetime | None


@dataclass(frozen=True)
class Asking:
    """The rules of an installation, by the kinds they look at. A rule sleeps where no system here ever sends anything that would answer it.

    `heard`: the kinds of entry that systems here send; None where all do, as in a case written as a file. `here`: those that the pages
    record, which wake a rule for what began on them.
    """

    rules: tuple[Rule, ...]
    heard: frozenset[str] | None = None
    here: frozenset[str] = frozenset()

    @cached_property
    def awake(self) -> tuple[Rule, ...]:
        """Those whose silence means something here."""
        return tuple(r for r in self.rules if self._hears(r) or self.here.intersection(r.answers))

    def _hears(self, rule: Rule) -> bool:
        return self.heard is None or not rule.answers or not self.heard.isdisjoint(rule.answers)

    @cached_property
    def _of_here(self) -> frozenset[Rule]:
        """Those whose silence means something of what began on the pages, and of nothing else."""
        return frozenset(r for r in self.awake if not self._hears(r))

    @cached_property
    def _lasts(self) -> tuple[Rule, ...]:
        return tuple(r for r in self.awake if r.last)

    @cached_property
    def _place(self) -> dict[Rule, int]:
        return {rule: number for number, rule in enumerate(self.awake)}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.awake):
            for kind in rule.on:
                found[kind].append(number)
        return {kind: tuple(numbers) for kind, numbers in found.items()}

    @cached_property
    def _sets(self) -> dict[frozenset[str], frozenset[str]]:
        return {}  # there are few different ones: each is held once

    def asked(self, own: Chronology, kinds: Iterable[str] | None = None) -> tuple[Rule, ...]:
        """The rules that have anything to look at in a chronology, or in its entries of these kinds."""
        numbers = {n for kind in (own.kinds if kinds is None else kinds) for n in self._by_kind.get(kind, ())}
        asked = (self.awake[n] for n in sorted(numbers))
        return tuple(r for r in asked if _concerned(r, own, MADE_HERE if r in self._of_here else ""))

    def ask(self, case: Case, rules: Iterable[Rule], held: Answers) -> Answers:
        """What these rules find of somebody now. Those that look at what the others found are asked after them, every time.

        `held`: what the others found when they were last asked, which still holds.
        """
        fresh = {rule: self._find(rule, case) for rule in rules if not rule.last}
        if self._lasts:
            every = held | fresh
            before = tuple(f for r in self._in_order(every) if not r.last for f in every[r].findings)
            seen = replace(case, found=before)
            fresh |= {rule: self._find(rule, seen) for rule in self._lasts}
        return fresh

    def _find(self, rule: Rule, case: Case) -> Found:
        with Reading() as reads:
            found = tuple(f for f in rule.find(case) if rule not in self._of_here or f.cause.source == MADE_HERE)
        read = {p: self._sets.setdefault(k, k) for p, kinds in reads.of.items() for k in (frozenset(kinds),)}
        return Found(found, read, frozenset(reads.homes), reads.clock, reads.until)

    def turn(self, case: Case, answers: Answers, standing: Collection[Key]) -> Turn:
        """What the answers come to at the moment of the case, for somebody who held up `standing` until now."""
        every = [(f, rule) for rule in self._in_order(answers) for f in answers[rule].findings]
        due = {f.key: (f, rule) for f, rule in every if f.due_at <= case.moment}
        again = _next_asked(case, [f for f, _ in every], (found.until for found in answers.values()))
        return Turn(due, frozenset(standing) - due.keys(), again)

    def _in_order(self, answers: Iterable[Rule]) -> list[Rule]:
        return sorted(answers, key=self._place.__getitem__)


def _concerned(rule: Rule, own: Chronology, source: str) -> bool:
    """Whether somebody is a rule's concern by any entry; by one of this source, where one is named."""
    held = (h for kind in rule.on for h in own.kinds.get(kind, ()))
    return any(h.concerns(own.subject, *rule.roles) for h in held if not source or h.source == source)


def _next_asked(case: Case, findings: Collection[Finding], until: Iterable[datetime | None]) -> datetime | None:
    """When somebody must be asked again by the clock alone: something falls due, a birthday comes, or what was read is another."""
    later = [f.due_at for f in findings] + [moment for moment in until if moment]
    if findings and (grown := case.reaches(ADULT)):
        later.append(grown)
    return min((moment for moment in later if moment > case.moment), default=None)


@dataclass
class Moves:
    """What some people's turns change of what stands: what is raised, said anew or cleared, who holds it up from now and who no longer does."""

    raised: dict[Key, tuple[Finding, Rule]] = field(default_factory=dict)
    said: dict[Key, tuple[Finding, Rule]] = field(default_factory=dict)
    cleared: list[Key] = field(default_factory=list)
    takes: list[tuple[Key, int]] = field(default_factory=list)
    leaves: list[tuple[Key, int]] = field(default_factory=list)


def moves(turns: Mapping[int, Turn], holders: Mapping[Key, Collection[int]]) -> Moves:
    """An alert is raised where somebody holds it up and nobody did, and clears where nobody does any more.

    `holders`: who held up each alert that these turns name, until now; those asked and all others.
    """
    found = Moves()
    after: dict[Key, set[int]] = {}
    for person, turn in turns.items():
        for key in turn.over:
            after.setdefault(key, set(holders.get(key, ()))).discard(person)
            found.leaves.append((key, person))
        for key, said in turn.due.items():
            held = holders.get(key, ())
            (found.said if held else found.raised)[key] = said
            if person not in held:
                after.setdefault(key, set(held)).add(person)
                found.takes.append((key, person))
    found.cleared = [key for key, held in after.items() if not held]
    return found
