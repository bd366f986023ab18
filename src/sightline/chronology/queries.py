"""Reads of the chronology. Every one takes the viewer, and writes the look down before it reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection

from sightline.access import gate, wall
from sightline.access.fields import of_event
from sightline.access.policy import NOTHING, Decision, Of, Tier, tier
from sightline.access.viewer import Viewer
from sightline.chronology.handling import is_read
from sightline.chronology.kept_safe import kept_safe
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.people.anchors import identities_of, records_of

TIES = ("relationship.", "identity.")
# What we hold, its source had learnt: an entry about a day to come is known from when we got it.
# Versions that were replaced come too, with when somebody knew better and when that reached us: an earlier moment can then be seen as it was.
_EVENTS = """
WITH asked AS MATERIALIZED ({which})
SELECT e.id, e.kind, e.at, least(e.recorded_at, e.received_at), e.received_at, e.precision, e.source, e.ref, e.agency, e.by,
       e.place, e.premises_key, e.note, e.data, replaced.known_at, replaced.held_at, named.roles, named.records
FROM asked JOIN chronology_event e ON e.id = asked.id CROSS JOIN LATERAL (
    SELECT array_agg(p.role ORDER BY p.role, p.record_id) AS roles, array_agg(p.record_id ORDER BY p.role, p.record_id) AS records
    FROM chronology_eventperson p WHERE p.event_id = e.id) AS named
LEFT JOIN chronology_superseded s ON s.event_id = e.id
LEFT JOIN LATERAL (
    SELECT min(least(later.recorded_at, later.received_at)) AS known_at, min(later.received_at) AS held_at FROM (
        SELECT v.recorded_at, v.received_at FROM chronology_event v LEFT JOIN chronology_saidagain a ON a.event_id = v.id
        WHERE v.source = e.source AND v.ref = e.ref AND (coalesce(a.extracted_at, v.extracted_at), v.content) > ((
            SELECT coalesce(max(b.extracted_at), e.extracted_at) FROM chronology_saidagain b WHERE b.event_id = e.id), e.content)
        UNION ALL SELECT c.recorded_at, c.received_at FROM chronology_event c WHERE c.supersedes_id = e.id
    ) AS later) AS replaced ON s.event_id IS NOT NULL
"""
_OF_RECORDS = "SELECT DISTINCT event_id AS id FROM chronology_eventperson WHERE record_id = ANY(%s)"
_OF_KINDS = (
    "SELECT DISTINCT p.event_id AS id FROM chronology_eventperson p JOIN chronology_event k ON k.id = p.event_id"
    " WHERE p.record_id = ANY(%s) AND k.kind = ANY(%s)"
)
_AT_PREMISES = "SELECT id FROM chronology_event WHERE premises_key = %s"
_EVERYTHING = "SELECT id FROM chronology_event"


def chronology_of(viewer: Viewer, person: int, *, fields: Iterable[str] = ("chronology",)) -> Chronology:
    """One child's chronology from every linked source, oldest first. Raises NotFound where the viewer may not read it."""
    gate.look(viewer, [person], fields=fields)
    return as_permitted(viewer, chronologies([person])[person])


def as_permitted(viewer: Viewer, chronology: Chronology, of_subject: Decision | None = None) -> Chronology:
    """What this viewer is given of each entry: content, that it is held, or nothing at all; and nobody they may not know of.

    By the policy table, the source's tier and the entry's handling. `of_subject`: what is known already to be given of the person.
    """
    seen = as_known(viewer, chronology)
    everyone = {p for h in (*seen.happenings, *seen.past) for held in h.people.values() for p in held}
    given = (
        {seen.subject: of_subject} if of_subject else gate.sees(viewer, [seen.subject] if seen.subject else everyone)
    )
    of_nobody = gate.of_a_place(viewer)

    def shown(happening: Happening) -> Happening | None:
        about = [seen.subject] if seen.subject else [p for held in happening.people.values() for p in held]
        most = next((given[p] for p in about if given[p].content), NOTHING) if about else of_nobody
        return _as_permitted(viewer, happening, seen.subject, most)

    return seen.where(shown)


def as_known(viewer: Viewer, chronology: Chronology) -> Chronology:
    """The same chronology without those whose existence this viewer may not learn, in whatever else they took part."""
    everyone = {p for h in (*chronology.happenings, *chronology.past) for held in h.people.values() for p in held}
    unseen = gate.hidden(viewer, everyone - {chronology.subject})
    seen = chronology.where(lambda h: _without(h, unseen)) if unseen else chronology
    return kept_safe(viewer, seen)


def _without(happening: Happening, unseen: set[int]) -> Happening | None:
    """An entry as if some people had no part in it; none where it says who somebody is, or what to whom, or is about nobody else."""
    if not any(p in unseen for held in happening.people.values() for p in held):
        return happening
    left = {
        role: kept for role, held in happening.people.items() if (kept := tuple(p for p in held if p not in unseen))
    }
    if not left or happening.kind.startswith(TIES):
        return None
    return replace(happening, people=frozen(left))


def _as_permitted(viewer: Viewer, happening: Happening, subject: int, given: Decision) -> Happening | None:
    """An entry as far as it is given; of what may be known of only, a pointer: what kind it is, when, and whom to ask."""
    if is_read(viewer, happening, given):
        return _by_class(happening, given)
    if tier(viewer, happening.source) is Tier.NO or not given.shows(Of.FREE):
        return None
    alone = frozen({role: (subject,) for role, held in happening.people.items() if subject in held})
    free = frozen({n: v for n, v in happening.data.items() if of_event(happening.kind, n) is Of.FREE})
    kept = tuple(n for n in happening.data if n not in free)
    return replace(
        happening, data=free, note="", by="", place="", premises_key=None, people=alone, pointer=True, withheld=kept
    )


def _by_class(happening: Happening, given: Decision) -> Happening:
    """An entry without the fields of a class that is not given."""
    if not given.withheld() - {Of.TRAIL}:
        return happening
    kept = {n: v for n, v in happening.data.items() if given.shows(of_event(happening.kind, n))}
    return replace(happening, data=frozen(kept), withheld=tuple(n for n in happening.data if n not in kept))


def chronology_as_held(
    viewer: Viewer, person: int, *, moment: datetime, fields: Iterable[str] = ("chronology",)
) -> Chronology:
    """What could be read about this child here at an earlier moment: only what had arrived, under the links in force then.

    For asking what was on screen when something was decided. Raises NotFound where the viewer may not read it.
    """
    gate.look(viewer, [person], fields=fields, note="as it stood earlier")
    return as_permitted(viewer, chronologies([person], linked_at=moment)[person].held_by(moment))


def chronologies(
    people: Iterable[int], *, linked_at: datetime | None = None, kinds: Iterable[str] = ()
) -> dict[int, Chronology]:
    """Chronologies of several people at once; `linked_at`: by the links of that moment instead of those in force; `kinds`: of these alone.

    For rules and for queries that have already passed the gate; not for views.
    """
    asked = list(people)
    held = records_of(asked, at=linked_at)
    records, named = [record for linked in held.values() for record in linked], list(kinds)
    which = (_OF_KINDS, records, named) if named else (_OF_RECORDS, records)
    happenings = _happenings(*which, linked_at=linked_at)
    found: dict[int, list[Happening]] = {person: [] for person in asked}
    for happening in happenings:
        for person in {p for held in happening.people.values() for p in held} & found.keys():
            found[person].append(happening)
    return {person: Chronology.of(person, of) for person, of in found.items()}


def what_stands(viewer: Viewer, people: Iterable[int], *, at: datetime) -> dict[int, Chronology]:
    """What standing facts are worked out from, for people whom the viewer may know of; shown to nobody. Below the gate."""
    with wall.standing():
        return {p: as_known(viewer, c.known_by(at)) for p, c in chronologies(people).items()}


def happenings_at(premises: int) -> tuple[Happening, ...]:
    """What happened at a place, oldest first. For queries that have already passed the gate."""
    return Chronology.of(0, _happenings(_AT_PREMISES, premises)).happenings


def versions(people: Iterable[int] | None = None) -> list[Happening]:
    """Every version of every entry about some people, or of all there are, in the order in which their sources knew them.

    For a replay of what rules find, which shows no entry to anybody and writes down the look itself.
    """
    records = [r for linked in records_of(list(people)).values() for r in linked] if people is not None else None
    found = _happenings(_EVERYTHING) if records is None else _happenings(_OF_RECORDS, records)
    return sorted(found, key=attrgetter("recorded_at", "event_id"))


def _happenings(which: str, *of: list[int] | list[str] | int, linked_at: datetime | None = None) -> list[Happening]:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS.format(which=which), of)
        rows = cursor.fetchall()
    people = identities_of({record for row in rows for record in row[-1] or ()}, at=linked_at)
    return [_happening(row, people) for row in rows]


def _happening(row: tuple[Any, ...], identities: dict[int, int]) -> Happening:
    plain, (place, premises, note, data, known_at, held_at, roles, records) = row[:10], row[10:]
    people: dict[str, list[int]] = {}
    for role, record in zip(roles or (), records or (), strict=True):
        if record in identities:
            people.setdefault(role, []).append(identities[record])
    who = frozen({role: tuple(dict.fromkeys(held)) for role, held in people.items()})
    held = json.loads(data) if isinstance(data, str) else data
    return Happening(*plain, who, place, premises, note, frozen(held), known_at, held_at)  # type: ignore[call-arg]
