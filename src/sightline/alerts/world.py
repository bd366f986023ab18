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
        self._near: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._at_home: dict[int, set[int]] = defaultdict(set)

    def add(self, happening: Happening) -> frozenset[int]:
        """Take in an entry; gives the people it touches."""
        touched = people_of(happening)
        for person in touched:
            insort(self._held[person], happening, key=IN_ORDER)
            self._seen.pop(person, None)
            for other in touched:
                self._near[person][other] += 1
        if happening.kind == "address.recorded":
            for person in touched:
                for home in homes(self.chronology(person), happening.at):
                    self._at_home[home].add(person)
        return touched

    def take_back(self, happening: Happening) -> frozenset[int]:
        """Take out an entry that no longer stands; gives the people it touched."""
        touched = people_of(happening)
        for person in touched:
            self._held[person] = [h for h in self._held[person] if h.event_id != happening.event_id]
            self._seen.pop(person, None)
            for other in touched:
                self._near[person][other] -= 1
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
        found = {other for p in asked for other, times in self._near.get(p, {}).items() if times > 0}
        living = {
            q
            for p in asked
            if "address.recorded" in self.chronology(p).kinds
            for h in self.chronology(p).of_kind("address.recorded")
            for q in self.sharing_home(homes(self.chronology(p), h.at))
        }
        return frozenset(asked | found | living)


def people_of(happening: Happening) -> frozenset[int]:
    """Everybody in an entry, in whatever role."""
    return frozenset(p for held in happening.people.values() for p in held)
