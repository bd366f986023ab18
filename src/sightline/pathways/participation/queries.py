"""The page of how a child takes part: what is owed to them, who was at their side, what they complained of, how often they were let down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run
from sightline.chronology.queries import chronology_of
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotFound
from sightline.pathways.participation.rules import (
    COUNTED,
    Duty,
    Plain,
    accounts,
    complaints,
    conditions,
    in_plain_words,
    owed,
    within,
)
from sightline.people.persons import persons
from sightline.people.sight import sight_of

SHOWN = ("closing.explained", "special_measures.chosen", "rights.explained", "bail.explained")


@dataclass(frozen=True)
class Count:
    """How often something happened to the child of late, and at how many a supervisor is told."""

    what: str
    times: int
    level: int

    @property
    def reached(self) -> bool:
        """Whether it has come to the level."""
        return self.times >= self.level


@dataclass(frozen=True)
class Taking:
    """What one viewer may read of how a child takes part."""

    person: int
    name: str
    duties: tuple[Duty, ...]
    explained: tuple[Happening, ...]
    advocates: tuple[Happening, ...]
    complaints: tuple[Run, ...]
    counts: tuple[Count, ...]
    bail: tuple[Plain, ...]
    answers: bool

    @property
    def open_complaints(self) -> tuple[Run, ...]:
        """Those that nobody has answered."""
        return tuple(r for r in self.complaints if not r.over)


def taking_part(viewer: Viewer, person: int, *, at: datetime) -> Taking:
    """The child's page. Raises NotFound."""
    own = chronology_of(viewer, person, fields=("names", "chronology"))
    name = persons([person], sight_of(viewer))[person].name
    bail, held = conditions(own), limits()
    return Taking(
        person, name, tuple(owed(own, held)), own.of_kind(*SHOWN)[::-1], own.of_kind("advocate.offered", "advocate.used")[::-1],
        complaints(own), counts(own, at, held), tuple(in_plain_words(c) for c in bail.get("conditions")) if bail else (),
        viewer.may(May.AGREE_TO_GRADES),
    )  # fmt: skip


def counts(own: Chronology, at: datetime, held: Limits) -> tuple[Count, ...]:
    """Each thing that is counted, with the level at which a supervisor is told."""
    told = within(accounts(own), at, held)
    times = sum(int(h.get("times_asked") or 1) for h in told)
    asked = Count("times the child was asked to tell it", times, held.number("interview.accounts", at) + 1)
    rest = (
        Count(means, len(within(find(own), at, held)), held.number(f"participation.{part}", at))
        for part, (means, find) in COUNTED.items()
    )
    return (asked, *rest)


def not_there(viewer: Viewer, person: int) -> None:
    """There is no such page. Raises NotFound."""
    gate.refuse(viewer, people=[person], note="no such page")
    raise NotFound(gate.NOT_FOUND)
