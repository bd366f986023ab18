"""What each receiving authority asks on its own form, where it puts its thresholds, and on what basis a referral is shared: dated data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sightline.kernel.dated import Dated, read_dated

FILE = Path(__file__).parent.parent / "authorities.yaml"


@dataclass(frozen=True)
class Authority:
    """One authority's own questions, and its thresholds in its own words."""

    questions: tuple[str, ...]
    thresholds: Mapping[str, str]


@cache
def _authorities() -> Dated[Mapping[str, Any]]:
    return read_dated(FILE, "authorities", lambda row: row)


@cache
def _lawful() -> Dated[Mapping[str, Mapping[str, str]]]:
    return read_dated(FILE, "lawful", lambda row: row)


def authority(key: str, day: date) -> Authority:
    """The form and thresholds of an authority on a day; of one that has said nothing, those that any has."""
    held = _authorities().on(day)
    said = held.get(key, held["any"])
    return Authority(tuple(said["questions"]), said["thresholds"])


def setting_words(day: date) -> str:
    """On what basis a child's setting is told of a domestic incident."""
    return _lawful().on(day)["setting"]["lawful_basis"]


def lawful_words(day: date, *, urgent: bool) -> Mapping[str, str]:
    """Basis, necessity and proportionality as they are filled in beforehand, so that they never delay a referral."""
    return _lawful().on(day)["urgent" if urgent else "other"]
