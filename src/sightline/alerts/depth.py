"""How much more comes to a unit than it clears, reckoned from what came and left of late.

Told of the queue, once for as long as it stays beyond its limit. Imports no Django.
"""

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

    One alert for as long as that lasts, so that who acknowledged it and how far it climbed is kept: its cause is the first that came
    since a day began on which the queue was within its limit.
    """
    now = case.as_of
    held_came, held_left = _counted(case, came, now), _counted(case, left, now)
    if not held_came:
        return
    read_until(start_of(local(now).date() + timedelta(days=1)))
    if not _beyond(case, held_came, held_left, depth, now):
        return
    deep, most = len(held_came) - len(held_left), case.number(depth.most, now)
    said = depth.says.format(came=len(held_came), left=len(held_left), deep=deep, days=most)
    why = f"In {case.limits.say(COUNTED, now)} {said}"
    yield case.finding("queue_backlog", _began(case, came, left, depth), now, why, step=depth.step, part="depth")


def _beyond(case: Case, came: Sequence[Happening], left: Sequence[Happening], depth: Depth, at: datetime) -> bool:
    """Whether what came in the time counted up to a moment is more than what left, by over so many days of its work."""
    if not came or len(left) < case.number(LEAST, at):
        return False
    days = _working_days(case, _since(case, at), at)
    return len(came) - len(left) > case.number(depth.most, at) * len(left) / days


def _began(case: Case, came: Sequence[Happening], left: Sequence[Happening], depth: Depth) -> Happening:
    """The first that came since a day began with the queue within its limit; where none came on that day, the last before it."""
    day = local(case.as_of).date()
    while _beyond(case, _counted(case, came, start_of(day)), _counted(case, left, start_of(day)), depth, start_of(day)):
        day -= timedelta(days=1)
    that_day = _between(came, start_of(day), min(start_of(day + timedelta(days=1)), case.as_of))
    return that_day[0] if that_day else came[max(0, bisect_right(came, start_of(day), key=_AT) - 1)]


def _since(case: Case, at: datetime) -> datetime:
    return at - (case.due_from(COUNTED, at) - at)


def _counted(case: Case, entries: Sequence[Happening], at: datetime) -> Sequence[Happening]:
    return _between(entries, _since(case, at), at)


def _between(entries: Sequence[Happening], since: datetime, until: datetime) -> Sequence[Happening]:
    """Those after one moment up to another."""
    return entries[bisect_right(entries, since, key=_AT) : bisect_right(entries, until, key=_AT)]


def _working_days(case: Case, since: datetime, until: datetime) -> int:
    first, last = local(since).date(), local(until).date()
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return max(1, sum(case.limits.calendar.working(day) for day in days))
