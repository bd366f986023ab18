"""A child's assessments, and whom the next must ask about: each child at home and each of those who care for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run, runs
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.assessment.rules import ASSESSMENT, unseen_since
from sightline.people.household import Member, household, relations
from sightline.people.persons import Person, persons
from sightline.people.sight import Sight, sight_of

ADULT = 18
CARERS = ("parent", "step-parent", "carer")  # of those who live elsewhere; at home every adult is asked about


@dataclass(frozen=True)
class Assessed:
    """One assessment, with what it said of each carer, and what it means for this child."""

    entry: Happening
    impact: Happening | None
    carers: tuple[Happening, ...]


@dataclass(frozen=True)
class AssessmentPage:
    """A child, their assessments newest first, and who lives or cares there. `not_opened`: children there whose record is not open."""

    person: Person
    chronology: Chronology
    assessments: tuple[Assessed, ...]
    children: tuple[Member, ...]
    carers: tuple[Member, ...]
    not_opened: int
    unseen: Happening | None


def assessments(viewer: Viewer, person: int, *, home: bool = True) -> AssessmentPage:
    """A child's assessments. Raises NotFound where the viewer may not read the child, the refusal written down.

    `home`: whether who lives or cares there is shown too, and so looked at.
    """
    fields = ("names", "born", *(("household", "relationships") if home else ()), "chronology")
    gate.look(viewer, [person], fields=fields, note="assessments")
    with wall.around(person):
        sight, seen = sight_of(viewer), as_permitted(viewer, chronologies([person])[person])
        who = persons([person], sight).get(person)
        there = _around(viewer, person, sight) if home else ((), (), 0)
    if who is None:
        raise NotFound(gate.NOT_FOUND)
    made = tuple(_assessed(r, seen) for r in runs(ASSESSMENT, seen)[::-1])
    return AssessmentPage(who, seen, made, *there, unseen_since(seen, viewer.at))


def _around(viewer: Viewer, person: int, sight: Sight) -> tuple[tuple[Member, ...], tuple[Member, ...], int]:
    """Who lives or cares with a child: children whose record is open, those who care for them, and how many children are not open.

    Who is a child goes by what is held, also of those of whom this viewer is told no more than what they are to this one.
    """
    day = local(viewer.at).date()
    home = household(person, day, sight)
    away = {r.person: r.relation for r in relations(person, day, sight) if r.relation in CARERS}
    people = persons(away, sight)
    elsewhere = [
        Member(p, people[p].name, people[p].age_on(day), f"{relation}, lives elsewhere", ())
        for p, relation in away.items()
        if p in people
    ]
    ages = _ages({m.person for m in (*elsewhere, *home)}, day)
    minors = [m for m in home if m.person in ages and (age := ages[m.person]) is not None and age < ADULT]
    carers = {
        m.person: m
        for m in (*elsewhere, *home)
        if m.person in ages and ((age := ages[m.person]) is None or age >= ADULT)
    }
    opened = gate.readable(viewer, {m.person for m in minors})
    if minors or carers:
        about = {*carers, *(m.person for m in minors)}
        write(viewer, Action.CONSULTATION, people=about, fields=("names", "relationships"), note="around a person")
    return tuple(m for m in minors if m.person in opened), tuple(carers.values()), len(minors) - len(opened)


@wall.working()
def _ages(people: Iterable[int], day: date) -> dict[int, int | None]:
    """The age of each of these people who live, as every system has them: for telling children from adults, and shown to nobody."""
    return {p: who.age_on(day) for p, who in persons(people).items() if not who.dead_on(day)}


@wall.working()
def unseen_as_held(viewer: Viewer, person: int) -> bool:
    """Whether nobody has seen the child since the newest worry, by all that is held, whoever may read it. Below the gate; for what is decided."""
    return unseen_since(chronologies([person])[person], viewer.at) is not None


def _assessed(run: Run, seen: Chronology) -> Assessed:
    """An assessment with the entries that were made with it: their refs begin with its own."""
    with_it = [
        h
        for h in seen.of_kind("child.impact_assessed", "carer.capacity_assessed")
        if h.ref.startswith(f"{run.first.ref}+")
    ]
    impact = next((h for h in with_it if h.kind == "child.impact_assessed"), None)
    return Assessed(run.first, impact, tuple(h for h in with_it if h.kind == "carer.capacity_assessed"))
