"""What came, what was decided and what is held, hour by hour; and what is to be expected by Monday."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sightline.chronology.courses import Run
from sightline.kernel.moments import local
from sightline.pathways.referral.rules.courses import WAITING, state_at

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class HourOf:
    """Up to the end of one hour: how many had come by then (counted from what was received), and where each of them stands."""

    until: datetime
    came: int
    decided: int
    held: int
    untouched: int
    came_now: int = 0
    decided_now: int = 0

    @property
    def lost(self) -> int:
        """What came and is neither decided nor held. Anything but none is a fault that must be found."""
        return self.came - self.decided - self.held


def by_hour(received: Iterable[datetime], runs: Sequence[Run], since: datetime, until: datetime,
            elsewhere: Sequence[tuple[Run, datetime]] = ()) -> list[HourOf]:  # fmt: skip
    """Conservation: for each hour, in = decided + held. `received`: one moment for each referral of each child, however it fared since.

    `elsewhere`: those that another system never says were decided, and since when something shows that they were.
    """
    came, rows, hour = sorted(received), [_at(since, runs, elsewhere)], since + HOUR
    while hour <= until:
        rows.append(_at(hour, runs, elsewhere))
        hour += HOUR
    counted = [HourOf(r.until, bisect_right(came, r.until), r.decided, r.held, r.untouched) for r in rows]
    return [
        HourOf(r.until, r.came, r.decided, r.held, r.untouched, r.came - b.came, r.decided - b.decided)
        for b, r in pairwise(counted)
    ]


def _at(hour: datetime, runs: Sequence[Run], elsewhere: Sequence[tuple[Run, datetime]]) -> HourOf:
    answered = sum(1 for _, at in elsewhere if at <= hour)
    open_then = [*runs, *(r for r, at in elsewhere if at > hour)]
    states = Counter(state_at(r, [e for e in r.entries if e.at <= hour]) for r in open_then)
    waiting = sum(states[s] for s in WAITING)
    decided = sum(n for s, n in states.items() if s and s not in WAITING) + answered
    return HourOf(hour, 0, decided, waiting, states["made"])


@dataclass(frozen=True)
class Forecast:
    """What is expected up to a moment, by the weeks before: how many come, how many are decided, and what is then held."""

    until: datetime
    coming: float
    decided: float
    held: float
    a_day: float

    def backlog(self, days: int) -> bool:
        """Whether more will be held then than so many days of work clear."""
        return self.held > days * self.a_day


def forecast(
    received: Iterable[datetime], decided: Iterable[datetime], *, held: int, now: datetime, until: datetime, weeks: int
) -> Forecast:
    """Reckoned hour of the week by hour of the week from the weeks before; held never falls below none."""
    since = now - timedelta(weeks=weeks)
    came, left = (Counter(_hour(m) for m in of if since < m <= now) for of in (received, decided))
    hours = _hours(now, until)
    coming, going = (sum(of[h] for h in hours) / weeks for of in (came, left))
    return Forecast(until, coming, going, max(0.0, held + coming - going), sum(left.values()) / (weeks * 5))


def monday_after(now: datetime) -> datetime:
    """Nine o'clock on the Monday to come."""
    at = local(now)
    day = at.date() + timedelta(days=(7 - at.weekday()) % 7 or 7)
    return at.replace(year=day.year, month=day.month, day=day.day, hour=9, minute=0, second=0, microsecond=0)


def _hour(moment: datetime) -> tuple[int, int]:
    at = local(moment)
    return at.weekday(), at.hour


def _hours(now: datetime, until: datetime) -> list[tuple[int, int]]:
    return [_hour(now + n * HOUR) for n in range(int((until - now) / HOUR))]
