"""Reads of the chronology. Every one takes the viewer, and writes the look down before it reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import connection

from sightline.access import gate
from sightline.access.policy import Tier, tier
from sightline.access.viewer import Viewer
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.people.anchors import identities_of, records_of

_EVENTS = """
SELECT e.id, e.kind, e.at, e.recorded_at, e.received_at, e.precision, e.source, e.ref, e.agency, e.by, e.place, e.premises_key, e.note,
       e.data, array_agg(p.role ORDER BY p.role, p.record_id), array_agg(p.record_id ORDER BY p.role, p.record_id)
FROM chronology_event e JOIN chronology_eventperson p ON p.event_id = e.id
WHERE e.id IN ({which}) AND NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = e.id)
GROUP BY e.id
"""
_OF_RECORDS = "SELECT event_id FROM chronology_eventperson WHERE record_id = ANY(%s)"
_AT_PREMISES = "SELECT id FROM chronology_event WHERE premises_key = %s"


def chronology_of(viewer: Viewer, person: int, *, fields: Iterable[str] = ("chronology",)) -> Chronology:
    """One child's chronology from every linked source, oldest first. Raises NotFound where the viewer may not read it."""
    gate.look(viewer, [person], fields=fields)
    return as_permitted(viewer, chronologies([person])[person])


def as_permitted(viewer: Viewer, chronology: Chronology) -> Chronology:
    """What this viewer's agency may see of each source: content, that it is held, or nothing at all."""
    shown = (_as_permitted(viewer, h) for h in chronology)
    return Chronology(chronology.subject, tuple(h for h in shown if h is not None))


def _as_permitted(viewer: Viewer, happening: Happening) -> Happening | None:
    match tier(viewer, happening.source):
        case Tier.FULL:
            return happening
        case Tier.POINTER:
            return replace(happening, data=frozen({}), note="", by="", place="", premises_key=None, pointer=True)
        case _:
            return None


def chronologies(people: Iterable[int]) -> dict[int, Chronology]:
    """Chronologies of several people at once. For rules and for queries that have already passed the gate; not for views."""
    asked = list(people)
    held = records_of(asked)
    by_record = {record: person for person, linked in held.items() for record in linked}
    happenings = _happenings(_OF_RECORDS, list(by_record))
    found: dict[int, list[Happening]] = {person: [] for person in asked}
    for happening in happenings:
        for person in {p for held in happening.people.values() for p in held} & found.keys():
            found[person].append(happening)
    return {person: Chronology.of(person, of) for person, of in found.items()}


def happenings_at(premises: int) -> tuple[Happening, ...]:
    """What happened at a place, oldest first. For queries that have already passed the gate."""
    return Chronology.of(0, _happenings(_AT_PREMISES, premises)).happenings


def _happenings(which: str, of: list[int] | int) -> list[Happening]:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS.format(which=which), [of])
        rows = cursor.fetchall()
    people = identities_of({record for row in rows for record in row[15]})
    return [_happening(row, people) for row in rows]


def _happening(row: tuple[Any, ...], identities: dict[int, int]) -> Happening:
    plain, (place, premises, note, data, roles, records) = row[:10], row[10:]
    people: dict[str, list[int]] = {}
    for role, record in zip(roles, records, strict=True):
        people.setdefault(role, []).append(identities[record])
    who = frozen({role: tuple(dict.fromkeys(held)) for role, held in people.items()})
    held = json.loads(data) if isinstance(data, str) else data
    return Happening(*plain, who, place, premises, note, frozen(held))  # type: ignore[call-arg]
