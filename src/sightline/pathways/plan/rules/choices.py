"""What may be chosen under a plan, the words of each nation, and the headings of the family's own version: all of it read from files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.clocks.limits import ENGLAND, WALES

HERE = Path(__file__).parent.parent


@cache
def _read(name: str) -> Mapping[str, Any]:
    held: Mapping[str, Any] = yaml.safe_load((HERE / name).read_text())
    return held


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


def choices(key: str) -> Choices:
    """One list of options.yaml."""
    held = _read("options.yaml")[key]
    return Choices(
        key, held["title"], held["says"], tuple(Choice(k, v["what"], v["agency"]) for k, v in held["choices"].items())
    )


def nation_of(authority: str) -> str:
    """Whose rules an authority works under."""
    return WALES if authority in _read("nations.yaml")["wales"] else ENGLAND


def terms(nation: str) -> Mapping[str, str]:
    """What things are called there."""
    named: Mapping[str, str] = _read("nations.yaml")["terms"][nation]
    return named


def languages() -> dict[str, str]:
    """The languages in which a family's version has its headings."""
    return {key: held["name"] for key, held in _read("plain.yaml").items()}


def headings(language: str, version: str) -> Mapping[str, str]:
    """The headings of one version, `parents` or `child`; in English where there is no such language."""
    held = _read("plain.yaml")
    said: Mapping[str, str] = held.get(language, held["en"])[version]
    return said
