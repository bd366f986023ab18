"""The database as rules see it: chronologies by the links in force, loaded as they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from sightline.agencies.systems import systems
from sightline.alerts.answering import Able, sent_by, typed_here
from sightline.alerts.case import Households
from sightline.alerts.queues import as_of_queue, is_queue, queues
from sightline.chronology.queries import chronologies
from sightline.chronology.reads import read_homes
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.clocks.limits import SHOWS, Limits

LOOKED_BACK = timedelta(days=60)

# Step by step, each bounded by what it found before: fresh tables have no statistics, and one plan for all of it may never end.
_NEAR = """
WITH mine AS MATERIALIZED (SELECT record_id FROM people_link WHERE until_at IS NULL AND identity_id = ANY(%(people)s)),
said AS MATERIALIZED (SELECT DISTINCT event_id FROM chronology_eventperson JOIN mine USING (record_id)),
homes AS MATERIALIZED (SELECT DISTINCT premises_id FROM people_address JOIN mine USING (record_id)),
beside AS MATERIALIZED (
    SELECT record_id FROM chronology_eventperson JOIN said USING (event_id)
    UNION SELECT record_id FROM people_address JOIN homes USING (premises_id))
SELECT DISTINCT identity_id FROM people_link JOIN beside USING (record_id) WHERE until_at IS NULL
"""
# One look at the index for each kind there is, however many entries.
_HEARD = """
WITH RECURSIVE next AS (
    SELECT min(kind) AS kind FROM chronology_event
    UNION ALL SELECT (SELECT min(e.kind) FROM chronology_event e WHERE e.kind > next.kind) FROM next WHERE next.kind IS NOT NULL)
SELECT kind FROM next WHERE kind IS NOT NULL
"""
# Systems that first answered of late, and of which nothing that they sent (of a first part of it) happened before. Who somebody is and
# where they live may be of any age.
_NEW = """
SELECT s FROM unnest(%(systems)s::text[]) s
WHERE EXISTS (SELECT 1 FROM agencies_systemheard h WHERE h.system = s AND h.answered AND h.at <= %(at)s)
AND NOT EXISTS (SELECT 1 FROM agencies_systemheard h WHERE h.system = s AND h.answered AND h.at <= %(since)s)
AND EXISTS (SELECT 1 FROM chronology_event e WHERE e.source = s)
AND NOT EXISTS (
    SELECT 1 FROM (SELECT e.at, e.kind FROM chronology_event e WHERE e.source = s LIMIT 2000) first
    WHERE first.at <= %(since)s AND first.kind NOT IN ('person.recorded', 'address.recorded', 'relationship.recorded'))
"""
# What waits is soon begun: further back nothing of a queue is asked.
_OF_QUEUE = """
SELECT e.id, e.kind, e.at, least(e.recorded_at, e.received_at), e.received_at, e.source, e.ref, e.agency, e.data FROM chronology_event e
WHERE e.kind = ANY(%(kinds)s) AND e.at BETWEEN %(since)s AND %(as_of)s AND least(e.recorded_at, e.received_at) <= %(as_of)s
AND NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = e.id)
"""
_AT_HOME = """
SELECT DISTINCT l.identity_id FROM people_address a JOIN people_link l ON l.record_id = a.record_id AND l.until_at IS NULL
WHERE a.premises_id = ANY(%s)
"""


class Stored:
    """What was known at a moment of whoever is asked about. For rules, which show nothing to anybody."""

    def __init__(self, as_of: datetime) -> None:
        self.as_of = as_of
        self._held: dict[int, Chronology] = {}
        self.households: Households = {}

    def load(self, people: Iterable[int]) -> None:
        """Several people in one go."""
        missing = sorted(set(people) - self._held.keys())
        for queue in [q for q in missing if is_queue(q)]:
            missing.remove(queue)
            self._held[queue] = self._queue(queue)
        for person, chronology in chronologies(missing).items() if missing else ():
            known = chronology.known_by(self.as_of)
            self._held[person] = Chronology(person, known.happenings)

    def _queue(self, queue: int) -> Chronology:
        if (held := queues().get(queue)) is None:
            return Chronology(queue, ())
        asked: dict[str, Any] = {"kinds": list(held.kinds), "since": self.as_of - LOOKED_BACK, "as_of": self.as_of}
        with connection.cursor() as cursor:
            cursor.execute(_OF_QUEUE, asked)
            found = [_of_queue(row) for row in cursor.fetchall()]
        return Chronology.of(queue, (as_of_queue(h, queue) for h in found if held.own(h)))

    def chronology(self, person: int) -> Chronology:
        """One person's."""
        self.load([person])
        return self._held[person]

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:
        """Those who have or had one of these homes."""
        read_homes(homes)
        if not homes:
            return frozenset()
        with connection.cursor() as cursor:
            cursor.execute(_AT_HOME, [list(homes)])
            return frozenset(person for (person,) in cursor.fetchall())


def _of_queue(row: tuple[Any, ...]) -> Happening:
    event, kind, at, recorded, received, source, ref, agency, said = row
    held = frozen(json.loads(said) if isinstance(said, str) else said)
    return Happening(
        event, kind, at, recorded, received, "minute", source, ref, agency, "", frozen({}), "", None, "", held
    )


def near(people: Iterable[int]) -> frozenset[int]:
    """Those who share an entry or a home with any of these people, and the people themselves."""
    asked = set(people)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"people": list(asked)})
        return frozenset(asked | {person for (person,) in cursor.fetchall()})


def heard() -> frozenset[str]:
    """The kinds of entry that systems here have ever sent, or people here entered."""
    with connection.cursor() as cursor:
        cursor.execute(_HEARD)
        return frozenset(kind for (kind,) in cursor.fetchall())


def able(at: datetime, limits: Limits) -> Able:
    """What could come at a moment, so that its not coming means something; see `answering`."""
    since = at - (limits.due(SHOWS.name, at) - at)
    with connection.cursor() as cursor:
        cursor.execute(_NEW, {"systems": list(systems()), "at": at, "since": since})
        new = [system for (system,) in cursor.fetchall()]
    return Able(heard() | sent_by(new), typed_here())
