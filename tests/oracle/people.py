"""Who is in the scene, and what holds between them and every viewer: each relation in each state of a record. All invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from oracle.evaluator import Held

STATES = ("open", "restricted", "sealed")
# What holds, since how many hours, for how many hours to come (None: without end; below nothing: it is over; above nothing first: it is to come).
Spell = tuple[str, float, float | None]
RELATIONS: dict[str, tuple[Spell, ...]] = {
    "work": (("allocated", -700, None),),
    "told": (("alert", -1, 100),),
    "first_contact": (("first_contact", -1, 11),),
    "court": (("court_appointment", -200, 900),),
    "emergency": (("break_glass", -0.2, 0.8),),
    "ended": (("allocated", -700, -24),),
    "run_out": (("first_contact", -13, -1),),
    "opened_before": (("break_glass", -2, -1),),
    "to_come": (("allocated", 24, None),),
    "never": (),
    "barred": (("allocated", -700, None), ("excluded", -24, None)),
    "barred_opened": (("allocated", -700, None), ("excluded", -24, None), ("break_glass", -0.2, 0.8)),
    "free_again": (("allocated", -700, None), ("excluded", -700, -24)),
}
# Each of these has every kind of entry and every field; the others a record in each of eight systems.
THICK = ("work-open",)
# Those of one house: who they are to the first, and which record they are.
FAMILY = {"mother": "parent", "father": "step_parent", "work-sealed": "sibling", "barred-open": "cousin"}
CENTRE = "work-open"
SOURCES = ("social_care", "health", "crime", "education", "intelligence", "probation", "prison", "housing")


@dataclass(frozen=True)
class Part:
    """One person of the scene: what holds between them and every viewer, and the state of their record."""

    name: str
    relation: str
    state: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The systems that hold a record of them."""
        return SOURCES if self.name not in ("mother", "father") else ("social_care", "health")

    def key(self, source: str) -> tuple[str, str]:
        """A system's key for them."""
        return (source, self.name)


@cache
def parts() -> tuple[Part, ...]:
    """Everybody, children first."""
    children = [Part(f"{relation}-{state}", relation, state) for relation in RELATIONS for state in STATES]
    return (*children, Part("mother", "never", "open"), Part("father", "never", "restricted"))


def spells(part: Part, at: datetime) -> Iterator[tuple[str, datetime, datetime | None]]:
    """What holds, or held, between this person and every viewer."""
    for what, since, until in RELATIONS[part.relation]:
        yield what, at + timedelta(hours=since), None if until is None else at + timedelta(hours=until)


def held_of(people: dict[str, int], users: Iterable[int], at: datetime) -> Iterator[Held]:
    """The plain facts of the scene, for the evaluator."""
    everyone = list(users)
    for part in parts():
        person = people[part.name]
        if part.state != "open":
            yield Held(part.state, person, None, at - timedelta(days=300))
        for what, since, until in spells(part, at):
            yield from (Held(what, person, user, since, until) for user in everyone)


def tied(people: dict[str, int]) -> dict[int, frozenset[int]]:
    """Who lives with or is related to whom: those of one house, each with every other."""
    house = frozenset(people[n] for n in (CENTRE, *FAMILY))
    return {person: house - {person} for person in house}
