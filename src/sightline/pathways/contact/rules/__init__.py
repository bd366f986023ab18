"""The response that history suggests at first contact, and the least that is done at the scene. Advice, from dated data beside this file.

Pure: what is known goes in, what it raises comes out, with the rule that fired and the entry that made it. Nothing here lowers a response.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from sightline.chronology.standing import InForce
from sightline.chronology.view import Chronology, Happening
from sightline.kernel import law
from sightline.kernel.moments import local
from sightline.pathways.contact.rules.course import CONTACT as CONTACT

HERE = Path(__file__).parent.parent
AGES_NOT_KNOWN = " (nobody there is known to be a child, but not every age is known)"


class _Row(BaseModel):
    """A row of the data; what is misspelt is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Grade(_Row):
    """A response grade; `rank` 0 is the gravest."""

    grade: str
    label: str
    means: str
    rank: int = 0


class Counted(_Row):
    """Entries that add up."""

    kinds: tuple[str, ...]
    at_least: int
    within_days: int
    where: Mapping[str, tuple[str, ...]] = {}
    unless_since: tuple[str, ...] = ()


class Raising(_Row):
    """One rule that raises the response: what of whom, to which grade, on which days, and why in words."""

    rule: str
    grade: str
    of: Literal["child", "someone_there", "place"]
    because: str
    standing: tuple[str, ...] = ()
    entries: Counted | None = None
    in_force_from: date = Field(alias="from")
    in_force_until: date | None = Field(default=None, alias="until")


class Reported(_Row):
    """The least grade that a report gets by what it says; who makes it is not asked."""

    rule: str
    grade: str
    kinds: tuple[str, ...]
    because: str
    child_affected: bool = False
    in_force_from: date = Field(alias="from")
    in_force_until: date | None = Field(default=None, alias="until")


class Action(_Row):
    """One of the least things that are done at the scene."""

    action: str
    says: str
    in_force_from: date = Field(alias="from")
    in_force_until: date | None = Field(default=None, alias="until")


@dataclass(frozen=True)
class Table:
    """Grades by key, the rules that raise to them, until which birthday somebody is a child, and where all that comes from."""

    grades: Mapping[str, Grade]
    raises: tuple[Raising, ...]
    child_until: int
    source: law.Source
    reported: tuple[Reported, ...] = ()
    affecting: tuple[str, ...] = ()
    at_a_desk: tuple[str, ...] = ()


@dataclass(frozen=True)
class Someone:
    """Somebody of the scene: the person found, or one they live with. `chronology` holds only what the viewer may read in full."""

    person: int
    name: str
    relation: str
    age: int | None
    standing: tuple[InForce, ...] = ()
    chronology: Chronology | None = None


@dataclass(frozen=True)
class AtPlace:
    """What is known of the address."""

    kind: str
    source: str
    since: datetime
    event_id: int


@dataclass(frozen=True)
class Because:
    """An entry that raised the response: what it says, of whom (nobody: the place), from which system, since when, how long its word is."""

    label: str
    who: str
    person: int | None
    source: str
    at: datetime
    event_ids: tuple[int, ...]


@dataclass(frozen=True)
class Raised:
    """A rule that fired, the grade it raises to, and every entry it rests on."""

    rule: str
    grade: Grade
    because: str
    entries: tuple[Because, ...]
    source: law.Source


@dataclass(frozen=True)
class Suggestion:
    """The least response that what is held suggests, and why; no grade where nothing held raises it, which is no sign of safety."""

    grade: Grade | None
    raised: tuple[Raised, ...]


def _source(said: Mapping[str, Any], provision: str = "") -> law.Source:
    standing = law.Standing(said["standing"])
    given = said.get("provision", provision)
    return law.Source(said["instrument"], given, standing, said.get("edition", ""), confirmed=False)


@cache
def table() -> Table:
    """The table beside this file; raises where a rule names a grade that is not there."""
    held = yaml.safe_load((HERE / "response.yaml").read_text())
    grades = {g["grade"]: Grade(**g, rank=n) for n, g in enumerate(held["grades"])}
    raises = tuple(Raising(**row) for row in held["raises"])
    reported = tuple(Reported(**row) for row in held["reported"])
    if unknown := ({r.grade for r in raises} | {r.grade for r in reported}) - grades.keys():
        raise ValueError(f"response.yaml: no such grade: {', '.join(sorted(unknown))}")
    years, affecting = held["child_until"]["years"], tuple(held["affecting"])
    return Table(grades, raises, years, _source(held["source"]), reported, affecting, tuple(held["at_a_desk"]))


@cache
def _actions() -> tuple[tuple[Action, ...], law.Source]:
    held = yaml.safe_load((HERE / "at_the_scene.yaml").read_text())
    return tuple(Action(**row) for row in held["actions"]), _source(held["source"])


def least_at_the_scene(day: date) -> tuple[tuple[Action, ...], law.Source]:
    """What is done for every child at every scene, as it stood on a day, and where that comes from."""
    actions, source = _actions()
    return tuple(a for a in actions if _in_force(a, day)), source


@cache
def _shifts() -> tuple[tuple[int, str], ...]:
    held = yaml.safe_load((HERE / "response.yaml").read_text())
    return tuple((row["hour"], row["shift"]) for row in held["shifts"])


def shift_at(moment: datetime) -> str:
    """The shift on which it fell, by the clock on the wall."""
    return next(name for hour, name in reversed(_shifts()) if local(moment).hour >= hour)


def affects_a_child(kind: str, answers: Iterable[str | None]) -> bool:
    """Whether a contact is treated as affecting a child: by what it is about, whatever its label, or by any answer that is not no."""
    return kind in table().affecting or any(a in ("yes", "not_known") for a in answers)


def floor(kind: str, *, child_affected: bool, as_of: datetime, held: Suggestion | None = None) -> tuple[Raised, ...]:
    """Every rule that says how soon at least, gravest first: by what is reported, and by what is held. Who calls is not asked."""
    by, day = table(), local(as_of).date()
    said = [
        Raised(row.rule, by.grades[row.grade], row.because, (), by.source)
        for row in by.reported
        if _in_force(row, day) and kind in row.kinds and (child_affected or not row.child_affected)
    ]
    return tuple(sorted((*said, *(held.raised if held else ())), key=lambda r: r.grade.rank))


def _in_force(row: Raising | Reported | Action, day: date) -> bool:
    return row.in_force_from <= day and (row.in_force_until is None or day < row.in_force_until)


def suggest(
    person: Someone,
    household: Iterable[Someone],
    place: Iterable[AtPlace],
    as_of: datetime,
    by: Table | None = None,
) -> Suggestion:
    """The least response that what is held about these people and this address suggests, gravest reason first."""
    by, everyone = by or table(), (person, *household)
    day, hazards = local(as_of).date(), tuple(place)
    doubt = "" if any(s.age is not None and s.age < by.child_until for s in everyone) else AGES_NOT_KNOWN
    raised = [
        Raised(row.rule, by.grades[row.grade], row.because + doubt, found, by.source)
        for row in by.raises
        if _in_force(row, day) and (found := tuple(_found(row, everyone, hazards, as_of, by.child_until)))
    ]
    raised.sort(key=lambda r: r.grade.rank)
    return Suggestion(raised[0].grade if raised else None, tuple(raised))


def _found(
    row: Raising, everyone: tuple[Someone, ...], hazards: tuple[AtPlace, ...], as_of: datetime, until: int
) -> Iterable[Because]:
    children = [s for s in everyone if s.age is None or s.age < until]
    if row.of == "place" and children:
        for h in hazards:
            if h.kind in row.standing:
                yield Because(_label(h.kind), "", None, h.source, h.since, (h.event_id,))
    elif row.of == "someone_there":
        for someone in everyone:
            if any(child is not someone for child in children):
                yield from _standing(row, someone)
    elif row.of == "child":
        for child in children:
            yield from _standing(row, child)
            if row.entries and child.chronology:
                yield from _entries(row.entries, child, as_of)


def _standing(row: Raising, someone: Someone) -> Iterable[Because]:
    for fact in someone.standing:
        for said in fact.says:
            if fact.kind in row.standing:
                yield Because(fact.label, _who(someone), someone.person, said.source, said.since, said.rests_on)


def _entries(counted: Counted, child: Someone, as_of: datetime) -> Iterable[Because]:
    """The newest of those that add up, and how many there are."""
    held = child.chronology or ()
    since = as_of - timedelta(days=counted.within_days)
    found = [h for h in held if h.kind in counted.kinds and since < h.at <= as_of and _says(h, counted.where)]
    settled = found and any(h.kind in counted.unless_since and found[-1].at <= h.at <= as_of for h in held)
    if len(found) >= counted.at_least and not settled:
        newest = found[-1]
        many = f" (the newest of {len(found)})" if len(found) > 1 else ""
        yield Because(
            _label(newest.kind) + many, _who(child), child.person, newest.source, newest.at,
            tuple(h.event_id for h in found),
        )  # fmt: skip


def _says(happening: Happening, where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(happening.get(field) in wanted for field, wanted in where.items())


def _who(someone: Someone) -> str:
    return f"{someone.name} ({someone.relation})" if someone.relation else someone.name


def _label(kind: str) -> str:
    return kind.replace("_", " ").replace(".", " ").capitalize()
