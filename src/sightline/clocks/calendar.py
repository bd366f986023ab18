"""Working days in England and Wales. A calendar that does not cover a date refuses it: it never assumes that there was no holiday."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import yaml

FIRST, LAST = (
    2000,
    2035,
)  # years for which the library's rules were checked against the published lists; later years are announced late
SUBDIVISIONS = {"england": "ENG", "wales": "WLS"}
WEEKEND = (5, 6)


class NotCovered(ValueError):
    """The calendar says nothing of this date, so no working day can be counted across it."""


@dataclass(frozen=True)
class Calendar:
    """Bank holidays of one nation in the years covered, and days proclaimed for one occasion."""

    nation: str
    first: date
    last: date
    holidays: frozenset[date]

    def working(self, day: date) -> bool:
        """Whether offices work on a day. Raises NotCovered outside the years covered."""
        if not self.first <= day <= self.last:
            raise NotCovered(f"the calendar of {self.nation} covers {self.first} to {self.last}, not {day}")
        return day.weekday() not in WEEKEND and day not in self.holidays

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`th working day after a day, which itself is not counted. Raises NotCovered; ValueError for a count below 1."""
        if count < 1:
            raise ValueError("a limit in working days is at least one")
        while count:
            day += timedelta(days=1)
            count -= self.working(day)
        return day

    def with_days(self, days: Iterable[date]) -> Calendar:
        """The same calendar with more days off, as when one has just been proclaimed."""
        return Calendar(self.nation, self.first, self.last, self.holidays | frozenset(days))


@cache
def calendar(nation: str = "england") -> Calendar:
    """The calendar of England or of Wales. Raises KeyError for another nation, whose bank holidays differ."""
    years = range(FIRST, LAST + 1)
    known = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years)
    rows = yaml.safe_load((Path(__file__).parent / "one_off_days.yaml").read_text())
    proclaimed = {row["day"] for row in rows if nation in row["nations"]}
    return Calendar(nation, date(FIRST, 1, 1), date(LAST, 12, 31), frozenset(known) | proclaimed)
