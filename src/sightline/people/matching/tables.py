"""Cleaned records as columns, for DuckDB and Splink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from operator import attrgetter

import pyarrow as pa

from .records import LIST_FIELDS, YEAR_FIELDS, Cleaned

COLUMNS = tuple(field.name for field in fields(Cleaned))
_values = attrgetter(*COLUMNS)
CHUNK = 50_000


def _kind(column: str) -> pa.DataType:
    if column in LIST_FIELDS:
        return pa.list_(pa.string())
    return pa.int32() if column in YEAR_FIELDS else pa.string()


SCHEMA = pa.schema([(column, _kind(column)) for column in COLUMNS])


def _batch(people: list[Cleaned]) -> pa.RecordBatch:
    columns = zip(*map(_values, people), strict=True)
    arrays = []
    for name, values in zip(COLUMNS, columns, strict=True):
        # An empty list says nothing, so it is null like any other unknown.
        given = [value or None for value in values] if name in LIST_FIELDS else list(values)
        arrays.append(pa.array(given, type=_kind(name)))
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def batches(people: Iterable[Cleaned]) -> Iterator[tuple[list[Cleaned], pa.RecordBatch]]:
    """Cleaned records, at most `CHUNK` at a time, with the same as an Arrow batch."""
    remaining = iter(people)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk, _batch(chunk)


def as_table(people: Iterable[Cleaned]) -> pa.Table:
    """Cleaned records as one Arrow table; a list without members is null."""
    return pa.Table.from_batches([batch for _chunk, batch in batches(people)], schema=SCHEMA)
