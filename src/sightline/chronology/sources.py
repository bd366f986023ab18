"""What can be said of each record system about a person: four kinds of silence that are not the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sightline.access import gate
from sightline.access.policy import Decision, Of, Tier, tier
from sightline.access.viewer import Viewer
from sightline.agencies.systems import SourceState, SystemState, states
from sightline.chronology.handling import is_read, is_told_at_the_door
from sightline.chronology.view import Chronology


class Entry(Protocol):
    """Whatever one system says in one entry: an event, or what it set of a place."""

    @property
    def event_id(self) -> int:
        """The same entry about two people is one."""
        ...

    @property
    def source(self) -> str:
        """The system that says it."""
        ...

    @property
    def recorded_at(self) -> datetime:
        """When the system learnt it."""
        ...


@dataclass(frozen=True)
class SourceLine:
    """What can be said of one record system: asked and holds, asked and nothing held, late, down, not asked, not permitted."""

    key: str
    name: str
    state: SourceState
    says: str
    entries: int
    latest_at: datetime | None


def source_lines(viewer: Viewer, entries: Iterable[Entry], at: datetime) -> tuple[SourceLine, ...]:
    """Every record system and what may be said of it, over these entries. What this viewer may not see says so, whether or not
    anything is held; an entry that concerns several of those asked about counts once."""
    held: dict[str, dict[int, Entry]] = {}
    for entry in entries:
        held.setdefault(entry.source, {})[entry.event_id] = entry
    asked = states(as_of=at)
    about = [key for key, state in asked.items() if state.system.about_people]
    return tuple(_source_line(viewer, key, asked[key], list(held.get(key, {}).values())) for key in about)


def _source_line(viewer: Viewer, key: str, state: SystemState, held: list[Entry]) -> SourceLine:
    name = state.system.name
    if tier(viewer, key) is Tier.NO:
        return SourceLine(
            key, name, SourceState.NOT_PERMITTED, "not permitted for your post: ask the data guardian", 0, None
        )
    if not held:
        return SourceLine(key, name, state.state, state.says, 0, None)
    latest = max(h.recorded_at for h in held)
    fine = state.state in (SourceState.NOTHING_HELD, SourceState.NEVER_HEARD)
    return SourceLine(key, name, SourceState.HOLDS if fine else state.state, state.says, len(held), latest)


def for_standing(viewer: Viewer, chronology: Chronology, given: Decision | None = None) -> Chronology:
    """What standing facts may rest on: full and pointer sources, since the fact itself is what someone at the door must know.

    Less what was shared on conditions that this viewer's agency does not meet. `given`: what is known already to be given of the person.
    """
    who = chronology.subject
    seen = given or gate.sees(viewer, [who], around=True)[who]
    held = tuple(h for h in chronology if is_told_at_the_door(viewer, h)) if seen.shows(Of.STANDING) else ()
    return Chronology(who, held)


def in_full(viewer: Viewer, chronology: Chronology, given: Decision) -> Chronology:
    """What this viewer, to whom this much is given, may read in full: what a summary may rest on. For queries that have passed the gate."""
    return chronology.where(lambda h: h if is_read(viewer, h, given) else None)
