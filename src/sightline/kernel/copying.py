"""Rows by COPY, thousands at once, into tables that have row-level security too: PostgreSQL refuses to copy straight into those."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from psycopg import Copy


@contextmanager
def aside(cursor: CursorWrapper, table: str, columns: str) -> Iterator[str]:
    """An empty table like some columns of another, for this transaction; its name. Each role has its own: one does not see another's."""
    cursor.execute("SELECT current_user")
    name = f"aside_{cursor.fetchone()[0]}_{table}"[:63]
    cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0")
    cursor.execute(f"TRUNCATE {name}")
    yield name


@contextmanager
def copied_into(table: str, columns: str) -> Iterator[Copy]:
    """What is written is added to a table when it is left. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table])
        if not cursor.fetchone()[0]:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                yield copy
            return
        with aside(cursor, table, columns) as held:
            with cursor.copy(f"COPY {held} FROM STDIN") as copy:
                yield copy
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {held}")
