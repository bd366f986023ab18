"""A ledger in memory: what is known so far, person by person, and what those touched by an entry must be asked again. Imports no Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sightline.alerts.case import Households
from sightline.alerts.queues import as_of_queue, queues_of
from sightline.alerts.ties import homes
from sightline.chronology.reads import read_homes
from sightline.chronology.view import Chronology, Happening

TOGETHER = ("address.recorded", "relationship.recorded")
MOST_KEPT = 50_000


class Ledger:
    """Everything known so far. Entries are added as they become known, and taken back where they are superseded."""

    def __init__(self) -> None:
        self.households: Households = {}
        self._held: dict[int, Chronology] = {}
        self._beside: dict[int, set[int]] = defaultdict(set)
        self._homes: dict[int, set[int]] = defaultdict(set)
        self._at_home: dict[int, set[int]] = defaultdict(set)

    def add(self, happening: Happening) -> frozenset[int]:
        """Take in an entry; gives the people and queues it touches."""
        touched = people_of(happening)
        for person in touched:
            self._held[person] = self.chronology(person).plus(happening)
            self._beside[person] |= touched
        self._forget(happening)
        if happening.kind == "address.recorded":
            for person in touched:
                self._lives(person, happening)
        waiting = queues_of(happening)
        for queue in waiting:
            self._held[queue] = self.chronology(queue).plus(as_of_queue(happening, queue))
        return touched.union(waiting)

    def _forget(self, changed: Happening) -> None:
        if changed.kind in TOGETHER or len(self.households) > MOST_KEPT:
            self.households.clear()

    def _lives(self, person: int, address: Happening) -> None:
        for home in homes(Chronology(person, (address,))):
            self._homes[person].add(home.premises)
            self._at_home[home.premises].add(person)

    def take_back(self, happening: Happening) -> frozenset[int]:
        """Take out an entry that no longer stands; gives whom it touched. Those who stood beside it are still asked again: no harm."""
        touched = people_of(happening).union(queues_of(happening))
        for person in touched:
            self._held[person] = self.chronology(person).minus(happening)
        self._forget(happening)
        return touched

    def chronology(self, person: int) -> Chronology:
        """One person's chronology of everything known so far."""
        held = self._held.get(person)
        if held is None:
            held = self._held[person] = Chronology(person, ())
        return held

    def homes_of(self, person: int) -> frozenset[int]:
        """Where somebody lives or has lived."""
        return frozenset(self._homes.get(person, ()))

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:
        """Those who have or had one of these homes."""
        read_homes(homes)
        return frozenset(p for home in homes for p in self._at_home.get(home, ()))

    def near(self, people: Iterable[int]) -> frozenset[int]:
        """Those who share an entry or a home with any of these people, and the people themselves: whose rules may read what changed."""
        asked = set(people)
        found = {other for p in asked for other in self._beside.get(p, ())}
        living = {q for p in asked for home in self._homes.get(p, ()) for q in self._at_home[home]}
        return frozenset(asked | found | living)


def people_of(happening: Happening) -> frozenset[int]:
    """Everybody in an entry, in whatever role."""
    return frozenset(p for held in happening.people.values() for p in held)
