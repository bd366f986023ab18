"""The database as rules see it: chronologies by the links in force, loaded as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from sightline.alerts.case import Households
from sightline.chronology.queries import chronologies
from sightline.chronology.view import Chronology

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
        for person, chronology in chronologies(missing).items() if missing else ():
            known = chronology.known_by(self.as_of)
            self._held[person] = Chronology(person, known.happenings)

    def chronology(self, person: int) -> Chronology:
        """One person's."""
        self.load([person])
        return self._held[person]

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:
        """Those who have or had one of these homes."""
        if not homes:
            return frozenset()
        with connection.cursor() as cursor:
            cursor.execute(_AT_HOME, [list(homes)])
            return frozenset(person for (person,) in cursor.fetchall())


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
