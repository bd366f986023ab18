"""What may be chosen under a plan, the words of each nation, and the headings of the family's own version: all of it read from files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.clocks.limits import ENGLAND, WALES
from sightline.kernel.dated import Dated, read_dated

HERE = Path(__file__).parent.parent


@cache
def _headings() -> Mapping[str, Any]:
    held: Mapping[str, Any] = yaml.safe_load((HERE / "plain.yaml").read_text(encoding="utf-8"))
    return held


@cache
def _dated(file: str, key: str) -> Dated[Mapping[str, Any]]:
    return read_dated(HERE / file, key, lambda row: row)


@dataclass(frozen=True)
class Choice:
    """One thing that may be done, and the kind of agency that does it."""

    key: str
    what: str
    agency: str


@dataclass(frozen=True)
class Choices:
    """A list to go through."""

    key: str
    title: str
    says: str
    choices: tuple[Choice, ...]


def choices(key: str, day: date) -> Choices:
    """One list of options.yaml as it holds on a day."""
    held = _dated("options.yaml", "options").on(day)[key]
    return Choices(
        key, held["title"], held["says"], tuple(Choice(k, v["what"], v["agency"]) for k, v in held["choices"].items())
    )


def nation_of(authority: str, day: date) -> str:
    """Whose rules an authority works under on a day."""
    return WALES if authority in _dated("nations.yaml", "wales").on(day)["authorities"] else ENGLAND


def terms(nation: str, day: date) -> Mapping[str, str]:
    """What things are called there on a day."""
    named: Mapping[str, str] = _dated("nations.yaml", "terms").on(day)[nation]
    return named


def languages() -> dict[str, str]:
    """The languages in which a family's version has its headings."""
    return {key: held["name"] for key, held in _headings().items()}


def headings(language: str, version: str) -> Mapping[str, str]:
    """The headings of one version, `parents` or `child`; in English where there is no such language."""
    held = _headings()
    said: Mapping[str, str] = held.get(language, held["en"])[version]
    return said
