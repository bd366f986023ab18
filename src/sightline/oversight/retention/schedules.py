"""The schedules as declarations (schedules.yaml): which entries bring a person under which, and how long they are kept then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.chronology.view import Happening
from sightline.kernel.law import Source, Standing


@dataclass(frozen=True)
class Holds:
    """Which entries: of these kinds, with the person in these roles, from these systems, whose fields say one of these. Empty: any."""

    kinds: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    or_not_said: bool = False

    def takes(self, entry: Happening, person: int) -> bool:
        """Whether an entry is one of them."""
        if (self.kinds and entry.kind not in self.kinds) or (self.sources and entry.source not in self.sources):
            return False
        if self.roles and not entry.concerns(person, *self.roles):
            return False
        return all(self._says(entry.get(name), among) for name, among in self.where.items())

    def _says(self, value: object, among: frozenset[str]) -> bool:
        return self.or_not_said if value is None else value in among


@dataclass(frozen=True)
class Keep:
    """How many years, counted from what; after the death of a child so many from the death instead."""

    years: int
    counted_from: str
    died_under_18: int | None = None


@dataclass(frozen=True)
class Schedule:
    """One schedule, with its source."""

    key: str
    group: str
    source: Source
    keep: tuple[Keep, ...]
    holds: tuple[Holds, ...]
    review_every: int | None = None

    def entries(self, happenings: tuple[Happening, ...], person: int) -> tuple[Happening, ...]:
        """Those that bring the person under it, oldest first."""
        return tuple(h for h in happenings if any(one.takes(h, person) for one in self.holds))


@cache
def schedules() -> tuple[Schedule, ...]:
    """Every schedule, as declared."""
    declared = yaml.safe_load((Path(__file__).parent / "schedules.yaml").read_text(encoding="utf-8"))
    return tuple(_schedule(row) for row in declared["schedules"])


def _schedule(row: Mapping[str, Any]) -> Schedule:
    since: date = row["from"]
    source = Source(
        row["instrument"], row["provision"], Standing(row["standing"]), row["edition"], since, row.get("until"),
        confirmed=row["confirmed"], checked=row["checked"],
    )  # fmt: skip
    keep = tuple(Keep(k["years"], k["from"], k.get("died_under_18")) for k in row["keep"])
    return Schedule(
        row["key"], row["group"], source, keep, tuple(_holds(h) for h in row["records"]), row.get("review_every"),
    )  # fmt: skip


def _holds(row: Mapping[str, Any]) -> Holds:
    where = {name: frozenset(values) for name, values in row.get("where", {}).items()}
    return Holds(
        frozenset(row.get("kinds", ())), tuple(row.get("roles", ())), frozenset(row.get("sources", ())), where,
        bool(row.get("or_not_said")),
    )  # fmt: skip
