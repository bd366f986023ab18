"""Which people a description may be: the matcher's answers over stored records, best record of each person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db import connection

from sightline.kernel.arrays import number_array
from sightline.people.anchors import identities_of, records_of
from sightline.people.matching.cleaning import clean
from sightline.people.matching.lookup import FAINTEST_OPENED, Hit, Lookup, Source
from sightline.people.matching.records import Cleaned, Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.matchkeys import by_place_alone
from sightline.people.models import SourceRecord
from sightline.people.sight import EVERYTHING, Sight

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
    return Lookup(STORED, shipped_model().among(2**power_of_two), faintest=FAINTEST_OPENED)


def _people_held() -> int:
    """About how many people are held, by the planner's own estimate: the more there are, the likelier a chance resemblance."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'people_identity'::regclass")
        return int(cursor.fetchone()[0])


def matches(
    asked: Record, *, today: date, sight: Sight = EVERYTHING, most: int = MOST, among: int = 0
) -> tuple[Match, ...]:
    """At most `most` people, best first. `today` gives ages their meaning. Raises where the search could not be made.

    `among`: weigh them as among so many people, for a caller who has said what few share, and no name; else as among all who are held.

    Those who may not be known of are not searched at all: found and then left out, they would still change who else is shown.
    """
    lookup = _lookup(max(1, (among or _people_held()).bit_length()))
    connection.ensure_connection()
    hits = _told(_less(lookup, sight)(connection.connection, asked, today), sight)
    people = identities_of({hit.record_id for hit, _ in hits})
    cleaned, best = clean(asked, today), {}
    for hit, source in hits:
        person = people[hit.record_id]
        if person not in best:
            reasons = _reasons(hit, cleaned, full=sight.full(source))
            best[person] = Match(person, hit.record_id, hit.bits, hit.band, reasons)
        if len(best) == most:
            break
    return tuple(best.values())


def _less(lookup: Lookup, sight: Sight) -> Lookup:
    """Without those who may not be known of, and without the places that are kept from the viewer: a guess at one is not answered."""
    hidden = [record for held in records_of(sight.hidden).values() for record in held] if sight.hidden else []
    kept = sight.kept.premises
    if not hidden and not kept:
        return lookup
    unsaid = by_place_alone(kept) if kept else set()
    pairs = [number_array(key for key, _ in unsaid), number_array(record for _, record in unsaid)]
    keys = (
        f"(SELECT key, record_id FROM {STORED.keys} AS held WHERE record_id <> ALL ('{number_array(hidden)}'::bigint[]) AND NOT EXISTS ("
        f"SELECT 1 FROM unnest('{pairs[0]}'::bigint[], '{pairs[1]}'::bigint[]) AS g(key, record_id)"
        " WHERE g.key = held.key AND g.record_id = held.record_id))"
    )
    said = f"a.postcode <> '' AND coalesce(a.premises_id <> ALL ('{number_array(kept)}'::bigint[]), true)"
    return replace(lookup, source=Source(keys, STORED.records.replace("a.postcode <> ''", said)))


def _told(hits: Iterable[Hit], sight: Sight) -> list[tuple[Hit, str]]:
    """Hits with the system that each record is of, less those of systems that the viewer may not see."""
    found = {hit.record_id: hit for hit in hits}
    sources = dict(SourceRecord.objects.filter(pk__in=found).values_list("pk", "source"))
    return [(hit, sources[pk]) for pk, hit in found.items() if sight.told(sources[pk])]


def _reasons(hit: Hit, asked: Cleaned, *, full: bool) -> tuple[str, ...]:
    """Field by field; of a record that is a pointer only, how each field compares and not what it says."""
    told = hit.reasons(asked)
    return tuple(told) if full else tuple(line.partition(": ")[0] for line in told)
