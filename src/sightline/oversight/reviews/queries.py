"""What follows from a child's grade, as a viewer may read it: when it is looked at again, what is asked for and whose it is, and what is lacking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.queries import chronology_of
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound
from sightline.oversight.reviews.rules import OneAgency, one_agency
from sightline.patterns.after_grading.rules import (
    Occasion,
    Task,
    graded,
    looked_at_by_one_who_knows,
    nothing_decided,
    occasions,
    plan_in_force,
    review_due,
    tasks,
)
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of


@dataclass(frozen=True)
class Following:
    """What follows from the grade that stands, and the day of the next look; `in_plan`: a plan in force has reviews of its own."""

    grade: Happening | None
    again_at: datetime | None
    in_plan: bool
    tasks: tuple[Task, ...]
    nothing: Happening | None
    one_agency: OneAgency | None
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True)
class FollowingPage:
    """The same, and whose it is."""

    person: Person
    it: Following


def following(chronology: Chronology) -> Following:
    """What entries say; for callers that have passed the gate, of what their viewer may read. What is withheld of a grade is asked for by nobody."""
    rules, grade = limits(), graded(chronology)
    levelled = grade is not None and looked_at_by_one_who_knows(grade)
    in_plan = plan_in_force(chronology)
    return Following(
        grade,
        review_due(chronology, grade, rules) if grade and levelled and grade.get("grade") and not in_plan else None,
        in_plan,
        tasks(chronology, grade, rules) if grade else (),
        nothing_decided(chronology),
        one_agency(chronology, rules),
        occasions(chronology),
    )


def to_do(chronology: Chronology) -> tuple[Task, ...]:
    """What a high grade asks for and is still to be done; nothing while it is decided to do nothing. Without what else follows from the grade."""
    grade = graded(chronology)
    if grade is None or nothing_decided(chronology) is not None:
        return ()
    return tuple(task for task in tasks(chronology, grade, limits()) if task.open)


def following_page(viewer: Viewer, person: int) -> FollowingPage:
    """What follows from a child's grade. Raises NotFound where the viewer may not read the child."""
    found = following(chronology_of(viewer, person, fields=("names", "chronology", "grades")))
    return FollowingPage(persons([person], sight_of(viewer))[person], found)


def one_task(viewer: Viewer, person: int, key: str) -> tuple[FollowingPage, Task]:
    """One thing that a high grade asks for and that is still to be done. Raises NotFound, the refusal written down, where there is none."""
    page = following_page(viewer, person)
    for task in page.it.tasks:
        if task.asked.key == key and task.open:
            return page, task
    gate.refuse(viewer, people=[person], note="task of a grade")
    raise NotFound(gate.NOT_FOUND)
