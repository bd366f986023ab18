"""Whom and which homes the rules read when they last asked about somebody: who is asked again when something comes there.

The board in memory follows the same, read by read; here it is kept person by person, and written only where it is another than before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from sightline.alerts.asking import Found
from sightline.alerts.models import Followed
from sightline.alerts.queues import queues
from sightline.alerts.stored import near
from sightline.people.anchors import identities_of

_READERS = """
SELECT person_id FROM alerts_followed WHERE people && %(people)s::bigint[]
UNION SELECT person_id FROM alerts_followed WHERE homes && ARRAY(
    SELECT DISTINCT a.premises_id FROM people_address a JOIN people_link l ON l.record_id = a.record_id AND l.until_at IS NULL
    WHERE l.identity_id = ANY(%(people)s))
"""
_NEVER_ASKED = (
    "SELECT unnest(%(people)s::bigint[]) EXCEPT SELECT person_id FROM alerts_followed WHERE person_id = ANY(%(people)s)"
)


_QUEUED = """
SELECT DISTINCT e.kind FROM chronology_eventperson p JOIN chronology_event e ON e.id = p.event_id
WHERE p.record_id = ANY(%(records)s) AND e.kind = ANY(%(kinds)s)
"""


def reached(records: Collection[int], moved: Collection[int]) -> frozenset[int]:
    """Whom to ask where something came to these records, and other records are these people's from now.

    Those themselves, whoever's rules read of them or of their homes, and whoever is near them and was never asked. Everybody near
    those whose records moved: their own entries name somebody else from now.
    """
    changed = set(moved)
    came = set(identities_of(records).values()) - changed if records else set()
    touched = frozenset(came | changed)
    asked = near(changed) if changed else frozenset()
    beside = near(came) - asked if came else frozenset()
    if not touched:
        return touched
    return touched | asked | _found(_READERS, touched) | _found(_NEVER_ASKED, beside) | _queues(records)


def _queues(records: Collection[int]) -> frozenset[int]:
    """The queues that any of what came to these records may have come to or left."""
    kinds = sorted({kind for q in queues().values() for kind in q.kinds})
    if not kinds or not records:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_QUEUED, {"records": sorted(records), "kinds": kinds})
        came = {kind for (kind,) in cursor.fetchall()}
    return frozenset(q.number for q in queues().values() if came.intersection(q.kinds))


def _found(which: str, people: Iterable[int]) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(which, {"people": sorted(people)})
        return frozenset(person for (person,) in cursor.fetchall())


def follow(read: Mapping[int, Iterable[Found]]) -> None:
    """Keep what was read for each of these people."""
    now = {person: _row(person, found) for person, found in read.items()}
    same = Followed.objects.filter(person_id__in=now)
    for old in same:
        if (old.people, old.homes) == (now[old.person_id].people, now[old.person_id].homes):
            del now[old.person_id]
    Followed.objects.bulk_create(
        now.values(), update_conflicts=True, unique_fields=["person_id"], update_fields=["people", "homes"]
    )


def _row(person: int, found: Iterable[Found]) -> Followed:
    held = list(found)
    people = {p for one in held for p in one.read} - {person}
    return Followed(person_id=person, people=sorted(people), homes=sorted({h for one in held for h in one.homes}))


def around(person: int) -> frozenset[int]:
    """Whoever a replay of one person's alerts must know of: those near, and those whom their rules and theirs read."""
    beside = near([person])
    rows = Followed.objects.filter(person_id__in=beside).values_list("people", flat=True)
    return beside.union(*rows)
