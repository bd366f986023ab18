"""The course of a thing: which steps it can take from where, and where it stands, worked out from entries. Imports no Django.

A slice declares one `Course` in its rules.py. One run of it is the entry that began it and every later entry that took it a step
further; nothing is kept but the entries, so a late or corrected one puts the state right by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sightline.chronology.view import Chronology, Happening

MADE_HERE = "sightline"  # the source of what is entered here
BEGIN = ""  # where a run is before its first entry


@dataclass(frozen=True)
class Step:
    """A kind of entry that moves a run on. `when`: only where this field has one of these values. Without `to` the run stays where it is."""

    kind: str
    from_: tuple[str, ...]
    to: str = ""
    says: str = ""
    when: tuple[str, tuple[Any, ...]] | None = None

    def fits(self, state: str, kind: str, data: Mapping[str, Any]) -> bool:
        """Whether an entry that says this takes this step from a state."""
        return kind == self.kind and state in self.from_ and (not self.when or data.get(self.when[0]) in self.when[1])


@dataclass(frozen=True)
class Course:
    """The table of transitions. `states`: what each means, in words; `ends`: those in which nothing more is owed.

    `keeps`: as long as a run goes on, nobody of an agency that has part in it loses the child, whatever else is over.
    """

    key: str
    title: str
    states: Mapping[str, str]
    steps: tuple[Step, ...]
    ends: tuple[str, ...] = ()
    keeps: bool = False

    def __post_init__(self) -> None:
        named = {s for step in self.steps for s in (*step.from_, *([step.to] if step.to else []))}
        unknown = named - self.states.keys() - {BEGIN}
        idle = self.states.keys() - named
        if unknown or idle:
            raise ValueError(f"{self.key}: states not declared {sorted(unknown)}, never reached {sorted(idle)}")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of entry that takes a step of it."""
        return tuple(dict.fromkeys(step.kind for step in self.steps))

    def step(self, state: str, kind: str, data: Mapping[str, Any]) -> Step | None:
        """The step that such an entry takes from here; None where it is none."""
        return next((s for s in self.steps if s.fits(state, kind, data)), None)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What can be done from here."""
        return tuple(s for s in self.steps if state in s.from_)

    def begins(self, entry: Happening) -> bool:
        """Whether an entry begins a run."""
        return self.step(BEGIN, entry.kind, entry.data) is not None


@dataclass(frozen=True)
class Run:
    """One course taken: from the entry that began it, in order. `aside`: entries of it that were no step from where it stood then."""

    course: Course
    first: Happening
    state: str
    entries: tuple[Happening, ...] = ()
    aside: tuple[Happening, ...] = ()

    @property
    def key(self) -> str:
        """What it is called by: its first entry's source and ref, which neither a split nor a correction changes."""
        return key_of(self.first)

    @property
    def over(self) -> bool:
        """Whether nothing more is owed."""
        return self.state in self.course.ends

    def of(self, *kinds: str) -> tuple[Happening, ...]:
        """Its entries of some kinds, oldest first."""
        return tuple(e for e in self.entries if e.kind in kinds)

    def last(self, *kinds: str) -> Happening | None:
        """The newest of its entries of some kinds."""
        return next((e for e in reversed(self.entries) if e.kind in kinds), None)


@dataclass
class _Growing:
    first: Happening
    state: str
    entries: list[Happening] = field(default_factory=list)
    aside: list[Happening] = field(default_factory=list)


def key_of(first: Happening) -> str:
    """The key of the run that an entry begins."""
    return f"{first.source}:{first.ref}"


def step_ref(run_key: str, kind: str, token: str) -> str:
    """The ref of an entry made here that belongs to a run: the same form sent twice is the same entry."""
    return f"{run_key}#{kind}/{token}"


def runs(course: Course, chronology: Chronology) -> tuple[Run, ...]:
    """Every run of a course in one person's chronology, oldest first.

    An entry made here names its run, and belongs to no other, or begins its own. What comes from elsewhere names none: it goes to the run
    that its own row began; where its row began none, to the newest run of which it is a step.
    """
    growing: dict[str, _Growing] = {}
    for entry in chronology.of_kind(*course.kinds):
        here = entry.source == MADE_HERE and ("#" in entry.ref or entry.ref.startswith(f"{course.key}/"))
        named = growing.get(entry.ref.partition("#")[0]) if "#" in entry.ref else None
        taken = [named] if named else [] if here else _of_its_row(entry, growing.values())
        run = next((r for r in taken if course.step(r.state, entry.kind, entry.data)), None)
        if run is not None:
            step = course.step(run.state, entry.kind, entry.data)
            run.state = (step.to if step else "") or run.state
            run.entries.append(entry)
        elif named:
            named.aside.append(entry)
        elif not (here and "#" in entry.ref) and (begun := course.step(BEGIN, entry.kind, entry.data)) is not None:
            growing[key_of(entry)] = _Growing(entry, begun.to, [entry])
    return tuple(Run(course, r.first, r.state, tuple(r.entries), tuple(r.aside)) for r in growing.values())


def _of_its_row(entry: Happening, growing: Iterable[_Growing]) -> list[_Growing]:
    """The runs that may take an entry of another system, newest first: those that its own row began, else all there are."""
    newest, row = list(growing)[::-1], entry.ref.rpartition("/")[0]
    own = [r for r in newest if row and r.first.source == entry.source and r.first.ref.startswith(f"{row}/")]
    return own or newest


def run_of(course: Course, chronology: Chronology, key: str) -> Run | None:
    """The run called by this key."""
    return next((r for r in runs(course, chronology) if r.key == key), None)


def diagram(course: Course) -> str:
    """The table of transitions as a state diagram in Mermaid's notation."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state} : {means}" for state, means in course.states.items()]
    for step in course.steps:
        said = step.says or step.kind
        if step.when:
            said += f" ({', '.join(str(v) for v in step.when[1])})"
        lines += [f"    {s or '[*]'} --> {step.to or s} : {said}" for s in step.from_]
    lines += [f"    {state} --> [*]" for state in course.ends]
    return "\n".join(lines)


def unfinished(found: Iterable[Run]) -> tuple[Run, ...]:
    """Those of which something is still owed."""
    return tuple(r for r in found if not r.over)
