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

from sightline.alerts.asking import Answers, Asking, Came, Found, Turn, moves
from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Key, Rule
from sightline.alerts.world import Ledger
from sightline.chronology.view import Happening
from sightline.clocks.limits import Limits


@dataclass
class Raised:
    """One alert: what was found, when somebody was first told, and when it no longer stood."""

    finding: Finding
    raised_at: datetime
    cleared_at: datetime | None = None


class Board:
    """Feeds a ledger, asks the rules about those touched, and keeps what stands."""

    def __init__(
        self,
        rules: Sequence[Rule],
        limits: Limits,
        heard: frozenset[str] | None = None,
        here: frozenset[str] = frozenset(),
    ) -> None:
        self.asking, self.limits, self.ledger = Asking(tuple(rules), heard, here), limits, Ledger()
        self.alerts: dict[Key, Raised] = {}
        self.open: dict[Key, set[int]] = defaultdict(set)  # whose chronologies hold it up
        self._found: dict[int, Answers] = {}
        self._readers: dict[int, set[int]] = defaultdict(set)  # by whose chronology was read
        self._at_home: dict[int, set[int]] = defaultdict(set)  # by the premises that were read
        self._standing: dict[int, frozenset[Key]] = {}
        self._wakes: list[tuple[datetime, int]] = []
        self._next: dict[int, datetime] = {}

    def prepare(self, backdrop: Iterable[Happening]) -> None:
        """What was known before anything happened: nobody is told of it by itself."""
        for happening in backdrop:
            self.ledger.add(happening)

    def feed(self, happenings: Iterable[Happening], at: datetime, *, gone: Iterable[Happening] = ()) -> None:
        """Entries that become known at a moment, and those that no longer stand from then."""
        self._pass(lambda due: due < at)  # what is done at the very moment at which it is due is done in time
        came, leaving = Came(), list(gone)
        for happening in leaving:
            came.add(self.ledger.take_back(happening), happening.kind)
        corrected = {h.event_id for h in leaving}  # also what was corrected in the very moment in which it became known
        for happening in (h for h in happenings if h.event_id not in corrected):
            touched = self.ledger.add(happening)
            came.add(touched, happening.kind)
            if happening.kind == "address.recorded":
                came.homes.update(home for person in touched for home in self.ledger.homes_of(person))
        for person in sorted(self._reached(came)):
            if again := self._may_change(person, came):
                self._ask(person, at, again)
            else:
                self._found.setdefault(person, {})

    def _reached(self, came: Came) -> set[int]:
        """Those to whom something came, who read of them or of their homes, and whoever is near them and was never asked.

        With those asked for the first time come those near them: a child at home may read of a step-father with whom they share nothing.
        """
        reached = set(came.kinds)
        for person in came.kinds:
            reached |= self._readers.get(person, frozenset())
        for home in came.homes:
            reached |= self._at_home.get(home, frozenset())
        new = {p for p in self.ledger.near(came.kinds) if p not in self._found}
        return reached | new | {p for p in self.ledger.near(new) if p not in self._found}

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
        fresh = self.asking.ask(case, rules, held)
        held.update(fresh)
        self._follow(person, fresh.values())
        turn = self.asking.turn(case, held, self._standing.get(person, frozenset()))
        self._settle({person: turn}, at)
        self._wake(person, turn.again)

    def _follow(self, person: int, found: Iterable[Found]) -> None:
        """Keep whom and which homes somebody's rules read, to ask them again when something comes there."""
        for one in found:
            for other in one.read:
                if other != person:
                    self._readers[other].add(person)
            for home in one.homes:
                self._at_home[home].add(person)

    def _wake(self, person: int, at: datetime | None) -> None:
        if at is None:
            self._next.pop(person, None)
        elif self._next.get(person) != at:
            self._next[person] = at
            heapq.heappush(self._wakes, (at, person))

    def _settle(self, turns: Mapping[int, Turn], at: datetime) -> None:
        changed = moves(turns, self.open)
        for key, (finding, _) in (changed.raised | changed.said).items():
            if (held := self.alerts.get(key)) is None:
                self.alerts[key] = Raised(finding, at)
            else:
                held.finding, held.cleared_at = finding, None
        for key in changed.cleared:
            self.alerts[key].cleared_at = at
        for key, person in changed.leaves:
            self.open[key].discard(person)
        for key, person in changed.takes:
            self.open[key].add(person)
        self._standing |= {person: frozenset(turn.due) for person, turn in turns.items()}
