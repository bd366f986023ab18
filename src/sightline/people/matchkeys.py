"""Keys to find records by, kept in step with what the records say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from sightline.access import wall
from sightline.kernel.arrays import number_array
from sightline.kernel.copying import copied_into
from sightline.people.foreseen import Described, keys_foreseen
from sightline.people.matching.cleaning import clean
from sightline.people.matching.keys import record_keys
from sightline.people.matching.records import Record
from sightline.people.models import Address

_COLUMNS = """
SELECT r.id, r.forenames, r.surname, r.aliases, coalesce(to_char(r.born, 'YYYY-MM-DD'), r.born_text), r.sex,
       coalesce(array_agg(a.postcode ORDER BY a.since DESC, a.postcode) FILTER (
           WHERE a.postcode <> '' AND coalesce(a.premises_id <> ALL (%s::bigint[]), true)), '{}'),
       r.nhs_number, r.pnc_id, r.upn, r.phones, r.source, (r.recorded_at AT TIME ZONE 'Europe/London')::date
FROM people_sourcerecord r LEFT JOIN people_address a ON a.record_id = r.id
"""


def _described(row: tuple[Any, ...]) -> Described:
    _, forenames, surname, aliases, born, sex, postcodes, nhs, pnc, upn, phones, _, _ = row
    codes = tuple(dict.fromkeys(postcodes)) if len(postcodes) > 1 else tuple(postcodes)
    return Described(forenames, surname, tuple(aliases), born or "", sex, codes, nhs, pnc, upn, tuple(phones))


def record_from(row: tuple[Any, ...]) -> Record:
    """A row of the columns above as the matcher takes it."""
    # An age is that of the day it was told.
    return _described(row).record(record_id=str(row[0]), source=row[-2], as_of=row[-1])


def records(ids: Iterable[int] | None = None) -> list[tuple[int, Record]]:
    """Source records as the matcher takes them; None for all that have been loaded."""
    return [(row[0], record_from(row)) for row in _rows(ids)]


def _rows(ids: Iterable[int] | None, *, but: Iterable[int] = ()) -> list[tuple[Any, ...]]:
    """What is held of these records, without some places."""
    less = number_array(but)
    with connection.cursor() as cursor:
        if ids is None:
            cursor.execute(_COLUMNS + " WHERE r.event_id IS NOT NULL GROUP BY r.id ORDER BY r.id", [less])
        else:
            find = _COLUMNS + " WHERE r.id = ANY(%s::bigint[]) AND r.event_id IS NOT NULL GROUP BY r.id"
            cursor.execute(find, [less, number_array(ids)])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _keys(row: tuple[Any, ...]) -> set[int]:
    found = keys_foreseen(_described(row))
    return set(record_keys(clean(record_from(row))) if found is None else found)


@wall.working()
def by_place_alone(places: Iterable[int]) -> set[tuple[int, int]]:
    """The keys by which records are found through these places and by nothing else that is held of them: (key, record id)."""
    theirs = list(places)
    lived = set(Address.objects.filter(premises_id__in=theirs).values_list("record_id", flat=True))
    less = {row[0]: _keys(row) for row in _rows(lived, but=theirs)}
    return {(key, row[0]) for row in _rows(lived) for key in _keys(row) - less[row[0]]}


def refresh(ids: Iterable[int]) -> None:
    """The keys of these records as they are now, in the transaction that changed them; what is told again writes nothing."""
    asked = list(ids)
    due = {row[0]: _keys(row) for row in _rows(asked)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, array_agg(key) FROM people_matchkey WHERE record_id = ANY(%s::bigint[]) GROUP BY record_id",
            [number_array(asked)],
        )
        held = {pk: set(keys) for pk, keys in cursor.fetchall()}
        gone = [(key, pk) for pk, keys in held.items() for key in keys - due.get(pk, set())]
        if gone:
            cursor.execute(
                "DELETE FROM people_matchkey k USING unnest(%s::bigint[], %s::bigint[]) AS g(key, record_id)"
                " WHERE k.key = g.key AND k.record_id = g.record_id",
                [number_array(key for key, _ in gone), number_array(pk for _, pk in gone)],
            )
        fresh = "".join(f"{key}\t{pk}\n" for pk, keys in due.items() for key in keys - held.get(pk, set()))
        if fresh:
            with copied_into("people_matchkey", "key, record_id") as copy:
                copy.write(fresh)
