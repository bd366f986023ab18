"""Entries of one's own agency that were written down late, or arrived long after the day that they bear: by system, by who wrote them, and which.

When something happened, when its system learnt it, and when it arrived here are kept apart; this compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.policy import Tier, tier
from sightline.access.roles import May, above_others
from sightline.access.viewer import Viewer
from sightline.agencies.systems import systems
from sightline.alerts.settings import limits
from sightline.kernel.errors import NotPermitted
from sightline.oversight.late_entries.clocks import LATE
from sightline.people.anchors import records_of

LOOKS_BACK = timedelta(days=28)
FEWEST = 5  # of somebody with fewer entries no figure is given
MOST, SHOWN = 400, 50
NOT_YOURS = "This page is for those to whom others answer and for data guardians."
DESCRIBES = [
    "person.recorded",
    "address.recorded",
    "relationship.recorded",
]  # their day is the day since which it is so
_ENTRIES = """
WITH begun AS (SELECT source, min(received_at) AS at FROM chronology_event WHERE source = ANY(%(sources)s) GROUP BY source),
entries AS (
    SELECT e.id, e.kind, e.at, e.precision, e.recorded_at, e.received_at, e.source, e.by,
        e.recorded_at - e.at - CASE e.precision WHEN 'day' THEN interval '1 day' ELSE interval '0' END > %(limit)s AS late,
        e.received_at - e.recorded_at > %(limit)s AND e.recorded_at > b.at AS back_dated
    FROM chronology_event e JOIN begun b ON b.source = e.source
    WHERE (e.agency = %(agency)s OR (e.agency = '' AND e.source = ANY(%(own)s))) AND e.kind <> ALL(%(describes)s)
    AND e.recorded_at <= %(now)s AND (e.recorded_at > %(since)s OR (e.received_at > %(since)s AND e.recorded_at > b.at))
    AND NOT EXISTS (SELECT FROM chronology_superseded s WHERE s.event_id = e.id)
    AND NOT EXISTS (SELECT FROM chronology_eventperson p WHERE p.event_id = e.id AND p.record_id = ANY(%(unseen)s)))
"""
_COUNTED = (
    _ENTRIES
    + """
SELECT {by}, count(*), count(*) FILTER (WHERE late), count(*) FILTER (WHERE back_dated) FROM entries GROUP BY {by} ORDER BY 3 DESC, 4 DESC, 1
"""
)
_WHICH = (
    _ENTRIES
    + """
SELECT n.id, n.kind, n.at, n.precision, n.recorded_at, n.received_at, n.source, n.back_dated, l.identity_id
FROM (SELECT * FROM entries WHERE late OR back_dated ORDER BY received_at DESC, id DESC LIMIT %(most)s) n
JOIN chronology_eventperson p ON p.event_id = n.id JOIN people_link l ON l.record_id = p.record_id AND l.until_at IS NULL
ORDER BY n.received_at DESC, n.id DESC, l.identity_id
"""
)


@dataclass(frozen=True)
class Count:
    """Of one system, or of one person's entries: how many, how many written down late, and how many back-dated."""

    name: str
    entries: int
    late: int
    back_dated: int


@dataclass(frozen=True)
class LateEntry:
    """One late or back-dated entry about somebody whose record is open: of what kind, and its three times."""

    entry: int
    kind: str
    at: datetime
    precision: str
    recorded_at: datetime
    received_at: datetime
    source: str
    back_dated: bool
    person: int


@dataclass(frozen=True)
class LatePage:
    """The last four weeks."""

    systems: tuple[Count, ...]
    people: tuple[Count, ...]
    entries: tuple[LateEntry, ...]
    hours: int
    days: int


def late_page(viewer: Viewer) -> LatePage:
    """Of the viewer's own agency. Sealed and excluded people are in none of it. Raises NotPermitted where nobody answers to this post."""
    if not (above_others(viewer.role) or viewer.may(May.REVIEW_ACCESS)):
        gate.refuse(viewer, note="late entries")
        raise NotPermitted(NOT_YOURS)
    write(viewer, Action.LIST, fields=("counts",), note="late entries")
    hours = int(limits().number(LATE.name, viewer.at))
    asked = _asked(viewer, hours)
    with wall.working():
        by_system, by_person = _counted("source", asked), _counted("by", asked)
        which = _rows(_WHICH, asked)
    people = tuple(c for c in by_person if c.name and c.entries >= FEWEST)
    return LatePage(by_system, people, _open_to(viewer, which), hours, LOOKS_BACK.days)


def _asked(viewer: Viewer, hours: int) -> dict[str, Any]:
    told = [key for key in systems() if tier(viewer, key) is not Tier.NO]
    with wall.working():
        unseen = [r for held in records_of(gate.unseen(viewer)).values() for r in held]
    own = [key for key, system in systems().items() if system.owner == viewer.agency_kind]
    return {"sources": told, "own": own, "agency": viewer.agency, "describes": DESCRIBES, "unseen": unseen, "most": MOST,
            "limit": timedelta(hours=hours), "now": viewer.at, "since": viewer.at - LOOKS_BACK}  # fmt: skip


def _rows(sql: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())


def _counted(by: str, asked: dict[str, Any]) -> tuple[Count, ...]:
    return tuple(Count(*row) for row in _rows(_COUNTED.format(by=by), asked))


def _open_to(viewer: Viewer, rows: Iterable[tuple[Any, ...]]) -> tuple[LateEntry, ...]:
    """Those about somebody whose record is open to the viewer, each once; the look is written down."""
    found = [LateEntry(*row) for row in rows]
    may = gate.readable(viewer, {e.person for e in found})
    shown = list({e.entry: e for e in reversed(found) if e.person in may}.values())[::-1][:SHOWN]
    gate.look(viewer, {e.person for e in shown}, fields=("kinds_of_entry",), action=Action.LIST, note="late entries")
    return tuple(shown)
