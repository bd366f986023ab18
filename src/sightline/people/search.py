"""Which people a description may be: the matcher's answers over stored records, best record of each person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from sightline.people.anchors import identities_of
from sightline.people.matching.cleaning import clean
from sightline.people.matching.lookup import Lookup, Source
from sightline.people.matching.records import Record
from sightline.people.matching.scoring import shipped_model

MOST = 5
STORED = Source(
    keys="people_matchkey",
    records="""
SELECT r.id, r.forenames, r.surname, '', r.aliases, coalesce(to_char(r.born, 'YYYY-MM-DD'), r.born_text), r.sex,
       coalesce(lived.codes[1], ''), coalesce(lived.codes[2:], '{}'), r.nhs_number, r.pnc_id, r.upn, r.phones, NULL::float8, NULL::date
FROM found JOIN people_sourcerecord r ON r.id = found.record_id LEFT JOIN LATERAL (
    SELECT array_agg(a.postcode ORDER BY a.since DESC, a.postcode) AS codes FROM people_address a
    WHERE a.record_id = r.id AND a.postcode <> ''
) lived ON true
""",
)


@dataclass(frozen=True)
class Match:
    """A person who may be meant: how sure (bits), in which band, and the reasons field by field."""

    person: int
    record_id: int
    bits: float
    band: str
    reasons: tuple[str, ...]


@lru_cache(maxsize=16)
def _lookup(power_of_two: int) -> Lookup:
    return Lookup(STORED, shipped_model().among(2**power_of_two))


def _people_held() -> int:
    """About how many people are held, by the planner's own estimate: the more there are, the likelier a chance resemblance."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'people_identity'::regclass")
        return int(cursor.fetchone()[0])


def matches(asked: Record, *, today: date, most: int = MOST) -> tuple[Match, ...]:
    """At most `most` people, best first. `today` gives ages their meaning. Raises where the search could not be made."""
    lookup = _lookup(max(1, _people_held().bit_length()))
    connection.ensure_connection()
    hits = lookup(connection.connection, asked, today)
    people = identities_of({hit.record_id for hit in hits})
    cleaned, best = clean(asked, today), {}
    for hit in hits:
        person = people[hit.record_id]
        if person not in best:
            best[person] = Match(person, hit.record_id, hit.bits, hit.band, tuple(hit.reasons(cleaned)))
        if len(best) == most:
            break
    return tuple(best.values())
