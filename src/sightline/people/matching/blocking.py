"""Which pairs of many records are worth scoring: the look-up's own key families, worked out in DuckDB.

A value that many records share makes a long list, and pairs grow with the square of its length. So each family has a
cap: above it a list is first divided by what else its records hold, and what is still too long is passed over, for two
records of one person nearly always meet in a rarer list too.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from typing import Any

import duckdb
import pyarrow as pa

from .cleaning import cleaned_values
from .columns import Array
from .keys import paired_sounds, rough_sounds
from .records import Record
from .tables import CHUNK, COLUMNS, SCHEMA, batch_of, chunks

# Records from which several processes are quicker than one.
ENOUGH_TO_SHARE = 150_000

# Records a list may hold before it is divided, and again after.
CAP = 60
RARE_CAP = 12

# What keys are made of, each text as its hash, worked out once for all families. Day and month in order of size, so
# that swapping them changes nothing.
_PARTS = """
CREATE OR REPLACE TEMP TABLE parts AS SELECT
    record_id,
    hash(nhs_number) AS nhs, nhs_number IS NOT NULL AS has_nhs,
    hash(pnc_id) AS pnc, pnc_id IS NOT NULL AS has_pnc,
    hash(upn) AS upn, upn IS NOT NULL AS has_upn,
    phones, heard, pairs,
    hash(dob[1:4], least(dob[5:6], dob[7:]), greatest(dob[5:6], dob[7:])) AS born,
    hash(least(dob[5:6], dob[7:]), greatest(dob[5:6], dob[7:])) AS day, dob IS NOT NULL AS has_dob,
    least(forename[1], surname[1]) AS one, greatest(forename[1], surname[1]) AS other,
    forename IS NOT NULL AND surname IS NOT NULL AS has_names,
    hash(postcode) AS postcode, postcode IS NOT NULL AS has_postcode,
    hash(outcode) AS outcode, outcode IS NOT NULL AS has_outcode,
    CASE WHEN born_high - born_low <= 4 THEN range(born_low, born_high + 1) END AS years
FROM people
"""
_YEARS = "(SELECT *, unnest(years) AS year FROM parts)"

# Family: the rows of its keys, and the cap of its lists.
_FAMILIES: tuple[tuple[str, str, int], ...] = (
    ("nhs", "SELECT record_id, nhs AS key FROM parts WHERE has_nhs", CAP),
    ("pnc", "SELECT record_id, pnc AS key FROM parts WHERE has_pnc", CAP),
    ("upn", "SELECT record_id, upn AS key FROM parts WHERE has_upn", CAP),
    ("phone", "SELECT record_id, hash(unnest(phones)) AS key FROM parts", RARE_CAP),
    ("dob+name", "SELECT record_id, hash(born, unnest(heard)) AS key FROM parts WHERE has_dob", CAP),
    ("dob+initials", "SELECT record_id, hash(born, one, other) AS key FROM parts WHERE has_dob AND has_names", CAP),
    ("dob+outcode", "SELECT record_id, hash(born, outcode) AS key FROM parts WHERE has_dob AND has_outcode", CAP),
    ("postcode+name", "SELECT record_id, hash(postcode, unnest(heard)) AS key FROM parts WHERE has_postcode", CAP),
    ("postcode+year", f"SELECT record_id, hash(postcode, year) AS key FROM {_YEARS} WHERE has_postcode", RARE_CAP),
    ("names+year", f"SELECT record_id, hash(unnest(pairs), year) AS key FROM {_YEARS}", CAP),
    ("names+day", "SELECT record_id, hash(unnest(pairs), day) AS key FROM parts WHERE has_dob", CAP),
    ("names+outcode", "SELECT record_id, hash(unnest(pairs), outcode) AS key FROM parts WHERE has_outcode", CAP),
    ("names", "SELECT record_id, hash(unnest(pairs)) AS key FROM parts", RARE_CAP),
)

_EXTRA = (("heard", pa.list_(pa.string())), ("pairs", pa.list_(pa.string())))


_GIVEN, _FAMILY = COLUMNS.index("given"), COLUMNS.index("surname_forms")


def _with_sounds(rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    schema = pa.schema([*SCHEMA, *_EXTRA])
    for chunk in chunks(rows):
        heard = pa.array([rough_sounds(row[_GIVEN], row[_FAMILY]) or None for row in chunk], type=_EXTRA[0][1])
        pairs = pa.array([paired_sounds(row[_GIVEN], row[_FAMILY]) or None for row in chunk], type=_EXTRA[1][1])
        yield pa.RecordBatch.from_arrays([*batch_of(chunk).columns, heard, pairs], schema=schema)


# What the forked workers read; set only while they run.
_shared: dict[str, Any] = {}


def _slice(start: int) -> bytes:
    chosen = _shared["records"][start : start + CHUNK]
    batch = next(_with_sounds(cleaned_values(record, _shared["today"]) for record in chosen))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


@contextmanager
def cleaned_batches(records: Sequence[Record], today: date | None) -> Iterator[Iterator[pa.RecordBatch]]:
    """Records cleaned and in columns, with their sounds; by several processes where there are enough to be worth it.

    The processes are forked, so enter this before anything that starts threads of its own, such as DuckDB. They collect
    no garbage: cleaning leaves no cycles behind, and walking all the records again and again takes a quarter of the time.
    """
    if len(records) < ENOUGH_TO_SHARE:
        yield _with_sounds(cleaned_values(record, today) for record in records)
        return
    _shared.update(records=records, today=today)
    gc.freeze()
    try:
        with get_context("fork").Pool(os.cpu_count(), initializer=gc.disable) as pool:
            parts = pool.imap(_slice, range(0, len(records), CHUNK))
            yield (pa.ipc.open_stream(part).read_next_batch() for part in parts)
    finally:
        gc.unfreeze()
        _shared.clear()


def load_people(connection: duckdb.DuckDBPyConnection, arriving: Iterable[pa.RecordBatch]) -> pa.Table:
    """Cleaned records, numbered from 0 as they come, as one Arrow table, which DuckDB reads as `people`."""
    people = pa.Table.from_batches(arriving)
    numbers = pa.array(range(people.num_rows), type=pa.int32())
    people = people.set_column(0, "record_id", numbers)
    connection.register("people", people)
    return people


def block(connection: duckdb.DuckDBPyConnection, join_least: int = 2) -> tuple[Array, Array]:
    """The pairs worth scoring among `people`, as two arrays of record numbers, the first of each pair the lower."""
    connection.execute(_PARTS)
    connection.execute("CREATE TABLE pairs_found (l INTEGER, r INTEGER)")
    for _family, rows, cap in _FAMILIES:
        connection.execute(f"CREATE TEMP TABLE keyed AS {rows}")
        connection.execute(
            "CREATE TEMP TABLE lists AS SELECT key, count(*) AS held FROM keyed GROUP BY key"
            f" HAVING count(*) BETWEEN {join_least} AND {cap}"
        )
        connection.execute(
            "CREATE TEMP TABLE short AS SELECT DISTINCT record_id, key FROM keyed SEMI JOIN lists USING (key)"
        )
        connection.execute(
            "INSERT INTO pairs_found SELECT a.record_id, b.record_id FROM short a JOIN short b"
            " ON a.key = b.key AND a.record_id < b.record_id"
        )
        for table in ("keyed", "lists", "short"):
            connection.execute(f"DROP TABLE {table}")
    pairs = connection.execute("SELECT DISTINCT l, r FROM pairs_found").fetchnumpy()
    connection.execute("DROP TABLE pairs_found; DROP TABLE parts")
    return pairs["l"], pairs["r"]
