"""One incident as whoever deals with it needs it: where it stands for each child, which clocks run, and what is still owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, run_of
from sightline.chronology.models import Event
from sightline.chronology.needs import in_words as in_words_of
from sightline.chronology.needs import needs_of, said_in
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.stepping import run_for
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.wording import in_words
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.contact.rules import CONTACT, table
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of
from sightline.ui.jinja import words

FIELDS = ("names", "born", "chronology")
YEAR_DAYS = 365


@dataclass(frozen=True)
class Clock:
    """Something that is owed by a moment, or was done at one."""

    due_at: datetime | None
    done_at: datetime | None = None

    def late(self, at: datetime) -> bool:
        """Whether it was not done, or is not, when it was due."""
        return self.due_at is not None and (self.done_at or at) > self.due_at


@dataclass(frozen=True)
class Child:
    """One child of an incident: where it stands for them, whether they were seen, and what is known of a home they are placed in."""

    who: Person
    run: Run
    seen: Clock
    placed: str = ""
    missing: int = 0
    in_home: bool = False  # placed in a children's home, or living in one

    @property
    def sighting(self) -> Happening | None:
        """The newest time that somebody saw them in this incident."""
        return self.run.last("child.seen")


@dataclass(frozen=True)
class Incident:
    """The page of an incident, from one person's chronology and those of the children in it."""

    run: Run
    person: int
    graded: str
    attendance: Clock
    children: tuple[Child, ...]
    people: Mapping[int, Person]
    unnamed_elsewhere: int  # children of it whom this viewer may not read
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def childrens_home(self) -> bool:
        """Whether it came from a children's home, or is about a child who lives in one."""
        return self.run.first.get("route") == "childrens_home" or any(c.in_home for c in self.children)

    @property
    def unseen(self) -> tuple[Child, ...]:
        """Children of it whom nobody is recorded to have seen."""
        return tuple(c for c in self.children if c.sighting is None)

    @property
    def facing(self) -> str:
        """What the child was reported to be facing, in words."""
        return words(self.run.first.get("kind") or "not known").lower()

    def waits(self, asked: str, answered: str) -> Happening | None:
        """Something asked that nobody has answered yet."""
        last, after = self.run.last(asked), self.run.last(answered)
        return last if last is not None and (after is None or after.at < last.at) else None

    @property
    def doubted(self) -> Happening | None:
        """That somebody thinks it malicious, while no supervisor has said whether they agree."""
        last = self.run.last("contact.doubted")
        return last if last is not None and last.get("agreed") is not True and not last.get("decided") else None

    @property
    def malicious(self) -> bool:
        """Whether a supervisor agreed that it is."""
        return any(e.get("agreed") is True for e in self.run.of("contact.doubted"))

    def told(self) -> list[tuple[str, str]]:
        """What was said as the contact was opened, in words."""
        return [
            (label, "; ".join(v) if isinstance(v, list) else in_words(v))
            for field, label in TOLD.items()
            if (v := self.run.first.get(field)) not in (None, "")
        ]


TOLD = {
    "own_words": "In their own words", "kind": "What it is about", "route": "How it reached us", "caller_is": "Who told us",
    "relationship": "What they are to the child", "children_live_there": "Children live there",
    "children_present": "A child is there", "children_saw_or_heard": "A child saw or heard it",
    "child_linked_to_adult": "Somebody in it has to do with children elsewhere", "told_child_is_safe": "The child was said to be safe",
    "floor": "The least grade then", "fired": "Because", "grade_reason": "Why that grade",
}  # fmt: skip
HOMES = ("care_home", "secure", "semi_independent")  # where children live whom an agency placed there
SAFE_CONTACT = "Answer them only so"


def key_of_entry(viewer: Viewer, person: int, entry: int) -> str:
    """The key of the run that an entry begins. Raises NotFound where there is none, with the refusal written down under whoever was asked
    for; whose it is, the run's own reading asks."""
    with wall.working():
        row = Event.objects.filter(pk=entry).values_list("source", "ref").first()
    if row is None:
        gate.refuse(viewer, people=[person], note="no such contact")
        raise NotFound(gate.NOT_FOUND)
    return f"{row[0]}:{row[1]}"


def incident(viewer: Viewer, person: int, entry: int, *, at: datetime) -> Incident:
    """One incident as this viewer may read it; the look at everybody shown is written down. Raises NotFound where it is not theirs to see."""
    run = run_for(viewer, CONTACT, person, key_of_entry(viewer, person, entry))
    named = {p for held in run.first.people.values() for p in held}
    opened = gate.readable(viewer, named)
    gate.look(viewer, opened, fields=FIELDS, note=CONTACT.key)
    sight = sight_of(viewer)
    people, by = persons(opened, sight), limits()
    children = run.first.people.get("child", ())
    read = {p: as_permitted(viewer, c) for p, c in chronologies(opened & set(children)).items()}
    found = [
        _child(people[p], held, read[p], by, at)
        for p in children
        if p in read and (held := run_of(CONTACT, read[p], run.key))
    ]
    asked = next((read[p] for p in (person, *children) if p in read), None)
    return Incident(
        run, person, grade_of(run), attendance_of(run, by), tuple(found), people, len(set(children) - opened),
        tuple(needs(asked, at) if asked else in_words_of(said_in(run.first))),
    )  # fmt: skip


def grade_of(run: Run) -> str:
    """The grade that stands: the last one it was given."""
    changed = run.last("contact.regraded")
    return str((changed or run.first).get("graded") or "")


def attendance_of(run: Run, by: Limits) -> Clock:
    """By when somebody has to be there, by the grade that stands, and when they were. A grade made sooner never lets the time run longer."""
    grades, came = table().grades, run.of("attendance.arrived")
    first, changed = str(run.first.get("graded") or ""), run.last("contact.regraded")
    graded = grade_of(run)
    due = by.due(f"attendance.{graded}", (changed or run.first).at) if graded in grades else None
    if due is not None and first in grades and grades[graded].rank <= grades[first].rank:
        due = min(due, by.due(f"attendance.{first}", run.first.at))
    return Clock(due, came[0].at if came else None)


def seen_by(run: Run, by: Limits) -> Clock:
    """By when the child has to be seen: so long after somebody came, and so long after the contact; and when they first were."""
    came, seen = run.of("attendance.arrived"), run.of("child.seen")
    due = by.due("child.seen_after_contact", run.first.at)
    if came:
        due = min(due, by.due("child.seen_after_arrival", came[0].at))
    return Clock(None if run.state == "noted" else due, seen[0].at if seen else None)


def _child(who: Person, run: Run, read: Chronology, by: Limits, at: datetime) -> Child:
    placed = read.latest("placement.started", "placement.ended")
    where = placed.get("kind") if placed is not None and placed.kind == "placement.started" else ""
    gone = [h for h in read.of_kind("missing.reported") if 0 <= (at - h.at).days <= YEAR_DAYS]
    lives = {a.kind for a in who.living_at(local(at).date())}
    in_home = where in HOMES or bool(lives & set(HOMES))
    return Child(who, run, seen_by(run, by), words(where) if where else "", len(gone), in_home)


def from_a_home(run: Run, held: Chronology) -> bool:
    """Whether a contact came from a children's home, or is about a child who was placed in one then."""
    placed = [h for h in held.of_kind("placement.started", "placement.ended") if h.at <= run.first.at]
    now = placed[-1] if placed and placed[-1].kind == "placement.started" else None
    return run.first.get("route") == "childrens_home" or (now is not None and now.get("kind") in HOMES)


@wall.working()
def unseen_of(run: Run) -> tuple[int, ...]:
    """The children of an incident, of whom the viewer may know, whom nobody is recorded to have seen in it. Shows nothing of them."""
    held = chronologies(run.first.people.get("child", ()))
    found = {p: run_of(CONTACT, c, run.key) for p, c in held.items()}
    return tuple(p for p, r in found.items() if r is None or r.last("child.seen") is None)


def needs(held: Chronology, at: datetime) -> list[tuple[str, str]]:
    """Language, interpreter, disability and what helps, as they were last said; and how alone somebody who wrote may be answered."""
    safe = [h for h in held.of_kind("contact.received") if h.get("safe_contact") and h.at <= at]
    return [*in_words_of(needs_of(held, at)), *([(SAFE_CONTACT, str(safe[-1].get("safe_contact")))] if safe else [])]


def age_words(child: Child, at: datetime) -> str:
    """How old, where it is known."""
    age = child.who.age_on(local(at).date())
    said = child.who.born[0].value if child.who.born and age is None else ""
    return f"aged {age}" if age is not None else said or "age not known"
