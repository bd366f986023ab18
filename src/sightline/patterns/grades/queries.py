"""A child's gradings, each with the lowest grade that recorded facts allow, fact by fact with its entries, cut to what a viewer may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sightline.access import gate, wall
from sightline.access.viewer import Viewer
from sightline.agencies.systems import SourceState, states
from sightline.alerts.case import Case
from sightline.alerts.settings import limits
from sightline.alerts.stored import Stored
from sightline.chronology.queries import as_permitted, what_stands
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound
from sightline.patterns.grades.rules import (
    AT_SCENE,
    GRADES,
    Basis,
    Factor,
    Floor,
    basis,
    floor,
    put_right,
    reasoned,
    unknown,
)
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

MOST = 10
NOT_RETURNED = (SourceState.LATE, SourceState.DOWN, SourceState.NEVER_HEARD)


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
            self._cut[person] = as_permitted(self._viewer, held, gate.behind_a_summary(self._viewer, person))
        return self._cut[person]


class Known(Permitted):
    """All that was known at a moment, but for those of whom a viewer may not know: for what is decided, and shown to nobody."""

    def chronology(self, person: int) -> Chronology:
        """One person's, from every system, as what stands of them is worked out."""
        if person in self._unseen:
            return Chronology(person, ())
        if person not in self._cut:
            held = what_stands(self._viewer, [person], at=self.as_of)[person]
            self._cut[person] = Chronology(person, held.happenings)
        return self._cut[person]


@dataclass(frozen=True)
class Fact:
    """One fact that raises the floor: in words, how far, and its entries; those of people not opened only by their system."""

    says: str
    floor: str
    entries: tuple[tuple[str, Happening | None], ...]


@dataclass(frozen=True)
class StoodOn:
    """What a grade stood on: the history, and the systems that had not answered when it was set, in words."""

    basis: Basis
    history: Fact
    not_returned: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ungraded:
    """A grade for which no lowest is worked out here, as of a missing episode, and what it stood on."""

    entry: Happening
    stood_on: StoodOn


@dataclass(frozen=True)
class Grading:
    """One grade that was set, the lowest that facts allow, the facts, and what came of a grade below it."""

    entry: Happening
    lowest: Floor
    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    put_right: Happening | None
    stood_on: StoodOn
    weights: tuple[Fact, ...] = ()

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
    others: tuple[Ungraded, ...] = ()


def grade_page(viewer: Viewer, person: int) -> GradePage:
    """The newest gradings of a child at home. Raises NotFound where the viewer may not read the child."""
    gate.look(viewer, [person], fields=("names", "grades"), note="grades")
    with wall.around(person), wall.summing():
        return _grade_page(viewer, person)


def _grade_page(viewer: Viewer, person: int) -> GradePage:
    case = Case(person, viewer.at, Permitted(viewer), limits())
    every = case.of("risk.assessed", where=lambda h: h.get("grade") in GRADES)[::-1]
    graded = [h for h in every if h.get("tool") in AT_SCENE][:MOST]
    floors = [(h, _gravest(case, h), basis(case, h)) for h in graded]
    others = [(h, basis(case, h)) for h in every if h.get("tool") not in AT_SCENE][:MOST]
    opened = _opened(viewer, person, floors, others)
    who = persons(opened | {person}, sight_of(viewer))
    gradings = tuple(_grading(case, h, lowest, _stood_on(b, h, opened), opened) for h, lowest, b in floors)
    return GradePage(who[person], who, gradings, tuple(Ungraded(h, _stood_on(b, h, opened)) for h, b in others))


def _opened(viewer: Viewer, person: int, floors: Iterable[tuple[Happening, Floor, Basis]],
            others: Iterable[tuple[Happening, Basis]]) -> set[int]:  # fmt: skip
    """Whoever of those in the gradings, in what they rest on and in what they stood on the viewer may read; the look is written down."""
    entries = {e for h, f, b in floors for e in (h, *b.used, *_under(f))}
    entries |= {e for h, b in others for e in (h, *b.used)}
    opened = gate.readable(viewer, {p for e in entries for held in e.people.values() for p in held} | {person})
    if opened - {person}:
        gate.look(viewer, opened - {person}, fields=("names", "grades"), note="grades")
    return opened


def _under(lowest: Floor) -> Iterable[Happening]:
    yield from (e for f in lowest.factors for e in f.entries)
    yield from (e for w in lowest.weights for e in w.entries)


def _stood_on(held: Basis, graded: Happening, opened: set[int]) -> StoodOn:
    """What a grade stood on, with the systems that had not answered by then."""
    silent = [s for s in states(as_of=graded.recorded_at).values() if s.state in NOT_RETURNED and s.system.about_people]
    spoken = [(s.system.name, s.says) for s in silent if s.state is not SourceState.NEVER_HEARD]
    never = [s.system.name for s in silent if s.state is SourceState.NEVER_HEARD]
    found = (*spoken, *([(", ".join(never), "never connected")] if never else []))
    return StoodOn(held, Fact("history", "", _entries(held.used, opened)), found)


def _gravest(case: Case, graded: Happening) -> Floor:
    """One grade that stands for several children is judged by the one for whom the facts are gravest."""
    return max((floor(case.other(p), graded) for p in graded.people["child"]), key=lambda f: GRADES.index(f.grade))


def _grading(case: Case, graded: Happening, lowest: Floor, stood_on: StoodOn, opened: set[int]) -> Grading:
    right = put_right(case, graded, lowest.grade) if lowest.above(str(graded.get("grade"))) else None
    weights = tuple(Fact(w.says, str(w.weighs), _entries(w.entries, opened)) for w in lowest.weights)
    return Grading(graded, lowest, tuple(_facts(lowest.factors, opened)), unknown(lowest), right, stood_on, weights)


def _facts(factors: Iterable[Factor], opened: set[int]) -> Iterable[Fact]:
    for factor in factors:
        yield Fact(factor.says, factor.floor, _entries(factor.entries, opened))


def _entries(entries: Iterable[Happening], opened: set[int]) -> tuple[tuple[str, Happening | None], ...]:
    return tuple((e.source, e if _open(e, opened) else None) for e in entries)


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


@wall.working()
def by_all_held(viewer: Viewer, person: int, shown: Grading) -> Grading:
    """A grading that was shown, judged by all that is held of those of whom the viewer may know. Decides, and is not to be shown."""
    case = Case(person, viewer.at, Known(viewer), limits())
    graded = next(h for h in case.of("risk.assessed") if h.event_id == shown.entry.event_id)
    lowest = _gravest(case, graded)
    right = put_right(case, graded, lowest.grade) if lowest.above(shown.grade) else None
    return replace(shown, lowest=lowest, put_right=right)


def each_child(page: GradePage, held: Grading) -> tuple[Person, ...]:
    """Of a grade of violence between adults: each child of it whose record is open, of whom it must be said what it means for them."""
    if held.entry.get("tool") != "domestic_abuse":
        return ()
    return tuple(page.people[p] for p in held.entry.people.get("child", ()) if p in page.people)
