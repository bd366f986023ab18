"""A ledger in memory: what is known so far, person by person, and what those touched by an entry must be asked again. Imports no Django."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable

from sightline.alerts.ties import homes
from sightline.chronology.view import IN_ORDER, Chronology, Happening


class Ledger:
    """Everything known so far. Entries are added as they become known, and taken back where they are superseded."""

    def __init__(self) -> None:
        self._held: dict[int, list[Happening]] = defaultdict(list)
        self._seen: dict[int, Chronology] = {}
        self._beside: dict[int, set[int]] = defaultdict(set)
        self._homes: dict[int, set[int]] = defaultdict(set)
        self._at_home: dict[int, set[int]] = defaultdict(set)

    def add(self, happening: Happening) -> frozenset[int]:
        """Take in an entry; gives the people it touches."""
        touched = people_of(happening)
        for person in touched:
            insort(self._held[person], happening, key=IN_ORDER)
            self._seen.pop(person, None)
            self._beside[person] |= touched
        if happening.kind == "address.recorded":
            for person in touched:
                self._lives(person)
        return touched

    def _lives(self, person: int) -> None:
        for home in self.chronology(person).once(homes):
            self._homes[person].add(home.premises)
            self._at_home[home.premises].add(person)

    def take_back(self, happening: Happening) -> frozenset[int]:
        """Take out an entry that no longer stands; gives the people it touched. Those who stood beside it are still asked again: no harm."""
        touched = people_of(happening)
        for person in touched:
            self._held[person] = [h for h in self._held[person] if h.event_id != happening.event_id]
            self._seen.pop(person, None)
        return touched

    def chronology(self, person: int) -> Chronology:
        """One person's chronology of everything known so far."""
        if person not in self._seen:
            self._seen[person] = Chronology(person, tuple(self._held.get(person, ())))
        return self._seen[person]

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:
        """Those who have or had one of these homes."""
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
