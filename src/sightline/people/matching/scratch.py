"""Records loaded into a schema of their own for `lookup`, and dropped again at the end."""

from __future__ import annotations

import secrets
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

import psycopg

from .cleaning import clean
from .frequencies import COUNTED, Frequencies
from .keys import record_keys
from .lookup import scratch_ddl, scratch_row
from .records import Cleaned, Record

CHUNK = 20_000
# Two fields of eight bytes each.
_KEY_ROW = struct.Struct(">hiqiq")
_COPY_START = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_END = b"\xff\xff"


def _key_bytes(number: int, keys: list[int]) -> bytes:
    """A record's rows of the key table in PostgreSQL's binary copy format, which loads three times as fast as text."""
    return b"".join(_KEY_ROW.pack(2, 8, key, 8, number) for key in keys)


def _count(person: Cleaned, counts: dict[str, Counter[str]]) -> None:
    for column in COUNTED:
        value = getattr(person, column)
        if value is not None:
            counts[column][value] += 1


def load(
    connection: psycopg.Connection[Any], schema: str, records: Sequence[Record], today: date | None
) -> Frequencies:
    """Write records and keys to a scratch schema, index them, and return how common their values are."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in COUNTED}
    cursor = connection.cursor()
    numbered = iter(enumerate(records))
    while chunk := list(islice(numbered, CHUNK)):
        with cursor.copy(f"COPY {schema}.record FROM STDIN") as copy:
            for number, record in chunk:
                copy.write_row(scratch_row(number, record))
        rows = []
        for number, record in chunk:
            person = clean(record, today)
            _count(person, counts)
            rows.append(_key_bytes(number, record_keys(person)))
        with cursor.copy(f"COPY {schema}.matchkey FROM STDIN (FORMAT binary)") as copy:
            copy.write(_COPY_START + b"".join(rows) + _COPY_END)
    connection.execute(f"CREATE INDEX ON {schema}.matchkey (key) INCLUDE (record_id)")
    connection.execute(f"ANALYZE {schema}.record; ANALYZE {schema}.matchkey")
    return Frequencies.from_counts(counts)


@contextmanager
def scratch_schema(connection: psycopg.Connection[Any]) -> Iterator[str]:
    """A schema with the scratch tables, dropped whatever happens."""
    schema = f"sightline_scratch_{secrets.token_hex(6)}"
    connection.execute(scratch_ddl(schema))
    try:
        yield schema
    finally:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
