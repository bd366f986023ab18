"""How many people's records one user may open in an hour and in a day, by role (budgets.yaml), reckoned from the access log itself.

So a new sign-in, another browser or another post does not begin a new budget.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import connection

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.kernel.dated import Dated, read_dated
from sightline.kernel.errors import SightlineError
from sightline.kernel.moments import local

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_OPENED = """
SELECT person, max(e.at) FROM access_accessentry e CROSS JOIN LATERAL unnest(e.people) AS person
WHERE e.user_id = %s AND e.at > %s AND e.at <= %s AND e.outcome = 'given' AND e.action = ANY(%s) GROUP BY person
"""
COUNTED = (Action.CONSULTATION, Action.EXPORT, Action.DISCLOSURE)


class BudgetSpent(SightlineError):
    """More people's records than this role opens in such a time."""

    status = 429


@dataclass(frozen=True)
class Budget:
    """People in an hour and in a day."""

    hour: int
    day: int


@cache
def _table() -> Dated[dict[str, Budget]]:
    file = Path(__file__).parent / "budgets.yaml"
    return read_dated(file, "budgets", lambda row: {role: Budget(**held) for role, held in row.items()})


def budget_of(role: str, day: date) -> Budget:
    """The budget of a role on a day. Raises LookupError for a day before the first row."""
    held = _table().on(day)
    return held.get(role, held["default"])


def _opened(user: int, since: datetime, until: datetime) -> dict[int, datetime]:
    """The people whose records a user was given after one moment, up to another, and when last."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [user, since, until, [action.value for action in COUNTED]])
        return dict(cursor.fetchall())


def over(viewer: Viewer, people: Iterable[int]) -> str:
    """Which span, `hour` or `day`, opening these people would take this user beyond; nothing where it is within both."""
    if viewer.user_id is None:
        return ""
    budget, asked = budget_of(viewer.role, local(viewer.at).date()), set(people)
    if len(asked) > budget.hour:
        return "hour"
    opened = _opened(viewer.user_id, viewer.at - max(SPANS.values()), viewer.at)
    for span, length in SPANS.items():
        before = {person for person, last in opened.items() if last > viewer.at - length}
        if len(before | asked) > getattr(budget, span) and not asked <= before:
            return span
    return ""


def within(viewer: Viewer, people: Iterable[int]) -> None:
    """Raises BudgetSpent, with the refusal written down, where opening these people goes beyond the role's budget.

    The gate asks only for what is COUNTED, and leaves out whoever is open in an emergency: that is never held up.
    """
    asked = set(people)
    if span := over(viewer, asked):
        write(viewer, Action.REFUSAL, people=asked, outcome="refused", note=f"beyond the {span}'s budget")
        raise BudgetSpent(
            f"That is more people's records than your role opens in {'an hour' if span == 'hour' else 'a day'}, so this one stays closed."
            " If you need it now, open it in an emergency, or ask your data guardian."
        )
