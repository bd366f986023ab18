"""The lowest grade that recorded facts allow, factor by factor. Nothing is computed that cannot be listed in facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.alerts.case import Case
from sightline.alerts.incidents import Incident, incidents
from sightline.chronology.view import Happening
from sightline.patterns.grades.rules.weights import SAYS, Weight, weights
from sightline.patterns.grades.rules.worsening import worsening

GRADES = ("no_apparent", "low", "standard", "medium", "high", "very_high")
VIOLENT = ("violent", "weapons", "firearms", "domestic_abuse_perpetrator")
DANGEROUS = ("registered_sex_offender", "risk_to_children", "shpo", "sro")
# Two of the graver middling factors together, or the three stresses that so often stand behind a child's death, make it high.
TOGETHER = (
    ("separated", "earlier"),
    ("separated", "repeated"),
    ("separated", "known_violent"),
    ("escalating", "repeated"),
)
AT_SCENE = ("domestic_abuse", "child")  # the kinds of grading that these factors are about
MILD = ("separated", "child_saw")  # of a quarrel of words alone, neither makes it more
WORDS_ONLY = (
    "words only",
    "verbal",
    "no violence",
    "no assault",
    "no threat",
    "no blows",
    "argument only",
    "raised voices",
)
STRESSES = ("drink", "mental_health")


@dataclass(frozen=True)
class Factor:
    """One recorded fact that raises the floor: what it is, how far, and the entries that say so."""

    name: str
    says: str
    floor: str
    entries: tuple[Happening, ...]


@dataclass(frozen=True)
class Floor:
    """The lowest grade that the facts allow, and the facts."""

    grade: str
    factors: tuple[Factor, ...]
    together: tuple[tuple[str, ...], ...] = ()  # the combinations that raised it further than any one of them, in words
    weights: tuple[
        Weight, ...
    ] = ()  # what weighs of the child's circumstances, each shown whether or not it raised the floor

    @property
    def weighs(self) -> int:
        """What the child's circumstances weigh together."""
        return sum(w.weighs for w in self.weights)

    @property
    def under_one(self) -> bool:
        """Whether the child was in the first year of life, when the risk of being killed is highest."""
        return any(f.name == "baby" for f in self.factors)

    def above(self, grade: str) -> bool:
        """Whether a recorded grade is lower than the facts allow."""
        return grade in GRADES and GRADES.index(self.grade) > GRADES.index(grade)

    @property
    def says(self) -> str:
        """The factors in words."""
        return ", ".join(dict.fromkeys(f.says for f in self.factors))


@cache
def _declared() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "factors.yaml").read_text())
    return found


def floor(case: Case, graded: Happening) -> Floor:
    """The lowest grade that facts recorded up to a grading allow, for one child."""
    held = weights(case, graded)
    factors = [*_said(case, graded), *_recorded(case, graded), *_weighed(case, graded, held)]
    if _words_only(graded) and {f.name for f in factors} <= {*MILD, *STRESSES}:
        factors = [f for f in factors if f.name not in MILD]
    grade = max((f.floor for f in factors), key=GRADES.index, default="no_apparent")
    says = {f.name: f.says for f in factors}
    found: list[tuple[str, ...]] = [pair for pair in TOGETHER if set(pair) <= says.keys()]
    if set(STRESSES) <= says.keys() and (
        third := next((f.name for f in factors if f.floor == "medium" and f.name != "circumstances"), "")
    ):
        found.append((third, *STRESSES))
    if not found or GRADES.index(grade) >= GRADES.index("high"):
        return Floor(grade, tuple(factors), weights=held)
    return Floor("high", tuple(factors), tuple(tuple(says[name] for name in pair) for pair in found), held)


def reasoned(graded: Happening) -> bool:
    """A supervisor set it, with a reason."""
    return graded.get("role") == "supervisor" and bool(graded.get("rationale"))


def put_right(case: Case, graded: Happening, lowest: str) -> Happening | None:
    """The first later grading of the same kind that is as high as facts allow, or that a supervisor set with a reason."""
    for later in case.of("risk.assessed", where=lambda h: h.at > graded.at and h.get("tool") == graded.get("tool")):
        grade = later.get("grade")
        if reasoned(later) or (grade in GRADES and GRADES.index(str(grade)) >= GRADES.index(lowest)):
            return later
    return None


def unknown(lowest: Floor) -> tuple[str, ...]:
    """What would raise the floor and of which nothing is recorded, in words: that is not the same as that it is not so."""
    held, weigh = {f.name for f in lowest.factors}, {w.name for w in lowest.weights}
    factors = [declared["says"] for name, declared in _declared().items() if name not in held]
    return (
        *factors,
        *(says for name, says in SAYS.items() if name not in weigh and name not in ("under_one", "under_five")),
    )


def _factor(name: str, entries: Iterable[Happening]) -> Factor:
    declared = _declared()[name]
    return Factor(name, declared["says"], declared["floor"], tuple(entries))


def _words_only(graded: Happening) -> bool:
    said = " ".join([*map(str, graded.get("factors") or ()), str(graded.get("rationale") or "")]).lower()
    return any(w in said for w in WORDS_ONLY)


def _said(case: Case, graded: Happening) -> Iterator[Factor]:
    """What the grading itself, and the offence it is about, say in words."""
    about = case.within("crime.recorded", since=graded.at.replace(hour=0, minute=0), until=graded.at)
    said = {graded: " ".join(str(f) for f in graded.get("factors") or ()).lower()}
    said |= {c: str(c.get("offence") or "").lower() for c in about}
    for name, declared in _declared().items():
        entries = [e for e, text in said.items() if any(w in text for w in declared.get("words", ()))]
        if entries:
            yield _factor(name, entries)


def _recorded(case: Case, graded: Happening) -> Iterator[Factor]:
    """What the history and the people hold."""
    age = case.age(graded.at)
    if age is not None and age < 1:
        yield _factor("baby", case.own.of_kind("person.recorded")[-1:])
    held = history(case, graded)
    if len(held) >= case.number("risk.repeats", graded.at):
        yield _factor("repeated", [i.opened for i in held])
    if worse := worsening(case, graded.at):
        yield Factor(
            "worsening",
            "; ".join(w.says for w in worse),
            "medium",
            tuple(dict.fromkeys(e for w in worse for e in w.entries)),
        )
    plans = case.of("plan.started", "marker.set", role=("child", "subject"), where=_is_protection_plan)
    if plans and case.first("plan.ended", since=plans[-1].at, until=graded.at) is None:
        yield _factor("on_plan", plans[-1:])
    for suspect in graded.people.get("suspect", ()):
        marks = [h for h in case.chronology_of(suspect).of_kind("marker.set") if suspect in h.people.get("subject", ())]
        for name, kinds in (("known_violent", VIOLENT), ("offender", DANGEROUS)):
            if found := [h for h in marks if h.get("kind") in kinds and h.at <= graded.at]:
                yield _factor(name, found)
        if before := _hurt_before(case, graded, suspect):
            yield _factor("earlier", before)


def history(case: Case, graded: Happening) -> list[Incident]:
    """The incidents about a child and their home that count towards a grading, oldest first."""
    return [i for i in incidents(case) if i.at <= graded.at <= case.due("risk.looks_back", i.opened)]


def _weighed(case: Case, graded: Happening, held: tuple[Weight, ...]) -> Iterator[Factor]:
    """The child's circumstances as one factor, where together they weigh as much as it takes to raise the floor."""
    total = sum(w.weighs for w in held)
    if total >= case.number("risk.weight.raises", graded.at):
        says = f"circumstances of the child that weigh {total} together ({'; '.join(f'{w.says} {w.weighs}' for w in held)})"
        yield Factor("circumstances", says, "medium", tuple(dict.fromkeys(e for w in held for e in w.entries)))


def _hurt_before(case: Case, graded: Happening, suspect: int) -> list[Happening]:
    """Earlier crimes of violence by a suspect: one against somebody of this grading or home counts, against others two."""
    own = case.chronology_of(suspect).of_kind("crime.recorded")
    crimes = [
        h
        for h in own
        if h.concerns(suspect, "suspect") and h.get("category") in ("violence", "sexual", "cruelty_neglect")
    ]
    earlier = [h for h in crimes if case.due("incident.same", h) <= graded.at <= case.due("risk.suspect_looks_back", h)]
    ours = {*graded.people.get("child", ()), *graded.people.get("victim", ()), *case.household(graded.at)} - {suspect}
    against_us = [h for h in earlier if any(h.concerns(p, "victim", "child") for p in ours)]
    return against_us or (earlier if len(earlier) > 1 else [])


def _is_protection_plan(entry: Happening) -> bool:
    return entry.get("kind") in ("child_protection", "child_protection_plan")
