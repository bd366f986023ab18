"""How many people's records one user may open in an hour and in a day, by role (budgets.yaml), reckoned from the access log itself.

So a new sign-in, another browser or another post does not begin a new budget.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.db import connection

from sightline.access.log import Action, write
from sightline.access.models import Involvement
from sightline.access.viewer import Viewer
from sightline.kernel.errors import SightlineError
from sightline.kernel.moments import local

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_OPENED = """
SELECT DISTINCT person FROM access_accessentry e CROSS JOIN LATERAL unnest(e.people) AS person
WHERE e.user_id = %s AND e.at > %s AND e.at <= %s AND e.outcome = 'given' AND e.action = ANY(%s)
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
def _table() -> list[tuple[date, dict[str, Budget]]]:
    rows = yaml.safe_load((Path(__file__).parent / "budgets.yaml").read_text())["budgets"]
    return [(row.pop("from"), {role: Budget(**held) for role, held in row.items()}) for row in rows]


def budget_of(role: str, day: date) -> Budget:
    """The budget of a role on a day. Raises LookupError for a day before the first row."""
    held = [budgets for since, budgets in _table() if since <= day]
    if not held:
        raise LookupError(f"no budget is declared for {day}")
    return held[-1].get(role, held[-1]["default"])


def opened_since(user: int, since: datetime, until: datetime) -> set[int]:
    """The people whose records a user was given after one moment, up to another."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [user, since, until, [action.value for action in COUNTED]])
        return {person for (person,) in cursor.fetchall()}


def over(viewer: Viewer, people: Iterable[int]) -> str:
    """Which span, `hour` or `day`, opening these people would take this user beyond; nothing where it is within both."""
    if viewer.user_id is None:
        return ""
    budget, asked = budget_of(viewer.role, local(viewer.at).date()), set(people)
    if len(asked) > budget.hour:
        return "hour"
    for span, length in SPANS.items():
        before = opened_since(viewer.user_id, viewer.at - length, viewer.at)
        if len(before | asked) > getattr(budget, span) and not asked <= before:
            return span
    return ""


def _in_emergency(viewer: Viewer) -> set[int]:
    live = Involvement.objects.filter(user_id=viewer.user_id or 0, why="break_glass", from_at__lte=viewer.at)
    return set(live.exclude(until_at__lte=viewer.at).values_list("person_id", flat=True))


def within(viewer: Viewer, people: Iterable[int], action: Action) -> None:
    """Raises BudgetSpent, with the refusal written down, where opening these people goes beyond the role's budget.

    What is listed, recorded or corrected is not counted, and an emergency opening is not held up.
    """
    if action not in COUNTED:
        return
    asked = set(people) - _in_emergency(viewer)
    if span := over(viewer, asked):
        write(viewer, Action.REFUSAL, people=asked, outcome="refused", note=f"beyond the {span}'s budget")
        raise BudgetSpent(
            f"That is more people's records than your role opens in {'an hour' if span == 'hour' else 'a day'}, so this one stays closed."
            " If you need it now, open it in an emergency, or ask your data guardian."
        )
