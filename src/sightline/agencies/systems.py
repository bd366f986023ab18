"""Record systems, and what may be said of one that has not answered: late, down and never heard of are not the same as nothing held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from sightline.agencies.models import SystemHeard
from sightline.kernel.moments import say_moment

CADENCES = {
    "now": None,
    "minutes": timedelta(minutes=30),
    "hour": timedelta(hours=3),
    "day": timedelta(hours=36),
    "week": timedelta(days=10),
    "year": timedelta(days=400),
}


class SourceState(StrEnum):
    """What can be said of a source when it is asked about a child."""

    HOLDS = "answered, holds something"
    NOTHING_HELD = "answered, nothing held"
    NOT_ASKED = "not asked"
    NOT_PERMITTED = "not permitted"
    LATE = "late"
    DOWN = "down"
    NEVER_HEARD = "never connected"


@dataclass(frozen=True)
class RecordSystem:
    """A record system by its key in the vocabulary; news is late after `late_after` of silence (local default).

    `about_people`: False for one whose entries are about no one child, so that a look-up has nothing to ask of it.
    """

    key: str
    owner: str
    cadence: str
    about_people: bool = True

    @property
    def name(self) -> str:
        """As a person would say it."""
        names = {
            "cin_census": "Children in need census",
            "ssda903": "Looked-after children return",
            "marac": "MARAC",
            "cps": "CPS",
            "visor": "ViSOR",
            "cross_force": "Cross-force information",
            "british_transport_police": "British Transport Police",
            "disclosure_and_barring": "Disclosure and Barring Service",
            "forced_marriage_unit": "Forced Marriage Unit",
        }
        return names.get(self.key, "MAPPA" if self.key == "mappa" else self.key.replace("_", " ").capitalize())

    @property
    def late_after(self) -> timedelta | None:
        """Silence longer than this is worth saying."""
        return CADENCES[self.cadence]


@dataclass(frozen=True)
class SystemState:
    """A system at one moment: whether its silence means anything."""

    system: RecordSystem
    state: SourceState
    heard_at: datetime | None
    down_since: datetime | None
    says: str


@cache
def systems() -> dict[str, RecordSystem]:
    """Every record system in the vocabulary, by key."""
    declared = yaml.safe_load((Path(__file__).parent / "record_systems.yaml").read_text())
    return {
        key: RecordSystem(key, str(row["owner"]), str(row["cadence"]), row.get("about") != "nobody")
        for key, row in declared.items()
    }


def record_answer(system: str, *, at: datetime, extracted_at: datetime | None = None) -> None:
    """A system answered: an extract was taken in whole."""
    SystemHeard.objects.create(system=system, at=at, answered=True, extracted_at=extracted_at)


def record_failure(system: str, *, at: datetime, reason: str, since: datetime | None = None) -> None:
    """A system did not answer, or what it sent could not be read: until it answers it is down.

    `since`: when it fell silent, where whoever reports it knows that it was before now.
    """
    SystemHeard.objects.create(system=system, at=at, answered=False, reason=reason, silent_since=since)


def states(*, as_of: datetime) -> dict[str, SystemState]:
    """Each system as it stood at a moment: up (NOTHING_HELD until something is found), late, down since, or never connected."""
    answers: dict[str, SystemHeard] = {}
    down: dict[str, SystemHeard] = {}
    for heard in SystemHeard.objects.filter(at__lte=as_of).order_by("at", "id"):
        if heard.answered:
            answers[heard.system] = heard
            down.pop(heard.system, None)
        else:
            down.setdefault(heard.system, heard)
    return {key: _state(system, answers.get(key), down.get(key), as_of) for key, system in systems().items()}


def _state(
    system: RecordSystem, answer: SystemHeard | None, failure: SystemHeard | None, as_of: datetime
) -> SystemState:
    heard_at = (answer.extracted_at or answer.at) if answer else None
    if failure is not None:
        since = failure.silent_since or failure.at
        return SystemState(system, SourceState.DOWN, heard_at, since, f"down since {say_moment(since)}")
    if system.late_after is None:
        return SystemState(system, SourceState.NOTHING_HELD, as_of, None, "this system")
    if heard_at is None:
        return SystemState(system, SourceState.NEVER_HEARD, None, None, "not asked: never connected")
    if as_of - heard_at > system.late_after:
        return SystemState(system, SourceState.LATE, heard_at, None, f"late: last heard of at {say_moment(heard_at)}")
    return SystemState(system, SourceState.NOTHING_HELD, heard_at, None, f"last heard of at {say_moment(heard_at)}")
