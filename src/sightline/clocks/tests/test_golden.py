# ruff: noqa: DTZ001, DTZ007 - wall-clock times, made aware by the code under test
"""Due dates against a table worked out by other means (numpy's business days over the published list, dateutil's months, plain UTC)."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sightline.clocks.calendar import NotCovered, calendar
from sightline.clocks.spans import (
    Days,
    Hours,
    Minutes,
    Months,
    Span,
    Weeks,
    WorkingDays,
    birthday,
    reaches,
    review_times,
)
from sightline.kernel.moments import from_local

HERE = Path(__file__).parent
UNITS = {
    "minutes": Minutes,
    "hours": Hours,
    "days": Days,
    "weeks": Weeks,
    "months": Months,
    "working days": WorkingDays,
}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open() as file:
        return list(csv.DictReader(file))


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def test_every_row_of_the_golden_table() -> None:
    table = rows("golden.csv")
    assert len(table) >= 500
    wrong = []
    for row in table:
        span: Span = UNITS[row["unit"]](int(row["count"]))
        end = span.after(utc(row["start_utc"]), calendar(), precision=row["precision"])
        if end != utc(row["end_utc"]):
            wrong.append((row, end))
    assert wrong == []


@pytest.mark.parametrize("nation", ["england", "wales"])
def test_the_calendar_has_the_published_bank_holidays_and_no_others(nation: str) -> None:
    published = {date.fromisoformat(r["day"]) for r in rows("bank_holidays.csv")}
    years = {d.year for d in published}
    held = {d for d in calendar(nation).holidays if d.year in years and d.weekday() < 5}
    assert held == published


def test_a_date_that_the_calendar_does_not_cover_is_refused() -> None:
    for day in (date(1999, 12, 31), date(2036, 1, 1)):
        with pytest.raises(NotCovered):
            calendar().working(day)
    with pytest.raises(NotCovered):
        WorkingDays(3).after(from_local(datetime(2035, 12, 31, 9)), calendar())


def test_a_day_proclaimed_tomorrow_moves_every_due_date_that_crosses_it() -> None:
    start = from_local(datetime(2026, 6, 10, 9))
    more = calendar().with_days([date(2026, 6, 11)])
    assert WorkingDays(1).after(start, more) - WorkingDays(1).after(start, calendar()) == timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (datetime(2026, 3, 28, 20), 24, datetime(2026, 3, 29, 21)),
        (datetime(2026, 10, 24, 20), 24, datetime(2026, 10, 25, 19)),
    ],
    ids=["clocks forward", "clocks back"],
)
def test_hours_are_real_hours_across_a_clock_change(start: datetime, hours: int, end: datetime) -> None:
    assert Hours(hours).after(from_local(start), calendar()) == from_local(end)


@pytest.mark.parametrize("first", ["2026-03-28 20:00", "2026-10-24 20:00", "2026-06-01 20:00"])
def test_reviews_of_detention_fall_at_six_hours_and_every_nine_after(first: str) -> None:
    began = from_local(datetime.strptime(first, "%Y-%m-%d %H:%M"))
    times = review_times(began, first=Hours(6), then=Hours(9), until=began + timedelta(hours=24))
    assert [(t - began).total_seconds() / 3600 for t in times] == [6, 15, 24]


def test_birthdays_of_those_born_on_a_leap_day_are_on_the_first_of_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)
    assert reaches(date(2008, 7, 1), 18) == datetime(2026, 6, 30, 23, tzinfo=UTC)
