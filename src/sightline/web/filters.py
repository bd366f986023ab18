"""Narrowing a chronology by links: what kind of thing, which system, how far back, which way round. Never a name in an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from sightline.chronology.wording import NOT_SHOWN_UNASKED, Line
from sightline.ui.asking import DAYS_OR_WORDS

A_PAGE = 50
YEARS = ("1", "3", "10")
YEAR = timedelta(days=365.25)


@dataclass(frozen=True)
class Choice:
    """One link: what it says, where it goes, whether it is the one chosen."""

    words: str
    href: str
    current: bool


@dataclass(frozen=True)
class Narrowed:
    """What was asked for: empty is everything."""

    lane: str = ""
    source: str = ""
    years: str = ""
    newest_first: bool = False
    page: int = 1

    def href(self, **changed: object) -> str:
        """The query string of this with some of it changed; a change of what is shown starts at the first page."""
        to = replace(self, **({"page": 1} | changed))  # type: ignore[arg-type]
        asked = {"kind": to.lane, "source": to.source, "years": to.years, "order": "newest" if to.newest_first else ""}
        held = {k: v for k, v in asked.items() if v} | ({"page": to.page} if to.page > 1 else {})
        return "?" + urlencode(held) + "#chronology"


def page_in(query: QueryDict, *, digits: int = 4) -> int:
    """The page that a link asked for; the first for whatever is no number of so many digits."""
    page = query.get("page", "")
    return int(page) if page.isdecimal() and len(page) <= digits else 1


def narrowed(query: QueryDict) -> Narrowed:
    """What the links of the page asked for; anything else is passed over."""
    return Narrowed(
        query.get("kind", ""),
        query.get("source", ""),
        query.get("years", "") if query.get("years") in YEARS else "",
        query.get("order") == "newest",
        page_in(query),
    )


def day(query: QueryDict) -> date | None:
    """The day whose household was asked for, `27 3 2025` or as a calendar gives it; None for today, or for what is no date."""
    said = query.get("on", "").strip()
    for form in DAYS_OR_WORDS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def chosen(lines: Sequence[Line], by: Narrowed, *, at: datetime) -> list[Line]:
    """The entries asked for, in the order asked for. Notes of records being held are shown only when asked for."""
    kept = [
        x
        for x in lines
        if (x.lane == by.lane if by.lane else x.lane != NOT_SHOWN_UNASKED)
        and (not by.source or x.event.source == by.source)
        and (not by.years or x.event.at >= at - int(by.years) * YEAR)
    ]
    return kept[::-1] if by.newest_first else kept


def choices(lines: Sequence[Line], by: Narrowed) -> dict[str, list[Choice]]:
    """The links, each kind and system with how many entries it has."""
    lanes = Counter(x.lane for x in lines)
    held = {x.event.source: x.source for x in lines}
    return {
        "Kind": [
            Choice("All", by.href(lane=""), not by.lane),
            *(Choice(f"{k} ({n})", by.href(lane=k), by.lane == k) for k, n in sorted(lanes.items())),
        ],
        "System": [
            Choice("All", by.href(source=""), not by.source),
            *(Choice(name, by.href(source=key), by.source == key) for key, name in sorted(held.items())),
        ],
        "How far back": [
            Choice("All", by.href(years=""), not by.years),
            *(Choice(f"{y} year{'s' if y != '1' else ''}", by.href(years=y), by.years == y) for y in YEARS),
        ],
        "Order": [
            Choice("Oldest first", by.href(newest_first=False), not by.newest_first),
            Choice("Newest first", by.href(newest_first=True), by.newest_first),
        ],
    }


def pages(found: int, by: Narrowed) -> list[Choice]:
    """Links to the pages of a long chronology; none where one page holds it."""
    count = -(-found // A_PAGE)
    return [Choice(str(n), by.href(page=n), n == by.page) for n in range(1, count + 1)] if count > 1 else []


def on_page(lines: Sequence[Line], by: Narrowed) -> Sequence[Line]:
    """This page's entries."""
    return lines[(by.page - 1) * A_PAGE : by.page * A_PAGE]
