"""What holds of a person goes with their records: nobody is unsealed, and nobody loses or gains a child, because two records were joined.

A restriction, an exclusion or an involvement concerns the records that were the person when it was made. Whoever those records are now, it
holds of: where that is another person it is carried there, and ends there when the records leave. So a split restores what each had, exactly,
with what was made of both while they were one, in whatever order joins are undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

_TABLES = {
    "access_restriction": ("state", "reason", "ask", "review_on", "set_by"),
    "access_exclusion": ("user_id", "reason"),
    "access_involvement": ("user_id", "post_id", "why", "reason"),
}
_MAY_BE_UNKNOWN = ("review_on", "set_by")
_LIVE = "{t}.from_at <= %(at)s AND ({t}.until_at IS NULL OR {t}.until_at > %(at)s)"
# Which records each row that was made, not carried, concerns: those who were that person then; not those of whom it was ended by hand since,
# where it had been carried.
_CONCERNS = """
SELECT t.id, t.person_id, t.until_at, {those}, n.identity_id AS person, EXISTS (
    SELECT 1 FROM {table} c JOIN people_link x ON x.identity_id = c.person_id AND x.record_id = n.record_id
        AND x.from_at <= c.until_at AND (x.until_at IS NULL OR x.until_at > c.until_at)
    WHERE c.carried_from = t.person_id AND {same} AND c.until_at <= %(at)s AND c.until_at IS DISTINCT FROM t.until_at) AS ended
FROM people_link n JOIN people_link l ON l.record_id = n.record_id JOIN {table} t ON t.person_id = l.identity_id
CROSS JOIN LATERAL (SELECT greatest(t.from_at, min(f.from_at)) AS at FROM people_link f WHERE f.identity_id = t.person_id) AS made
WHERE n.until_at IS NULL AND n.identity_id = ANY(%(people)s) AND t.carried_from IS NULL AND {live}
  AND l.from_at <= made.at AND (l.until_at IS NULL OR l.until_at > made.at)
"""
_DUE = """
SELECT o.person, o.person_id AS origin, {those}, CASE WHEN bool_or(o.until_at IS NULL) THEN NULL ELSE max(o.until_at) END AS until_at
FROM ({concerns}) AS o WHERE o.person <> o.person_id AND NOT o.ended GROUP BY o.person, o.person_id, {those}
"""
_CARRY = """
INSERT INTO {table} (person_id, from_at, until_at, carried_from, {columns})
SELECT d.person, %(at)s, d.until_at, d.origin, {those} FROM ({due}) AS d WHERE NOT EXISTS (
    SELECT 1 FROM {table} c WHERE c.person_id = d.person AND c.carried_from = d.origin AND {same} AND {live})
"""
_BRING_BACK = """
UPDATE {table} c SET until_at = %(at)s WHERE c.person_id = ANY(%(people)s) AND c.carried_from IS NOT NULL AND {live}
  AND NOT EXISTS (SELECT 1 FROM ({due}) AS d WHERE d.person = c.person_id AND d.origin = c.carried_from AND {same})
"""
# An involvement that was ended by hand while two were one is not taken up again when they are two; a seal or an exclusion that was is.
_STAYS_ENDED = """
UPDATE {table} t SET until_at = %(at)s FROM (
    SELECT o.id FROM ({concerns}) AS o WHERE o.person = o.person_id GROUP BY o.id HAVING bool_and(o.ended)) AS e
WHERE t.id = e.id
"""
# Where one of two who were parted was let go of by hand, what was carried to the other goes on by itself.
_STANDS_ALONE = """
UPDATE {table} c SET carried_from = NULL WHERE c.person_id = ANY(%(people)s) AND c.carried_from IS NOT NULL AND {live}
  AND EXISTS (SELECT 1 FROM people_link x WHERE x.identity_id = c.carried_from AND x.until_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM {table} d WHERE d.person_id = c.carried_from AND d.carried_from IS NULL AND {same} AND {also_live})
"""


def settle(people: Iterable[int], *, at: datetime) -> None:
    """Before records of these people change hands: what was carried and is held up by nothing any more is made of that person itself."""
    _each((_STANDS_ALONE,), people, at)


def carry(people: Iterable[int], *, at: datetime) -> None:
    """Restrictions, exclusions and involvements hold of whoever the records that they concern are now: for people whose records changed."""
    _each((_BRING_BACK, _CARRY, _STAYS_ENDED), people, at)


def _each(statements: Iterable[str], people: Iterable[int], at: datetime) -> None:
    given: dict[str, Any] = {"at": at, "people": sorted(set(people))}
    with connection.cursor() as cursor:
        for table, columns in _TABLES.items():
            for statement in statements:
                if statement is not _STAYS_ENDED or table == "access_involvement":
                    cursor.execute(_written(statement, table, columns), given)


def _written(statement: str, table: str, columns: tuple[str, ...]) -> str:
    def those(of: str) -> str:
        return ", ".join(f"{of}.{name}" for name in columns)

    def same(one: str, other: str) -> str:
        held = {name: "IS NOT DISTINCT FROM" if name in _MAY_BE_UNKNOWN else "=" for name in columns}
        return " AND ".join(f"{one}.{name} {alike} {other}.{name}" for name, alike in held.items())

    concerns = _CONCERNS.format(table=table, those=those("t"), same=same("c", "t"), live=_LIVE.format(t="t"))
    due = _DUE.format(concerns=concerns, those=those("o"))
    return statement.format(
        table=table, columns=", ".join(columns), those=those("d"), same=same("c", "d"), live=_LIVE.format(t="c"),
        also_live=_LIVE.format(t="d"), concerns=concerns, due=due,
    )  # fmt: skip
