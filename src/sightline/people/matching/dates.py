"""Dates of birth as people give them: in full, in part, as an age, or as something only a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

OLDEST = 115
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_NEARLY_COMPACT = re.compile(r"^((?:19|20)\d{2})\d{3}(?:\d{2})?$")
_YEAR_LAST = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)")
_RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})((?:19|20)\d{2})$")
_NAMED_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ,]*([a-z]{3,9})[-/. ,]*(\d{4}|\d{2})\b")
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})[-/. ]+(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4})\b")
_NAMED_MONTH_YEAR = re.compile(r"\b([a-z]{3,9})[-/. ,]*(\d{4})\b")
_YEAR_MONTH = re.compile(r"\b(\d{4})[-/. ](\d{1,2})(?!\d)")
_MONTH_YEAR = re.compile(r"\b(\d{1,2})[-/.](\d{4})\b")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_AGE = re.compile(
    r"(?<!\d)(\d{1,3})(?:\s*(?:-|or|to|/)\s*(\d{1,3}))?(?!\d)\s*(m(?:on)?ths?\b|mths?\b|weeks?\b|days?\b)?"
)


@dataclass(frozen=True, slots=True)
class Born:
    """When somebody was born, as far as it was given; the years are both ends included."""

    digits: str | None = None
    month: str | None = None
    low: int | None = None
    high: int | None = None
    age_low: int | None = None
    age_high: int | None = None


NOT_KNOWN = Born()


def _full(year: int, month: int, day: int) -> Born:
    """A date, a month before a day over 12 being read the other way about; an impossible one keeps its digits."""
    if month > 12 >= day:
        month, day = day, month
    return Born(f"{year:04d}{month:02d}{day:02d}", f"{year:04d}{month:02d}", year, year)


def _century(year: str, newest: int) -> int:
    if len(year) == 4:
        return int(year)
    near = 2000 + int(year)
    return near if near <= newest else near - 100


def _month_number(word: str) -> int | None:
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else None


def _in_figures(text: str, newest: int) -> Born | None:
    if found := _RUN_TOGETHER.match(text):
        return _full(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.search(text) or _COMPACT.match(text):
        year, month, day = (int(part) for part in found.groups())
        return _full(year, month, day)
    if found := _NEARLY_COMPACT.match(text):
        return Born(text, None, int(found[1]), int(found[1]))
    if found := _YEAR_LAST.search(text):
        return _full(_century(found[3], newest), int(found[2]), int(found[1]))
    return None


def _in_words(text: str, newest: int) -> Born | None:
    if (found := _NAMED_MONTH.search(text)) and (month := _month_number(found[2])):
        return _full(_century(found[3], newest), month, int(found[1]))
    if (found := _MONTH_FIRST.search(text)) and (month := _month_number(found[1])):
        return _full(int(found[3]), month, int(found[2]))
    if (found := _NAMED_MONTH_YEAR.search(text)) and (month := _month_number(found[1])):
        return Born(None, f"{found[2]}{month:02d}", int(found[2]), int(found[2]))
    return None


def _in_part(text: str) -> Born | None:
    if (found := _YEAR_MONTH.search(text)) and 1 <= int(found[2]) <= 12:
        return Born(None, f"{found[1]}{int(found[2]):02d}", int(found[1]), int(found[1]))
    if (found := _MONTH_YEAR.search(text)) and 1 <= int(found[1]) <= 12:
        return Born(None, f"{found[2]}{int(found[1]):02d}", int(found[2]), int(found[2]))
    if years := [int(year) for year in _YEAR.findall(text)]:
        return Born(None, None, min(years), max(years))
    return None


def _as_age(text: str) -> Born | None:
    for number, word in enumerate(_NUMBER_WORDS):
        text = re.sub(rf"\b{word}\b", str(number), text)
    found = _AGE.search(text)
    if found is None:
        return None
    first = int(found[1])
    last = int(found[2]) if found[2] else first
    if found[3]:
        months = 1 if found[3].startswith("m") else 0
        first, last = (first // 12, last // 12) if months else (0, 1)
    if not 0 <= first <= last <= OLDEST:
        return None
    return Born(age_low=first, age_high=last)


@lru_cache(maxsize=200_000)
def read_born(text: str, newest: int = 2026) -> Born:
    """What a date-of-birth field says: a date, part of one, or an age; text that says neither is not known.

    Day before month, as written here; years of two digits after `newest` fall in the century before. Never refuses.
    """
    text = text.strip().lower()
    if not text:
        return NOT_KNOWN
    return _in_figures(text, newest) or _in_words(text, newest) or _in_part(text) or _as_age(text) or NOT_KNOWN


def years_of_age(low: float, high: float, as_of: date) -> tuple[int, int]:
    """The first and last years in which somebody of between `low` and `high` years on a day can have been born."""
    return as_of.year - int(high) - 1, as_of.year - int(low)
