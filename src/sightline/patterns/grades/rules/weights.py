"""What makes a child easier to harm, weighed: each circumstance by itself, with the entries that say so. The weights are local settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sightline.alerts.case import Case, Where
from sightline.alerts.incidents import HARMS
from sightline.chronology.view import Happening

# Each is the name of a limit, `risk.weight.<name>`, and as a sentence has it.
SAYS = {
    "under_one": "a child under one",
    "under_five": "a child under five",
    "disability": "a disability",
    "earlier_abuse": "earlier abuse of this child",
    "care": "in care, or lately in care",
    "isolation": "nobody around the family, or no school",
    "neighbourhood": "danger near the home",
}
UNDER_FIVE = 5
IN_CARE = ("looked_after", "care_leaver")
ALONE = ("unaccompanied_asylum_seeker", "private_fostering")
DANGER = ("violent", "weapons", "firearms", "registered_sex_offender", "risk_to_children", "sro", "shpo")
NO = ("", "no", "none", "n/a", "nil", "not known", "unknown", "not stated")
ISOLATED = ("isolat", "no family near", "no friends", "nobody to turn to")
NEARBY = ("gang", "county line", "drug dealing", "shooting", "stabbing nearby", "unsafe area", "dangerous area")
OUT_OF_SCHOOL = "child missing education"


@dataclass(frozen=True)
class Weight:
    """One circumstance: what it is, how much it weighs here, and the entries that say so."""

    name: str
    says: str
    weighs: int
    entries: tuple[Happening, ...]


def weights(case: Case, graded: Happening) -> tuple[Weight, ...]:
    """What weighs of a child's circumstances, as recorded up to a grading."""
    return tuple(
        Weight(name, SAYS[name], case.number(f"risk.weight.{name}", graded.at), tuple(dict.fromkeys(entries)))
        for name, entries in _found(case, graded)
        if entries
    )


def _found(case: Case, graded: Happening) -> Iterator[tuple[str, list[Happening]]]:
    known = [h for h in case.own.of_kind("person.recorded") if h.recorded_at <= graded.recorded_at]
    forms = [h for h in case.of("concern.notified") if h.at <= graded.at]
    age = case.age(graded.at)
    if age is not None and age < UNDER_FIVE:
        yield ("under_one" if age < 1 else "under_five"), [h for h in known if h.get("born")][-1:]
    disabled = [h for h in (*known, *forms) if any(_held(x) for x in _listed(h.get("disability")))]
    yield "disability", disabled[-1:]
    yield "earlier_abuse", _abused(case, graded, forms)
    yield "care", _in_care(case, graded)
    said = _says(graded, ISOLATED)
    marks = _marks(case, graded, lambda h: h.get("kind") in ALONE or OUT_OF_SCHOOL in str(h.get("detail")).lower())
    yield "isolation", [*said, *(h for h in forms if "isolation" in (h.get("risks") or ())), *marks]
    yield "neighbourhood", [*_says(graded, NEARBY), *_near(case, graded)]


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else [value]


def _held(value: object) -> bool:
    return value is not None and str(value).strip().lower() not in NO


def _says(graded: Happening, words: tuple[str, ...]) -> list[Happening]:
    said = " ".join(str(f) for f in graded.get("factors") or ()).lower()
    return [graded] if any(w in said for w in words) else []


def _marks(case: Case, graded: Happening, is_one: Where) -> list[Happening]:
    """Standing facts about the child that held when the grade was set."""
    held = case.of("marker.set", role=("child", "subject"), where=lambda h: h.at <= graded.at and is_one(h))
    ended = case.of("marker.cleared", role=("child", "subject"), where=lambda h: h.at <= graded.at)
    return [h for h in held if not any(e.at >= h.at and e.get("kind") == h.get("kind") for e in ended)]


def _in_care(case: Case, graded: Happening) -> list[Happening]:
    placed = [h for h in case.of("placement.started") if h.at <= graded.at]
    if placed and case.first("placement.ended", since=placed[-1].at, until=graded.at) is not None:
        placed = []
    return [*placed[-1:], *_marks(case, graded, lambda h: h.get("kind") in IN_CARE)]


def _abused(case: Case, graded: Happening, forms: list[Happening]) -> list[Happening]:
    """Crimes against the child before this incident, an earlier child protection plan, and abuse that a form names."""
    crimes = case.of("crime.recorded", role=("child", "victim"), where=lambda h: h.get("category") in HARMS)
    against = [h for h in crimes if h.get("child_is") in ("victim", "both")]
    before = [h for h in against if case.due("incident.same", h) <= graded.at]
    plans = case.of("plan.ended", where=lambda h: h.at <= graded.at and h.get("kind") in ("child_protection", None))
    return [*before, *plans, *(h for h in forms if "abuse_before" in (h.get("risks") or ()))]


def _near(case: Case, graded: Happening) -> list[Happening]:
    """Neighbours, and others who have or had the same address, who are recorded as violent, armed or a danger to children."""
    ours = {*case.kin(at=graded.at), *case.household(graded.at), *(p for held in graded.people.values() for p in held)}
    homes = case.homes(graded.at)
    there = {*(case.world.sharing_home(homes) if homes else ()), case.subject} - ours
    others = (there | case.kin("neighbour", at=graded.at)) - {case.subject}
    return [
        h
        for person in sorted(others)
        for h in case.chronology_of(person).of_kind("marker.set")
        if h.get("kind") in DANGER and h.concerns(person, "subject") and h.at <= graded.at
    ]
