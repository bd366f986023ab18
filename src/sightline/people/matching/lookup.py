"""First contact: which people a query may mean, from blocking keys in a plain table and the model's weights in-process.

Any PostgreSQL will do, and any tables: the statement is built from a `Source`, so that the live system's tables and a
scratch schema are searched by the same code. Search is by equality on keys alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from operator import attrgetter
from typing import Any

import psycopg

from .cleaning import clean
from .explaining import explain
from .frequencies import NONE, Frequencies
from .keys import query_keys
from .records import Cleaned, Record
from .scoring import Model, Scored
from .thresholds import HELD_BACK, JOIN_AT, LIKELY_AT, MOST_SHOWN, REVIEW_AT, band
from .vetoes import veto

# Records read from one key's list.
PER_KEY = 200
# Of each tier of keys: the bits under which it is asked, and the records weighed up for it at most.
TIERS = ((inf, 60), (JOIN_AT, 100), (LIKELY_AT, 60))
# When nobody reaches REVIEW_AT the best of the rest are still given, as possible, down to these bits. Scores are against
# everybody held: of those who come first this low and alone, half and more are the right person, where that person is held at all.
FAINTEST = -8.0
# Where whoever is shown has their record opened, an answer stops sooner. Among a million records, down to these bits another 1.1 in a
# hundred searches show the right person first, and another 12 of those about nobody held show somebody; further down, 0.5 and 38.
FAINTEST_OPENED = -4.0
_FIELDS = (
    "forenames", "surname", "middle_names", "aliases", "born", "sex", "postcode", "other_postcodes", "nhs_number",
    "pnc_id", "upn", "phone", "approx_age", "as_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where keys and records are kept.

    `keys` is a table (key bigint, record_id bigint) with an index on key. `records` is a SELECT over a table `found`
    (record_id bigint) that gives one row a record: record_id, then the fields of `Record` in its order from forenames
    to as_of without source; text never null, lists as arrays.
    """

    keys: str
    records: str

    def statement(self) -> str:
        """The one statement of a tier; parameters are keys, seen (bigint[]), per_key and most.

        Where there are more than `most`, those that share the rarer keys are taken: a key that two hundred share says little.
        """
        return (
            "WITH found AS MATERIALIZED (SELECT held.record_id"
            " FROM unnest(%(keys)s::bigint[]) AS asked(key) CROSS JOIN LATERAL"
            " (SELECT record_id, 1000000 / count(*) OVER () AS rarity FROM"
            f" (SELECT record_id FROM {self.keys} AS listed WHERE listed.key = asked.key LIMIT %(per_key)s) AS few) AS held"
            " WHERE held.record_id <> ALL (%(seen)s::bigint[])"
            " GROUP BY held.record_id ORDER BY sum(held.rarity) DESC, held.record_id LIMIT %(most)s) "
            f"{self.records}"
        )


def scratch(schema: str) -> Source:
    """A source over the tables that `scratch_ddl` makes."""
    fields = ", ".join(f"r.{field}" for field in _FIELDS)
    return Source(
        keys=f"{schema}.matchkey",
        records=f"SELECT r.id, {fields} FROM found JOIN {schema}.record AS r ON r.id = found.record_id",
    )


def scratch_ddl(schema: str) -> str:
    """Tables for records and keys in a schema of their own; the index on keys is made after loading."""
    lists = {"aliases", "other_postcodes", "phone"}
    kinds = {"approx_age": "double precision", "as_of": "date"}
    columns = ", ".join(
        f"{field} {'text[] NOT NULL' if field in lists else kinds.get(field, 'text NOT NULL')}" for field in _FIELDS
    )
    return (
        f"CREATE SCHEMA {schema};"
        f"CREATE UNLOGGED TABLE {schema}.record (id bigint PRIMARY KEY, {columns});"
        f"CREATE UNLOGGED TABLE {schema}.matchkey (key bigint NOT NULL, record_id bigint NOT NULL)"
    )


_values = attrgetter(*_FIELDS)


def scratch_row(number: int, record: Record) -> tuple[Any, ...]:
    """A record as a row of the scratch schema."""
    return (number, *(list(value) if isinstance(value, tuple) else value for value in _values(record)))


def _numbers(of: Iterable[int]) -> str:
    """An array as PostgreSQL reads one: a list of numbers, adapted one by one, takes longer than all that is asked with them."""
    return "{" + ",".join(map(str, of)) + "}"


def _record(row: Sequence[Any]) -> Record:
    held: dict[str, Any] = dict(zip(_FIELDS, row[1:], strict=True))
    for field in ("aliases", "other_postcodes", "phone"):
        held[field] = tuple(held[field] or ())
    return Record(str(row[0]), **held)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that may be whom the query means; `bits` are held back from "almost certain" when `doubt` says why."""

    record_id: int
    bits: float
    band: str
    cleaned: Cleaned
    scored: Scored
    doubt: str | None

    def reasons(self, query: Cleaned) -> list[str]:
        """Field by field, in plain words, why this record is shown."""
        told = explain(query, self.cleaned, self.scored)
        return [*told, f"but: {self.doubt}"] if self.doubt else told


@dataclass(frozen=True)
class Lookup:
    """Look-ups against one source; holds no connection and no state, so one serves every thread.

    `faintest`: bits down to which the best are given where nobody reaches REVIEW_AT.
    """

    source: Source
    model: Model
    frequencies: Frequencies = NONE
    faintest: float = FAINTEST

    def __call__(self, connection: psycopg.Connection[Any], query: Record, today: date | None = None) -> list[Hit]:
        """The records a query may mean, best first, none below what is shown.

        `model` should be `Model.among(people)` for the number of people held. Raises: psycopg.Error when the search
        could not be made, which must never look like nobody found; ValueError for a NUL character.
        """
        asked = clean(query, today)
        scored: dict[int, tuple[float, Cleaned, Scored]] = {}
        for keys, (under, most) in zip(query_keys(asked), TIERS, strict=True):
            if keys and max((bits for bits, *_ in scored.values()), default=-inf) < under:
                scored |= self._weigh(connection, asked, keys, most, scored, today)
        hits = [self._hit(record_id, *found) for record_id, found in scored.items() if found[0] >= self.faintest]
        hits.sort(key=lambda hit: (-hit.bits, hit.record_id))
        shown = [hit for hit in hits if hit.bits >= REVIEW_AT]
        return shown or [hit for hit in hits if hit.bits >= self.faintest][:MOST_SHOWN]

    def _weigh(
        self, connection: psycopg.Connection[Any], asked: Cleaned, keys: list[int], most: int, seen: Iterable[int],
        today: date | None,
    ) -> dict[int, tuple[float, Cleaned, Scored]]:  # fmt: skip
        limits = {"keys": _numbers(keys), "seen": _numbers(seen), "per_key": PER_KEY, "most": most}
        found = {}
        for row in connection.execute(self.source.statement(), limits).fetchall():
            held = clean(_record(row), today)
            scored = self.model.pair(asked, held, self.frequencies)
            found[int(row[0])] = (scored.bits, held, scored)
        return found

    def _hit(self, record_id: int, bits: float, held: Cleaned, scored: Scored) -> Hit:
        doubt = veto(scored.labels)
        shown = min(bits, HELD_BACK) if doubt else bits
        return Hit(record_id, shown, band(shown) or "possible", held, scored, doubt)


def one_a_person(hits: Iterable[Hit], person_of: Callable[[Hit], Hashable], most: int = MOST_SHOWN) -> list[Hit]:
    """The best record of each person, at most `most` people; `person_of` says whose a record is."""
    best: dict[Hashable, Hit] = {}
    for hit in hits:
        best.setdefault(person_of(hit), hit)
        if len(best) == most:
            break
    return list(best.values())


def by_likeness(model: Model, frequencies: Frequencies, at: float) -> Callable[[Hit], Hashable]:
    """Whose a hit is, where no links are kept: records that resemble the best of a person seen before are theirs."""
    people: list[Cleaned] = []

    def person_of(hit: Hit) -> Hashable:
        for place, person in enumerate(people):
            scored = model.pair(person, hit.cleaned, frequencies)
            if scored.bits >= at and not veto(scored.labels):
                return place
        people.append(hit.cleaned)
        return len(people) - 1

    return person_of
