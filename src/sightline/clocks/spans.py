"""How long: amounts of time that carry their unit, and when each ends.

Minutes and hours run in real time, so they are right across a clock change. Days, months and years end at the same time of day on
the wall. Working days end with the last of them, at midnight. A time known only to the day starts an hour clock at the end of that day.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sightline.clocks.calendar import Calendar
from sightline.kernel.moments import aware, from_local, local, start_of


class Span(Protocol):
    """An amount of time with its unit."""

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:
        """When it ends that began at `start` (aware): an aware moment in UTC."""

    def __str__(self) -> str:
        """As a person says it: `15 minutes`, `10 working days`."""


def _said(count: float, unit: str) -> str:
    number = int(count) if count == int(count) else count
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _begins(start: datetime, precision: str) -> datetime:
    """When a clock in hours can start: at once, or at the end of a day of which only the date is known."""
    return start_of(local(start).date() + timedelta(days=1)) if precision == "day" else aware(start)


@dataclass(frozen=True)
class Minutes:
    """Real minutes."""

    count: float

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:  # noqa: ARG002
        """When it ends."""
        return _begins(start, precision) + timedelta(minutes=self.count)

    def __str__(self) -> str:
        return _said(self.count, "minute")


@dataclass(frozen=True)
class Hours:
    """Real hours: 24 of them are not a calendar day when the clocks change."""

    count: float

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:  # noqa: ARG002
        """When it ends."""
        return _begins(start, precision) + timedelta(hours=self.count)

    def __str__(self) -> str:
        return _said(self.count, "hour")


def _same_time_on(start: datetime, day: date, precision: str) -> datetime:
    """The time on the wall that it was, on another day; of a date alone, the end of that day."""
    if precision == "day":
        return start_of(day + timedelta(days=1))
    return from_local(datetime.combine(day, local(start).time()))


@dataclass(frozen=True)
class Days:
    """Calendar days, to the same time on the wall."""

    count: int

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:  # noqa: ARG002
        """When it ends."""
        return _same_time_on(start, local(start).date() + timedelta(days=self.count), precision)

    def __str__(self) -> str:
        return _said(self.count, "day")


@dataclass(frozen=True)
class Weeks:
    """Calendar weeks, to the same time on the wall."""

    count: int

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:  # noqa: ARG002
        """When it ends."""
        return _same_time_on(start, local(start).date() + timedelta(weeks=self.count), precision)

    def __str__(self) -> str:
        return _said(self.count, "week")


@dataclass(frozen=True)
class Months:
    """Calendar months, to the same day of the month or the last there is (corresponding date rule)."""

    count: int

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:  # noqa: ARG002
        """When it ends."""
        return _same_time_on(start, months_after(local(start).date(), self.count), precision)

    def __str__(self) -> str:
        return _said(self.count, "month")


@dataclass(frozen=True)
class WorkingDays:
    """Working days after the day it began; it ends with the last of them, at midnight."""

    count: int

    def after(self, start: datetime, calendar: Calendar, *, precision: str = "minute") -> datetime:  # noqa: ARG002
        """When it ends. Raises NotCovered where the calendar says nothing of a day on the way."""
        return start_of(calendar.working_day_after(local(start).date(), self.count) + timedelta(days=1))

    def __str__(self) -> str:
        return _said(self.count, "working day")


def months_after(day: date, count: int) -> date:
    """The corresponding date so many months on: 31 January and one month is the last day of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age; for 29 February, 1 March in other years (England and Wales)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def reaches(born: date, age: int) -> datetime:
    """The moment at which somebody reaches an age: midnight at the start of that birthday."""
    return start_of(birthday(born, age))


def review_times(began: datetime, *, first: Hours, then: Hours, until: datetime) -> list[datetime]:
    """When reviews of detention fall due by the clock: first after so long, then so often, up to a moment.

    Each review that was held late still counts from when it was due here; callers that count from the review itself ask `after`.
    """
    due, found = aware(began) + timedelta(hours=first.count), []
    while due <= until:
        found.append(due)
        due += timedelta(hours=then.count)
    return found
