"""What a reading of who is who may rest on: for a viewer, less the people and the systems that are not theirs to know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.db import connection

from sightline.access import gate, wall
from sightline.access.policy import NOTHING, Decision, Held, Of, Purpose, Tier, code_of, handled, narrows, tier
from sightline.access.viewer import Viewer
from sightline.people.safe import Kept, kept_from

_CODES = "SELECT id, data->>'handling' FROM chronology_event WHERE id = ANY(%s)"


class Stated(Protocol):
    """A row that was made of an entry: where somebody lives, who is what to whom, what must be known of them or of a place."""

    @property
    def source(self) -> str:
        """The system that says it."""
        ...

    @property
    def event_id(self) -> int:
        """The entry."""
        ...


T = TypeVar("T", bound=Stated)


@wall.working()
def codes_of(events: Iterable[int]) -> dict[int, str | None]:
    """How each of these entries says that it may be handled; what may not be told of is known by entries that its viewer may not read."""
    if not (asked := sorted(set(events))):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CODES, [asked])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Sight:
    """Whose eyes a reading is for. With no viewer it is for a rule, which sees everything and shows nothing."""

    viewer: Viewer | None = None
    hidden: frozenset[int] = frozenset()
    kept: Kept = field(default_factory=Kept)
    purpose: Purpose | None = None
    _decided: dict[int, Decision] = field(default_factory=dict, compare=False, repr=False)
    _codes: dict[int, str | None] = field(default_factory=dict, compare=False, repr=False)

    def told(self, source: str) -> bool:
        """Whether anything at all that a system says may be known: who somebody is and where they live come from pointers too."""
        return self.viewer is None or tier(self.viewer, source) is not Tier.NO

    def told_of(self, rows: Iterable[T]) -> list[T]:
        """Those of these rows that may be known: by their system, and by how the entries that they were made of may be handled."""
        held = [row for row in rows if self.told(row.source)]
        viewer = self.viewer
        if viewer is None or not held or not narrows(viewer):
            return held
        self._codes.update(codes_of({row.event_id for row in held} - self._codes.keys()))
        coded = [(row, code_of(row.source, self._codes.get(row.event_id), carries=True)) for row in held]
        return [row for row, code in coded if handled(viewer, code, "standing", frozenset(Held))]

    def full(self, source: str) -> bool:
        """Whether what a system says may be read."""
        return self.viewer is None or tier(self.viewer, source) is Tier.FULL

    def learn(self, people: Iterable[int]) -> None:
        """Ask once what this viewer is given of these people, met around whoever is read."""
        fresh = set(people) - self._decided.keys()
        if self.viewer is not None and fresh:
            seen = gate.sees(self.viewer, fresh, purpose=self.purpose, around=True, unknown=self.hidden)
            self._decided.update(seen)

    def learn_again(self, people: Iterable[int]) -> None:
        """The same, after a search has opened these people to the viewer."""
        for person in (fresh := set(people)):
            self._decided.pop(person, None)
        self.learn(fresh)

    def given(self, person: int) -> Decision:
        """What this viewer is given of one person. With no viewer it is not asked: a rule sees everything."""
        self.learn([person])
        return self._decided.get(person, NOTHING)

    def shows(self, person: int, what: Of) -> bool:
        """Whether anything of a class may be shown of a person."""
        return self.viewer is None or self.given(person).shows(what)

    def shows_from(self, person: int, what: Of, source: str) -> bool:
        """Whether what one system says of that class may be shown of a person."""
        return self.viewer is None or self.given(person).gives_from(what, tier(self.viewer, source))

    def withheld(self, person: int) -> frozenset[Of]:
        """The classes of which nothing may be shown: a page says so, and leaves no blank."""
        return frozenset() if self.viewer is None else self.given(person).withheld()

    def there(self, premises: int) -> bool:
        """Whether a place may be known of: a safe address is not there for whoever it is kept from."""
        return premises not in self.kept.premises


EVERYTHING = Sight()


def sight_of(viewer: Viewer, *, purpose: Purpose | None = None) -> Sight:
    """Whom this viewer may not know of is asked once a reading, so that a sealed person carries nobody into a household either."""
    return Sight(viewer, frozenset(gate.unseen(viewer)), kept_from(viewer), purpose)
