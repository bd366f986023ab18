"""How much more comes to a unit than it clears, reckoned from what came and left of late. Told of the queue, once a week. Imports no Django."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding
from sightline.chronology.reads import read_until
from sightline.chronology.view import Happening
from sightline.kernel.moments import local, start_of

COUNTED, LEAST = "queue.counted", "queue.least_decided"
_AT = attrgetter("at")


@dataclass(frozen=True)
class Depth:
    """How a unit's depth is told. `most`: the limit of days of its work that may wait; `says`: with `came`, `left`, `deep` and `days`."""

    most: str
    says: str
    step: str

    @property
    def limits(self) -> tuple[str, ...]:
        """The limits that it goes by."""
        return (COUNTED, self.most, LEAST)


def too_deep(case: Case, came: Sequence[Happening], left: Sequence[Happening], depth: Depth) -> Iterable[Finding]:
    """More came than left, by over so many days of what leaves in a day; nothing where too few left to say what a day's work is.

    One alert a queue and week: its cause is the first that came that week.
    """
    now = case.as_of
    since = now - (case.due_from(COUNTED, now) - now)
    came, left = _between(came, since, now), _between(left, since, now)
    if not came:
        return
    read_until(start_of(local(now).date() + timedelta(days=1)))
    deep, most = len(came) - len(left), case.number(depth.most, now)
    if len(left) < case.number(LEAST, now) or deep <= most * len(left) / _working_days(case, since, now):
        return
    monday = start_of(local(now).date() - timedelta(days=local(now).weekday()))
    first = next((h for h in came if h.at >= monday), came[-1])
    said = depth.says.format(came=len(came), left=len(left), deep=deep, days=most)
    why = f"In {case.limits.say(COUNTED, now)} {said}"
    yield case.finding("queue_backlog", first, now, why, step=depth.step, part="depth")


def _between(entries: Sequence[Happening], since: datetime, until: datetime) -> Sequence[Happening]:
    """Those after one moment up to another."""
    return entries[bisect_right(entries, since, key=_AT) : bisect_right(entries, until, key=_AT)]


def _working_days(case: Case, since: datetime, until: datetime) -> int:
    first, last = local(since).date(), local(until).date()
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return max(1, sum(case.limits.calendar.working(day) for day in days))
