"""The database as rules see it: chronologies by the links in force, loaded as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from sightline.chronology.queries import chronologies
from sightline.chronology.view import Chronology

_NEAR = """
SELECT DISTINCT there.identity_id
FROM people_link here
JOIN chronology_eventperson said ON said.record_id = here.record_id
JOIN chronology_eventperson beside ON beside.event_id = said.event_id
JOIN people_link there ON there.record_id = beside.record_id AND there.until_at IS NULL
WHERE here.until_at IS NULL AND here.identity_id = ANY(%(people)s)
UNION
SELECT DISTINCT there.identity_id
FROM people_link here
JOIN people_address home ON home.record_id = here.record_id
JOIN people_address same ON same.premises_id = home.premises_id
JOIN people_link there ON there.record_id = same.record_id AND there.until_at IS NULL
WHERE here.until_at IS NULL AND here.identity_id = ANY(%(people)s)
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
