"""Keys to find records by, kept in step with what the records say."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from sightline.people.matching.cleaning import clean
from sightline.people.matching.keys import record_keys
from sightline.people.matching.records import Record

_COLUMNS = """
SELECT r.id, r.forenames, r.surname, r.aliases, coalesce(to_char(r.born, 'YYYY-MM-DD'), r.born_text), r.sex,
       coalesce(array_agg(a.postcode ORDER BY a.since DESC, a.postcode) FILTER (WHERE a.postcode <> ''), '{}'),
       r.nhs_number, r.pnc_id, r.upn, r.phones, r.source, (r.recorded_at AT TIME ZONE 'Europe/London')::date
FROM people_sourcerecord r LEFT JOIN people_address a ON a.record_id = r.id
"""


def record_from(row: tuple[object, ...]) -> Record:
    """A row of the columns above as the matcher takes it."""
    pk, forenames, surname, aliases, born, sex, postcodes, nhs, pnc, upn, phones, source, as_of = row
    codes: list[str] = list(dict.fromkeys(postcodes))  # type: ignore[call-overload]
    return Record(
        record_id=str(pk), forenames=str(forenames), surname=str(surname), aliases=tuple(aliases),  # type: ignore[arg-type]
        born=str(born or ""), sex=str(sex), postcode=codes[0] if codes else "", other_postcodes=tuple(codes[1:]),
        nhs_number=str(nhs), pnc_id=str(pnc), upn=str(upn), phone=tuple(phones), source=str(source),  # type: ignore[arg-type]
        as_of=as_of,  # type: ignore[arg-type]  # an age is that of the day it was told
    )  # fmt: skip


def records(ids: Iterable[int] | None = None) -> list[tuple[int, Record]]:
    """Source records as the matcher takes them; None for all that have been loaded."""
    with connection.cursor() as cursor:
        if ids is None:
            cursor.execute(_COLUMNS + " WHERE r.event_id IS NOT NULL GROUP BY r.id ORDER BY r.id")
        else:
            cursor.execute(_COLUMNS + " WHERE r.id = ANY(%s) AND r.event_id IS NOT NULL GROUP BY r.id", [list(ids)])
        return [(row[0], record_from(row)) for row in cursor.fetchall()]


def refresh(ids: Iterable[int]) -> None:
    """The keys of these records as they are now, in the transaction that changed them; what is told again writes nothing."""
    asked = list(ids)
    due = {pk: set(record_keys(clean(record))) for pk, record in records(asked)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, array_agg(key) FROM people_matchkey WHERE record_id = ANY(%s) GROUP BY record_id",
            [asked],
        )
        held = {pk: set(keys) for pk, keys in cursor.fetchall()}
        gone = [(key, pk) for pk, keys in held.items() for key in keys - due.get(pk, set())]
        if gone:
            cursor.execute(
                "DELETE FROM people_matchkey k USING unnest(%s::bigint[], %s::bigint[]) AS g(key, record_id)"
                " WHERE k.key = g.key AND k.record_id = g.record_id",
                [[key for key, _ in gone], [pk for _, pk in gone]],
            )
        fresh = "".join(f"{key}\t{pk}\n" for pk, keys in due.items() for key in keys - held.get(pk, set()))
        if fresh:
            with cursor.copy("COPY people_matchkey (key, record_id) FROM STDIN") as copy:
                copy.write(fresh)
