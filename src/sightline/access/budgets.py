"""How many people's records one user may open in an hour and in a day, by role (budgets.yaml), reckoned from the access log itself.

So a new sign-in, another browser or another post does not begin a new budget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import connection, transaction

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
COUNTED = (Action.CONSULTATION, Action.SEARCH, Action.EXPORT, Action.DISCLOSURE)
SAID = {"hour": "an hour", "day": "a day"}


class BudgetSpent(SightlineError):
    """More people's records than this role opens in such a time."""

    status = 429

    def __init__(self, span: str, people: Iterable[int], then: str) -> None:
        super().__init__(f"That is more people's records than your role opens in {SAID[span]}, so {then}")
        self.span, self.people = span, frozenset(people)


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


def so_far(viewer: Viewer) -> dict[int, datetime]:
    """The people whose records this user was given in the longest span, and when last."""
    since = viewer.at - max(SPANS.values())
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [viewer.user_id, since, viewer.at, [action.value for action in COUNTED]])
        return dict(cursor.fetchall())


def over(viewer: Viewer, people: Iterable[int], *, opened: Mapping[int, datetime] | None = None) -> str:
    """Which span, `hour` or `day`, opening these people would take this user beyond; nothing where it is within both.

    `opened`: whom they had been given before, where what is asked about has been written to the log meanwhile.
    """
    if viewer.user_id is None:
        return ""
    budget, asked = budget_of(viewer.role, local(viewer.at).date()), set(people)
    if len(asked) > budget.hour:
        return "hour"
    opened = so_far(viewer) if opened is None else opened
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
        _written(viewer, span, asked)
        raise BudgetSpent(
            span,
            asked,
            "this one stays closed. If you need it now, open it in an emergency, or ask your data guardian.",
        )


def _written(viewer: Viewer, span: str, people: Iterable[int]) -> None:
    write(viewer, Action.REFUSAL, people=people, outcome="refused", note=f"beyond the {span}'s budget")


@contextmanager
def kept_within(viewer: Viewer) -> Iterator[Callable[[Iterable[int]], None]]:
    """For a search, which knows whom it opens when it has: gives what to call with them before anything is shown.

    Where they go beyond the role's budget all that the search opened and wrote is undone, the refusal is written down, and BudgetSpent raised.
    """
    before = so_far(viewer)

    def within_it(people: Iterable[int]) -> None:
        asked = set(people)
        if span := over(viewer, asked, opened=before):
            raise BudgetSpent(
                span, asked, "this search shows nobody: that is not the same as nobody found. If a child may be in danger now, open the"
                " record in an emergency. If not, ask your supervisor or a colleague to search.",
            )  # fmt: skip

    try:
        with transaction.atomic():
            yield within_it
    except BudgetSpent as spent:
        _written(viewer, spent.span, spent.people)
        raise
