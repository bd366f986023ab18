"""Which alerts stand, as entries become known and time passes. Kept in memory; the same for a replay and for the database's own board.

An alert stands exactly where a rule finds it due. So what stands at a moment depends on what is known then, never on the order in
which it arrived; what was raised and cleared on the way is the history of what somebody would have been told.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Key, Rule
from sightline.alerts.world import Ledger
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits


@dataclass
class Raised:
    """One alert: what was found, when somebody was first told, and when it no longer stood."""

    finding: Finding
    raised_at: datetime
    cleared_at: datetime | None = None


def asked(rules: Sequence[Rule], own: Chronology, *, changed: bool = True) -> Iterator[Rule]:
    """The rules that have anything to look at in a chronology; where only others changed, those that read others."""
    for rule in rules:
        if (changed or rule.around) and any(
            h.concerns(own.subject, *rule.roles) for kind in rule.on for h in own.kinds.get(kind, ())
        ):
            yield rule


def findings(rules: Sequence[Rule], case: Case) -> list[Finding]:
    """Everything these rules find in a case, due or to come."""
    return [found for rule in asked(rules, case.own) for found in rule.find(case)]


class Board:
    """Feeds a ledger, asks the rules about those touched, and keeps what stands."""

    def __init__(self, rules: Sequence[Rule], limits: Limits) -> None:
        self.rules, self.limits, self.ledger = tuple(rules), limits, Ledger()
        self.alerts: dict[Key, Raised] = {}
        self.open: dict[Key, set[int]] = defaultdict(set)  # whose chronologies hold it up
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
        touched: set[int] = set()
        for happening in gone:
            touched |= self.ledger.take_back(happening)
        for happening in happenings:
            touched |= self.ledger.add(happening)
        for person in sorted(self.ledger.near(touched)):
            self._ask(person, at)

    def run(self, until: datetime) -> None:
        """Let time pass, up to and including a moment."""
        self._pass(lambda due: due <= until)

    def _pass(self, come: Callable[[datetime], bool]) -> None:
        while self._wakes and come(self._wakes[0][0]):
            at, person = heapq.heappop(self._wakes)
            if self._next.get(person) == at:
                self._ask(person, at)

    def _ask(self, person: int, at: datetime) -> None:
        case = Case(person, at, self.ledger, self.limits)
        found = findings(self.rules, case)
        due = {f.key: f for f in found if f.due_at <= at}
        self._settle(person, due, at)
        later = min((f.due_at for f in found if f.due_at > at), default=None)
        self._next.pop(person, None)
        if later is not None:
            self._next[person] = later
            heapq.heappush(self._wakes, (later, person))

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
