"""Dates and moments: aware, stored in UTC, shown in Europe/London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def aware(moment: datetime) -> datetime:
    """The moment in UTC; raises ValueError for a time without a zone, which could be an hour wrong."""
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The moment as a clock on the wall in England and Wales shows it."""
    return aware(moment).astimezone(LONDON)


def from_local(naive: datetime) -> datetime:
    """A wall-clock time as systems here write it, in UTC; the earlier of two where the clocks go back."""
    return naive.replace(tzinfo=LONDON).astimezone(UTC) if naive.tzinfo is None else aware(naive)


def start_of(day: date) -> datetime:
    """Midnight at the start of a local day, in UTC."""
    return from_local(datetime.combine(day, time()))


def say_date(day: date) -> str:
    """`2 March 2014`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_moment(moment: datetime) -> str:
    """`2 March 2014, 14:05`, local time."""
    at = local(moment)
    return f"{say_date(at.date())}, {at:%H:%M}"


def age_on(born: date, day: date) -> int:
    """Whole years on a day; someone born on 29 February has a birthday on 1 March in other years (England and Wales)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def say_age_of(moment: datetime, as_of: datetime) -> str:
    """How old a fact is, in the largest unit that says it: `5 minutes ago`, `3 days ago`, `2 years ago`."""
    seconds = (aware(as_of) - aware(moment)).total_seconds()
    if seconds < 0:
        return "still to come"
    for name, size in (("year", 31_557_600), ("month", 2_629_800), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            n = int(seconds // size)
            return f"{n} {name}{'s' if n != 1 else ''} ago"
    return "just now"
