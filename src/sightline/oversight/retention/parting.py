"""Which entries go whole with somebody's records, and from which only their part is taken, because others keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from sightline.oversight.retention.rules import BYSTANDERS
from sightline.people.projections import PROJECTED

TIES = ("relationship.recorded", "identity.decided")
_NAMED = "SELECT DISTINCT event_id FROM chronology_eventperson WHERE record_id = ANY(%s)"
# All versions of what is said under one ref, and corrections by hand with what they correct, go or stay together.
_TOGETHER = """
SELECT o.id FROM chronology_event e JOIN chronology_event o USING (source, ref) WHERE e.id = ANY(%(ids)s)
UNION SELECT c.id FROM chronology_event c WHERE c.supersedes_id = ANY(%(ids)s)
UNION SELECT e.supersedes_id FROM chronology_event e WHERE e.id = ANY(%(ids)s) AND e.supersedes_id IS NOT NULL
"""
_ROWS = """
SELECT e.id, e.kind, e.source, e.ref, e.recorded_at, e.supersedes_id, p.roles, p.records FROM chronology_event e CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(role), '{}') AS roles, coalesce(array_agg(record_id), '{}') AS records
    FROM chronology_eventperson WHERE event_id = e.id) AS p
WHERE e.id = ANY(%s) ORDER BY e.id
"""


@dataclass(frozen=True)
class Part:
    """One entry, as far as parting goes: who is in it, in which role, by source record."""

    event: int
    kind: str
    source: str
    ref: str
    recorded_at: datetime
    corrects: int | None
    roles: Mapping[str, frozenset[int]]

    def named(self) -> frozenset[int]:
        """Every record in it."""
        return frozenset(r for held in self.roles.values() for r in held)

    def stays(self, ours: frozenset[int]) -> bool:
        """Whether it is a record of somebody else's too: of whoever is in it and no bystander.

        What says who somebody is, or that a marker holds of them, is about its subjects alone; a tie needs both its ends.
        """
        if self.kind in PROJECTED:
            about = next(
                (held for role in ("subject", "child", "adult", *sorted(self.roles)) if (held := self.roles.get(role))),
                frozenset(),
            )
            left = sum(bool(held - ours) for held in self.roles.values())
            return bool(about - ours) and (self.kind not in TIES or left > 1)
        return any(held - ours for role, held in self.roles.items() if role not in BYSTANDERS)


@dataclass(frozen=True)
class Parting:
    """What goes whole, and what stays with others without our part in it."""

    whole: tuple[Part, ...]
    less: tuple[Part, ...]

    def others(self, ours: frozenset[int]) -> set[int]:
        """The records of everybody else who was in any of it."""
        return {r for part in (*self.whole, *self.less) for r in part.named() - ours}


def parting(records: Iterable[int]) -> Parting:
    """What becomes of every entry that names one of these records, and of its other versions."""
    ours = frozenset(records)
    parts = {part.event: part for part in _parts(_all_together(ours))}
    whole: list[Part] = []
    less: list[Part] = []
    for group in _groups(parts):
        if any(part.stays(ours) for part in group):
            less += [part for part in group if part.named() & ours]
        else:
            whole += group
    return Parting(tuple(whole), tuple(less))


def _all_together(ours: frozenset[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [sorted(ours)])
        found = {pk for (pk,) in cursor.fetchall()}
        while True:
            cursor.execute(_TOGETHER, {"ids": sorted(found)})
            more = {pk for (pk,) in cursor.fetchall()} - found
            if not more:
                return found
            found |= more


def _parts(events: set[int]) -> list[Part]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [sorted(events)])
        return [_part(row) for row in cursor.fetchall()]


def _part(row: tuple[Any, ...]) -> Part:
    event, kind, source, ref, recorded_at, corrects, roles, records = row
    return Part(event, kind, source, ref, recorded_at, corrects, _by_role(roles, records))


def _by_role(roles: list[str], records: list[int]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for role, record in zip(roles, records, strict=True):
        found.setdefault(role, set()).add(record)
    return {role: frozenset(held) for role, held in found.items()}


def _groups(parts: Mapping[int, Part]) -> list[list[Part]]:
    """Entries that go or stay together: of one ref, or one the correction of another."""
    root: dict[int, int] = {event: event for event in parts}

    def top(event: int) -> int:
        while root[event] != event:
            event = root[event]
        return event

    first: dict[tuple[str, str], int] = {}
    for event, part in parts.items():
        root[top(event)] = top(first.setdefault((part.source, part.ref), event))
        if part.corrects is not None and part.corrects in parts:
            root[top(event)] = top(part.corrects)
    found: dict[int, list[Part]] = {}
    for event, part in parts.items():
        found.setdefault(top(event), []).append(part)
    return list(found.values())
