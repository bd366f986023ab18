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

_DATE = "dob[1:4] || least(dob[5:6], dob[7:]) || greatest(dob[5:6], dob[7:])"
_DAY = "least(dob[5:6], dob[7:]) || greatest(dob[5:6], dob[7:])"
_INITIALS = "list_aggregate(list_sort([forename[1], surname[1]]), 'string_agg', '')"
_YEARS = (
    "(SELECT record_id, unnest(range(born_low, born_high + 1)) AS year FROM people WHERE born_high - born_low <= 4)"
)

# Family: the column of the rows that has the key's text, and the cap of its lists.
_FAMILIES: tuple[tuple[str, str, int], ...] = (
    ("nhs", "SELECT record_id, nhs_number AS text FROM people WHERE nhs_number IS NOT NULL", CAP),
    ("pnc", "SELECT record_id, pnc_id AS text FROM people WHERE pnc_id IS NOT NULL", CAP),
    ("upn", "SELECT record_id, upn AS text FROM people WHERE upn IS NOT NULL", CAP),
    ("phone", "SELECT record_id, unnest(phones) AS text FROM people WHERE phones IS NOT NULL", RARE_CAP),
    ("dob+name", f"SELECT record_id, {_DATE} || '|' || unnest(heard) AS text FROM people WHERE dob IS NOT NULL", CAP),
    (
        "dob+initials",
        f"SELECT record_id, {_DATE} || '|' || {_INITIALS} AS text FROM people"
        " WHERE dob IS NOT NULL AND forename IS NOT NULL AND surname IS NOT NULL",
        CAP,
    ),
    (
        "dob+outcode",
        f"SELECT record_id, {_DATE} || '|' || outcode AS text FROM people WHERE dob IS NOT NULL AND outcode IS NOT NULL",
        CAP,
    ),
    (
        "postcode+name",
        "SELECT record_id, postcode || '|' || unnest(heard) AS text FROM people WHERE postcode IS NOT NULL",
        CAP,
    ),
    (
        "postcode+year",
        f"SELECT record_id, postcode || '|' || year AS text FROM people JOIN {_YEARS} USING (record_id)"
        " WHERE postcode IS NOT NULL",
        RARE_CAP,
    ),
    (
        "names+year",
        f"SELECT record_id, unnest(pairs) || '|' || year AS text FROM people JOIN {_YEARS} USING (record_id)",
        CAP,
    ),
    ("names+day", f"SELECT record_id, unnest(pairs) || '|' || {_DAY} AS text FROM people WHERE dob IS NOT NULL", CAP),
    (
        "names+outcode",
        "SELECT record_id, unnest(pairs) || '|' || outcode AS text FROM people WHERE outcode IS NOT NULL",
        CAP,
    ),
    ("names", "SELECT record_id, unnest(pairs) AS text FROM people", RARE_CAP),
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
    connection.execute("CREATE TABLE pairs_found (l INTEGER, r INTEGER)")
    for _family, rows, cap in _FAMILIES:
        connection.execute(
            f"CREATE TEMP TABLE keyed AS SELECT record_id, hash(text) AS key FROM ({rows}) WHERE text IS NOT NULL"
        )
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
    connection.execute("DROP TABLE pairs_found")
    return pairs["l"], pairs["r"]
