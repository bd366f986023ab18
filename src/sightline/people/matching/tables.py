"""Cleaned records as columns, for DuckDB and Splink."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import islice
from operator import attrgetter
from typing import Any

import pyarrow as pa

from .records import LIST_FIELDS, YEAR_FIELDS, Cleaned

COLUMNS = tuple(field.name for field in fields(Cleaned))
values_of: Callable[[Cleaned], tuple[Any, ...]] = attrgetter(*COLUMNS)
CHUNK = 50_000


def _kind(column: str) -> pa.DataType:
    if column in LIST_FIELDS:
        return pa.list_(pa.string())
    return pa.int32() if column in YEAR_FIELDS else pa.string()


SCHEMA = pa.schema([(column, _kind(column)) for column in COLUMNS])


def batch_of(rows: Sequence[tuple[Any, ...]]) -> pa.RecordBatch:
    """The values of cleaned records, each in the order of `COLUMNS`, as an Arrow batch; a list without members is null."""
    columns = zip(*rows, strict=True)
    arrays = []
    for name, values in zip(COLUMNS, columns, strict=True):
        # An empty list says nothing, so it is null like any other unknown.
        given = [value or None for value in values] if name in LIST_FIELDS else values
        arrays.append(pa.array(given, type=_kind(name)))
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows, at most `CHUNK` at a time."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def as_table(people: Iterable[Cleaned]) -> pa.Table:
    """Cleaned records as one Arrow table; a list without members is null."""
    return pa.Table.from_batches([batch_of(chunk) for chunk in chunks(map(values_of, people))], schema=SCHEMA)
