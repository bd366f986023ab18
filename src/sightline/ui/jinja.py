"""Jinja2 for every page: the design system and each slice's own templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from sightline.kernel.discovery import ROOT
from sightline.kernel.moments import local, say_age_of, say_date, say_moment, start_of

UNSAID, WITHHELD = "not given", "not given to your post"


def environment(**options: Any) -> Environment:
    """Templates are found as `ui/...`, `<slice>/...`; GOV.UK macros as `govuk_frontend_jinja/...`."""
    folders = [str(p) for p in sorted(ROOT.glob("**/templates")) if p.is_dir()]
    options["loader"] = ChoiceLoader(
        [FileSystemLoader(folders), PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    options["undefined"] = ChainableUndefined
    options["finalize"] = lambda said: UNSAID if said is None else said
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - Django passes autoescape=True
    made.globals |= {"static": static, "url": url, "same_day": same_day, "told": told}
    made.filters |= {
        "words": words,
        "day": say_date,
        "moment": say_moment,
        "when": when,
        "since": since,
        "count_of": count_of,
    }
    made.tests["match_start"] = str.startswith
    return made


def told(entry: Any, field: str, unsaid: str = UNSAID) -> Any:
    """What an entry says in a field; where it says something that this reader is not given, that, and never that nothing was said."""
    if (said := entry.get(field)) not in (None, "", []):
        return said
    return WITHHELD if field in entry.withheld else unsaid


def url(name: str, *args: object) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args)


def words(key: object) -> str:
    """A key of the vocabulary as words: `looked_after` as `Looked after`."""
    key = UNSAID if key is None else key
    text = str(key).replace("_", " ").replace(".", ": ")
    return text[:1].upper() + text[1:]


def when(moment: datetime, precision: str = "minute") -> str:
    """`12 March 2026, 14:05`, or the day alone where the clock time is not known."""
    return say_date(local(moment).date()) if precision == "day" else say_moment(moment)


def since(moment: datetime | date, as_of: datetime) -> str:
    """How long ago that was: `3 days ago`, `today` for a date that is today."""
    if isinstance(moment, datetime):
        return say_age_of(moment, as_of)
    return "today" if same_day(moment, as_of) else say_age_of(start_of(moment), as_of)


def same_day(day: date, as_of: datetime) -> bool:
    """Whether the moment falls on that day, by the clock on the wall."""
    return local(as_of).date() == day


def count_of(number: int, thing: str, things: str = "") -> str:
    """`1 person`, `3 people`, `no people`."""
    many = things or f"{thing}s"
    return f"no {many}" if not number else f"{number} {thing if number == 1 else many}"
