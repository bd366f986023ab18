"""Places after somebody's records have gone: kept where others have an address, a marker or an entry there, and spelt as those spell it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from sightline.people.premises import street_of

_OF = """
SELECT premises_id FROM people_address WHERE record_id = ANY(%(records)s) OR event_id = ANY(%(events)s)
UNION SELECT premises_id FROM people_marker WHERE premises_id IS NOT NULL AND (record_id = ANY(%(records)s) OR event_id = ANY(%(events)s))
UNION SELECT premises_key FROM chronology_event WHERE premises_key IS NOT NULL AND id = ANY(%(events)s)
"""
_SPELT = """
SELECT p.key, p.lines, (SELECT min(lines) FROM (
    SELECT lines FROM people_address WHERE premises_id = p.key
    UNION SELECT place FROM chronology_event WHERE premises_key = p.key AND place NOT IN ('', 'home')) AS said)
FROM people_premises p WHERE p.key = ANY(%s)
"""


def premises_of(records: Iterable[int], events: Iterable[int]) -> list[int]:
    """The places that these records or entries name."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, {"records": list(records), "events": list(events)})
        return [key for (key,) in cursor.fetchall()]


def tidy_premises(keys: Iterable[int]) -> int:
    """Forget those of these places that nobody names any more, and spell the others as those who do; gives how many rows changed."""
    with connection.cursor() as cursor:
        cursor.execute(_SPELT, [list(keys)])
        rows = cursor.fetchall()
        gone = [key for key, _, left in rows if left is None]
        cursor.execute("DELETE FROM people_premises WHERE key = ANY(%s)", [gone])
        again = [(key, left) for key, lines, left in rows if left is not None and left != lines]
        for key, left in again:
            street = street_of(left)
            cursor.execute(
                "UPDATE people_premises SET lines = %s, street = %s, door = %s WHERE key = %s", [left, street.key, street.door, key]
            )  # fmt: skip
    return len(gone) + len(again)
