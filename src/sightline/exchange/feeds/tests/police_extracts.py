"""Loads the police systems' samples into the test database, and reads back what was made of them, as of now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cast import NOW, feed_viewer, person_of
from sightline.chronology.models import Event
from sightline.chronology.queries import chronologies
from sightline.chronology.standing import in_force
from sightline.chronology.view import Chronology
from sightline.exchange.feeds.catalogue import FEEDS, read_mapping
from sightline.exchange.feeds.models import Load
from sightline.exchange.feeds.services import load
from sightline.kernel.moments import local
from sightline.people.models import SourceRecord

POLICE = (
    *("child_abuse", "command_and_control", "crime", "custody", "domestic_abuse", "intelligence", "mappa", "missing"),
    "offender_management",
)


def sample_of(system: str) -> Path:
    """The sample extract that stands beside a mapping."""
    (found,) = (FEEDS / system).glob("sample.*")
    return found


def take_in(system: str, file: Path | None = None) -> Load:
    """The sample, or another extract of the same system, loaded end to end."""
    return load(read_mapping(FEEDS / system / "mapping.yaml"), file or sample_of(system), feed_viewer(), workers=0)


def altered(system: str, folder: Path, *changes: tuple[str, str], name: str = "") -> Path:
    """The sample with some of its text replaced, as a new file. Each text must stand in it exactly once."""
    text = sample_of(system).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample of {system}"
        text = text.replace(old, new)
    file = folder / (name or f"{system}_altered{sample_of(system).suffix}")
    file.write_text(text, encoding="utf-8")
    return file


@dataclass(frozen=True)
class Told:
    """One event that stands, in local time and by the system's own keys."""

    kind: str
    at: str
    people: dict[str, list[str]]
    data: dict[str, Any]
    place: str
    note: str
    by: str
    recorded_at: str


def _clock(moment: Any, precision: str = "minute") -> str:
    return f"{local(moment):%Y-%m-%d}" if precision == "day" else f"{local(moment):%Y-%m-%d %H:%M}"


def _told(event: Event) -> Told:
    people: dict[str, list[str]] = {}
    for mention in event.people.select_related("record").order_by("record__key"):
        people.setdefault(mention.role, []).append(mention.record.key)
    at, recorded = _clock(event.at, event.precision), _clock(event.recorded_at)
    return Told(event.kind, at, people, event.data, event.place, event.note, event.by, recorded)


def told(source: str, ref: str) -> Told:
    """The event that stands under a ref."""
    return _told(Event.objects.get(source=source, ref=ref, superseded=None))


def said_of_row(source: str, key: str) -> dict[str, Told]:
    """Everything that stands of one row's own events, by ref below the row's key."""
    events = Event.objects.filter(source=source, ref__startswith=f"{key}/", superseded=None)
    return {e.ref.removeprefix(f"{key}/"): _told(e) for e in events}


def record_of(source: str, key: str) -> SourceRecord:
    """What the system holds of a person."""
    return SourceRecord.objects.get(source=source, key=key)


def chronology_of_key(source: str, key: str) -> Chronology:
    """The chronology of whoever the record is."""
    person = person_of(record_of(source, key).pk)
    return chronologies([person])[person]


def standing(source: str, key: str, *, at: Any = NOW) -> dict[str, list[str]]:
    """Standing facts in force of whoever the record is: what is said of each."""
    facts = in_force(chronology_of_key(source, key), at)
    return {fact.kind: [s.says for s in fact.says if s.holds] for fact in facts}
