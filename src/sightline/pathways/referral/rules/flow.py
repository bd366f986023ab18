"""What came, what was decided and what is held, hour by hour; and what is to be expected by Monday."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from sightline.chronology.courses import Run
from sightline.kernel.moments import local
from sightline.pathways.referral.rules.courses import WAITING, turned_by

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class HourOf:
    """Up to the end of one hour: how many had come by then (counted from what was received), how often one was decided and came to wait
    again, and how many wait. The `now` ones: in that hour."""

    until: datetime
    came: int
    reopened: int
    decided: int
    held: int
    untouched: int
    came_now: int = 0
    reopened_now: int = 0
    decided_now: int = 0

    @property
    def lost(self) -> int:
        """What came or came back and is neither decided nor held. Anything but none is a fault that must be found."""
        return self.came + self.reopened - self.decided - self.held


def by_hour(received: Iterable[datetime], runs: Sequence[Run], since: datetime, until: datetime,
            elsewhere: Sequence[tuple[Run, datetime]] = ()) -> list[HourOf]:  # fmt: skip
    """Conservation: for each hour, in + reopened = decided + held. `received`: one moment for each referral of each child, however it fared.

    `elsewhere`: those that another system never says were decided, and since when something shows that they were.
    """
    came, rows, hour = sorted(received), [_at(since, runs, elsewhere)], since + HOUR
    while hour <= until:
        rows.append(_at(hour, runs, elsewhere))
        hour += HOUR
    counted = [replace(r, came=bisect_right(came, r.until)) for r in rows]
    return [
        replace(r, came_now=r.came - b.came, reopened_now=r.reopened - b.reopened, decided_now=r.decided - b.decided)
        for b, r in pairwise(counted)
    ]


def _at(hour: datetime, runs: Sequence[Run], elsewhere: Sequence[tuple[Run, datetime]]) -> HourOf:
    answered = sum(1 for _, at in elsewhere if at <= hour)
    open_then = [*runs, *(r for r, at in elsewhere if at > hour)]
    stood = [turned_by(r, [e for e in r.entries if e.at <= hour]) for r in open_then]
    waiting, untouched = sum(s.state in WAITING for s in stood), sum(s.state == "made" for s in stood)
    return HourOf(hour, 0, sum(s.reopened for s in stood), sum(s.decided for s in stood) + answered, waiting, untouched)


@dataclass(frozen=True)
class Forecast:
    """What is expected up to a moment, by the weeks before: how many come, how many are decided, and what is then held.

    `a_day`: what is decided in a day on which anything is, whichever day of the week that is.
    """

    until: datetime
    coming: float
    decided: float
    held: float
    a_day: float

    def backlog(self, days: int) -> bool:
        """Whether more will be held then than so many days of work clear."""
        return self.held > days * self.a_day


def forecast(
    received: Iterable[datetime], decided: Sequence[datetime], *, held: int, now: datetime, until: datetime, weeks: int
) -> Forecast:
    """Reckoned hour of the week by hour of the week from the weeks before; held never falls below none."""
    since = now - timedelta(weeks=weeks)
    came, left = (Counter(_hour(m) for m in of if since < m <= now) for of in (received, decided))
    worked = {local(m).date() for m in decided if since < m <= now}
    hours = _hours(now, until)
    coming, going = (sum(of[h] for h in hours) / weeks for of in (came, left))
    return Forecast(until, coming, going, max(0.0, held + coming - going), sum(left.values()) / max(1, len(worked)))


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
