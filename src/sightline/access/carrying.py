"""What holds of a person goes with their records: nobody is unsealed, and nobody loses their child, because two records were joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

_TABLES = {
    "access_restriction": ("state", "reason"),
    "access_exclusion": ("user_id", "reason"),
    "access_involvement": ("user_id", "post_id", "why", "reason"),
}
_MOVES = "unnest(%(froms)s::bigint[], %(tos)s::bigint[], %(sinces)s::timestamptz[]) AS m(from_person, to_person, since)"
_LIVE = "t.from_at <= %(at)s AND (t.until_at IS NULL OR t.until_at > %(at)s)"
_CARRY = """
INSERT INTO {table} (person_id, from_at, until_at, carried_from, {columns})
SELECT m.to_person, %(at)s, t.until_at, m.from_person, {those} FROM {moves} JOIN {table} t ON t.person_id = m.from_person
WHERE {live} AND (m.since IS NULL OR t.from_at >= m.since) AND t.carried_from IS DISTINCT FROM m.to_person AND NOT EXISTS (
    SELECT 1 FROM {table} u WHERE u.person_id = m.to_person AND u.carried_from = m.from_person
      AND (u.until_at IS NULL OR u.until_at > %(at)s) AND ({same}))
"""
_BRING_BACK = """
UPDATE {table} t SET until_at = %(at)s FROM {moves}
WHERE t.person_id = m.from_person AND t.carried_from = m.to_person AND {live}
"""


@dataclass(frozen=True)
class Moved:
    """Records went from one person to another; `back_since`: they return to whom they came from, and had been away since then."""

    before: int
    after: int
    back_since: datetime | None = None


def carry(moves: Iterable[Moved], *, at: datetime) -> None:
    """Restrictions, exclusions and involvements of the person that records left hold of the person they went to as well.

    Where records go back, only what came to hold while they were away goes with them, and what they had brought along ends again.
    """
    pairs = sorted({m for m in moves if m.before != m.after}, key=lambda m: (m.before, m.after, m.back_since or at))
    if not pairs:
        return
    given: dict[str, Any] = {
        "at": at,
        "froms": [m.before for m in pairs],
        "tos": [m.after for m in pairs],
        "sinces": [m.back_since for m in pairs],
    }
    with connection.cursor() as cursor:
        for table, columns in _TABLES.items():
            names = {
                "columns": ", ".join(columns),
                "those": ", ".join(f"t.{name}" for name in columns),
                "same": " AND ".join(f"u.{name} = t.{name}" for name in columns),
            }
            cursor.execute(_CARRY.format(table=table, live=_LIVE, moves=_MOVES, **names), given)
            cursor.execute(_BRING_BACK.format(table=table, live=_LIVE, moves=_MOVES), given)
