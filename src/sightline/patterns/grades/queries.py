"""A child's gradings, each with the lowest grade that recorded facts allow, fact by fact with its entries, cut to what a viewer may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.access import gate
from sightline.access.viewer import Viewer
from sightline.alerts.case import Case
from sightline.alerts.settings import limits
from sightline.alerts.stored import Stored
from sightline.chronology.queries import as_permitted
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound
from sightline.patterns.grades.rules import AT_SCENE, GRADES, Factor, Floor, floor, put_right, reasoned, unknown
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

MOST = 10


class Permitted(Stored):
    """What was known at a moment, as far as a viewer's agency may read it, and without those of whom they may not know."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer.at)
        self._viewer, self._unseen = viewer, gate.unseen(viewer)
        self._cut: dict[int, Chronology] = {}

    def chronology(self, person: int) -> Chronology:
        """One person's, cut; what is only known to be held says nothing, and so raises no grade here."""
        if person not in self._cut:
            held = Chronology(person, ()) if person in self._unseen else super().chronology(person)
            self._cut[person] = as_permitted(self._viewer, held)
        return self._cut[person]


@dataclass(frozen=True)
class Fact:
    """One fact that raises the floor: in words, how far, and its entries; those of people not opened only by their system."""

    says: str
    floor: str
    entries: tuple[tuple[str, Happening | None], ...]


@dataclass(frozen=True)
class Grading:
    """One grade that was set, the lowest that facts allow, the facts, and what came of a grade below it."""

    entry: Happening
    lowest: Floor
    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    put_right: Happening | None

    @property
    def grade(self) -> str:
        """As it was set."""
        return str(self.entry.get("grade"))

    @property
    def below(self) -> bool:
        """Whether it is lower than facts allow."""
        return self.lowest.above(self.grade)

    @property
    def agreed(self) -> bool:
        """Whether it is lower, and a supervisor set it or agreed to it with a reason."""
        return self.below and reasoned(self.entry)

    @property
    def waits(self) -> bool:
        """Whether it is lower, and nobody has set it right or agreed."""
        return self.below and not self.agreed and self.put_right is None


@dataclass(frozen=True)
class GradePage:
    """A child's gradings, newest first, and whoever of those in them the viewer has opened."""

    person: Person
    people: dict[int, Person]
    gradings: tuple[Grading, ...]


def grade_page(viewer: Viewer, person: int) -> GradePage:
    """The newest gradings of a child at home. Raises NotFound where the viewer may not read the child."""
    gate.look(viewer, [person], fields=("names", "grades"), note="grades")
    case = Case(person, viewer.at, Permitted(viewer), limits())
    graded = case.of("risk.assessed", where=lambda h: h.get("tool") in AT_SCENE and h.get("grade") in GRADES)
    named = {p for h in graded for held in h.people.values() for p in held}
    floors = [(h, _gravest(case, h)) for h in graded[: -MOST - 1 : -1]]
    named |= {p for _, f in floors for x in f.factors for e in x.entries for held in e.people.values() for p in held}
    opened = gate.readable(viewer, named | {person})
    if opened - {person}:
        gate.look(viewer, opened - {person}, fields=("names", "grades"), note="grades")
    who = persons(opened | {person}, sight_of(viewer))
    return GradePage(who[person], who, tuple(_grading(case, h, lowest, opened) for h, lowest in floors))


def _gravest(case: Case, graded: Happening) -> Floor:
    """One grade that stands for several children is judged by the one for whom the facts are gravest."""
    return max((floor(case.other(p), graded) for p in graded.people["child"]), key=lambda f: GRADES.index(f.grade))


def _grading(case: Case, graded: Happening, lowest: Floor, opened: set[int]) -> Grading:
    right = put_right(case, graded, lowest.grade) if lowest.above(str(graded.get("grade"))) else None
    return Grading(graded, lowest, tuple(_facts(lowest.factors, opened)), unknown(lowest), right)


def _facts(factors: Iterable[Factor], opened: set[int]) -> Iterable[Fact]:
    for factor in factors:
        entries = ((e.source, e if _open(e, opened) else None) for e in factor.entries)
        yield Fact(factor.says, factor.floor, tuple(entries))


def _open(entry: Happening, opened: set[int]) -> bool:
    return any(p in opened for held in entry.people.values() for p in held)


def one_grading(viewer: Viewer, person: int, entry: int) -> tuple[GradePage, Grading]:
    """One of a child's gradings. Raises NotFound, the refusal written down, where there is none that the viewer may read."""
    page = grade_page(viewer, person)
    found = next((g for g in page.gradings if g.entry.event_id == entry), None)
    if found is None:
        gate.refuse(viewer, people=[person], note="grading")
        raise NotFound(gate.NOT_FOUND)
    return page, found
