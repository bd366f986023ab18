"""What a rule says: that something should have happened by a moment, and on what it rests. Imports no Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sightline.alerts.names import alert_names
from sightline.chronology.view import Happening
from sightline.kernel.discovery import declared
from sightline.kernel.law import Source

if TYPE_CHECKING:
    from sightline.alerts.case import Case

Key = tuple[str, int, str, str]


@dataclass(frozen=True)
class Finding:
    """A duty that stands unmet, and the moment at which somebody must be told if it still does.

    `due_at` in the future: nothing is wrong yet; the rule is asked again then. `why`: one plain sentence. `step`: the next step on offer.
    """

    kind: str
    subject: int
    concerns: frozenset[int]
    cause: Happening
    due_at: datetime
    why: str
    rests_on: tuple[Happening, ...]
    step: str = ""
    to: str = ""
    part: str = ""  # tells apart several things that one cause asks for, as each action that a meeting set

    @property
    def key(self) -> Key:
        """One alert a kind, subject and cause; the same in any order of arrival, and after a correction of the cause."""
        return (self.kind, self.subject, f"{self.cause.source}:{self.cause.ref}", self.part)

    @property
    def recipient(self) -> str:
        """The role that is told first."""
        return self.to or alert_names()[self.kind].to


@dataclass(frozen=True, eq=False)
class Rule:
    """One way in which an alert kind arises: a pure function of a case.

    on        event kinds without which there is nothing to find: the rule is asked only about people in such an event
    roles     the roles in such an event that make somebody this rule's concern
    answers   event kinds whose absence it reads as silence; where no system here ever sends one, the rule sleeps and says so
    around    whether it reads other people's chronologies, and so must be asked again when something happens to them
    last      whether it looks at what the other rules found of the same person: asked after them, of everybody who is asked anything
    means     what it watches for, in a sentence; source: where that duty comes from
    """

    kind: str
    on: tuple[str, ...]
    find: Callable[[Case], Iterable[Finding]]
    source: Source
    means: str
    roles: tuple[str, ...] = ("child",)
    answers: tuple[str, ...] = ()
    around: bool = False
    last: bool = False
    limits: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Where it stands in the code: slice and function."""
        return f"{self.find.__module__.split('.')[-2]}.{self.find.__name__}"


class UnknownAlert(ValueError):
    """A rule raises an alert that the vocabulary does not have."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every declared rule, in name order. Raises UnknownAlert."""
    found = declared("alerts", Rule)
    if strange := {r.kind for r in found} - alert_names().keys():
        raise UnknownAlert(f"no such alert in the vocabulary: {', '.join(sorted(strange))}")
    return tuple(sorted(found, key=lambda r: (r.kind, r.name)))
