"""Who was in what happened where: an event's place, for telling who is who. Reads below the gate; shown to nobody."""

from __future__ import annotations

from django.db import connection

from sightline.people.second_look import Sighting

_SEEN = """
SELECT DISTINCT p.record_id, e.place FROM chronology_event e JOIN chronology_eventperson p ON p.event_id = e.id
WHERE e.premises_key IS NOT NULL AND e.place <> ''
  AND NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = e.id)
"""


def sightings() -> list[Sighting]:
    """Every record that was in an event at an address, and that address as it was written; events that no longer stand left out."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN)
        return [Sighting(record, lines) for record, lines in cursor.fetchall()]
