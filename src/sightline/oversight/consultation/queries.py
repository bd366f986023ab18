"""Consultations, newest first, each with what was done about it. About nobody, so open to whoever is signed in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sightline.access import wall
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.models import Event
from sightline.chronology.stepping import HERE

PREFIX = "consultation/"


@dataclass(frozen=True)
class Consulted:
    """One consultation. `key`: what its pages are called by; `changes`: what was done about it, oldest first."""

    key: str
    held: Event
    changes: tuple[Event, ...] = ()

    @property
    def unanswered(self) -> bool:
        """Whether nobody has said what was done about it."""
        return not self.changes


def consultations(viewer: Viewer) -> tuple[Consulted, ...]:
    """Every one; the look is written down."""
    write(viewer, Action.LIST, note="consultations")
    changes: dict[str, list[Event]] = defaultdict(list)
    for event in _told("service.changed"):
        changes[str(event.data.get("consultation"))].append(event)
    held = [(e.ref.removeprefix(PREFIX), e) for e in _told("consultation.held")]
    return tuple(Consulted(key, e, tuple(changes[key])) for key, e in reversed(held))


def consultation(viewer: Viewer, key: str) -> Consulted | None:
    """One by its key; the look is written down."""
    write(viewer, Action.CONSULTATION, note="consultation")
    return next((Consulted(key, e) for e in _told("consultation.held") if e.ref == f"{PREFIX}{key}"), None)


@wall.working()
def _told(kind: str) -> list[Event]:
    """Entries made here that name nobody."""
    return list(Event.objects.filter(source=HERE, kind=kind, superseded=None, people=None).order_by("at", "id"))
