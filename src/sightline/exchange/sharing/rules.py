"""On what basis, for what and under which agreement something may be given: dated data in bases.yaml. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.kernel.law import Source, Standing
from sightline.kernel.reasons import SHORTEST_REASON

HERE = Path(__file__).parent

NO_BASIS = "Choose a lawful basis: nothing is given without one."


@dataclass(frozen=True)
class Basis:
    """A lawful basis, or a duty, power or condition it goes with. `lawful`: enough by itself."""

    key: str
    label: str
    lawful: bool
    consent: bool
    source: Source

    @property
    def says(self) -> str:
        """The provision, and whether anybody has to confirm it."""
        held = f"{self.source.instrument}, {self.source.provision}"
        return held if self.source.confirmed else f"{held} (to be confirmed)"


@dataclass(frozen=True)
class Purpose:
    """What something is given for, and what is filled in beforehand. `copy`: by a redacted copy that a second person reviews."""

    key: str
    label: str
    bases: tuple[str, ...]
    sections: tuple[str, ...]
    months: int
    urgent: bool
    copy: bool
    consent: str
    reason: str


@cache
def _declared() -> dict[str, Any]:
    return dict(yaml.safe_load((HERE / "bases.yaml").read_text(encoding="utf-8")))


def bases() -> dict[str, Basis]:
    """Every basis that is declared, of any day, by key."""
    return {key: _basis(key, row) for key, row in _declared()["bases"].items()}


def bases_on(day: date) -> dict[str, Basis]:
    """Every basis in force on a day, by key."""
    return {key: basis for key, basis in bases().items() if basis.source.in_force(day)}


def lawful_on(day: date) -> dict[str, Basis]:
    """Those of them that are a lawful basis by themselves, by key: nothing is given without one."""
    return {key: basis for key, basis in bases_on(day).items() if basis.lawful}


def _basis(key: str, row: Mapping[str, Any]) -> Basis:
    source = Source(
        row["instrument"],
        row["provision"],
        Standing(row["standing"]),
        in_force_from=row["from"],
        in_force_until=row.get("until"),
        confirmed=row.get("confirmed", True),
        checked=row.get("checked", ""),
    )
    return Basis(key, row["label"], bool(row.get("lawful")), bool(row.get("consent")), source)


def purposes_on(day: date) -> dict[str, Purpose]:
    """Every purpose declared by a day, by key."""
    return {key: _purpose(key, row) for key, row in _declared()["purposes"].items() if row["from"] <= day}


def _purpose(key: str, row: Mapping[str, Any]) -> Purpose:
    return Purpose(
        key, row["label"], tuple(row["bases"]), tuple(row["sections"]), int(row["months"]), bool(row.get("urgent")),
        bool(row.get("copy")), row.get("consent", ""), " ".join(row.get("reason", "").split()),
    )  # fmt: skip


def sections() -> dict[str, str]:
    """The parts of a document by key, in its order."""
    return dict(_declared()["sections"])


def classes() -> dict[str, str]:
    """The classes of what is given, as an agreement names them, by key."""
    return dict(_declared()["classes"])


def consents() -> dict[str, str]:
    """Whether those concerned agreed, by key."""
    return dict(_declared()["consent"])


def withheld_for() -> dict[str, str]:
    """Why something is held back from a copy, by key."""
    return dict(_declared()["withheld_for"])


def reviews(role: str) -> bool:
    """Whether this post reviews redacted copies that others made."""
    return role in _declared()["reviewers"]


def keeps_agreements(role: str) -> bool:
    """Whether this post keeps the list of agreements."""
    return role in _declared()["agreement_keepers"]


def missing(bases: Iterable[str], reason: str, consent: str, day: date) -> str:
    """What a share still lacks, in words; nothing where it may be made."""
    held = [b for key, b in bases_on(day).items() if key in set(bases)]
    if not any(b.lawful for b in held):
        return NO_BASIS
    if len(reason.strip()) < SHORTEST_REASON:
        return f"Say why it is needed and why no less would do, in at least {SHORTEST_REASON} characters."
    if any(b.consent for b in held) and consent != "given":
        return "Consent is a basis only where they agreed. Choose another basis, or say that they agreed."
    return ""


@dataclass(frozen=True)
class Terms:
    """What one agreement covers. Without sources or classes: all of them. `until` is exclusive."""

    number: int
    title: str
    parties: frozenset[str]
    purposes: frozenset[str]
    sources: frozenset[str]
    classes: frozenset[str]
    since: date
    until: date

    def on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day < self.until

    def ends_soon(self, day: date) -> bool:
        """Whether it is in force, and ends within the days that are declared."""
        return self.on(day) and self.until - day <= timedelta(days=int(_declared()["ends_soon_days"]))


@dataclass(frozen=True)
class Given:
    """What is about to be given, as an agreement sees it."""

    parties: frozenset[str]
    purpose: str
    sources: frozenset[str]
    classes: frozenset[str]


def outside(given: Given, agreements: Iterable[Terms], day: date) -> tuple[int | None, tuple[str, ...]]:
    """The agreement that covers a share, or why none in force does: one line for each that comes near, or that there is none."""
    near: list[str] = []
    for held in (a for a in agreements if given.parties <= a.parties):
        why = _short_of(given, held, day)
        if not why:
            return held.number, ()
        near.append(f"{held.title}: {why}")
    return None, tuple(near) or ("No agreement names both agencies.",)


def _short_of(given: Given, held: Terms, day: date) -> str:
    if not held.on(day):
        return "it has ended" if held.until <= day else "it has not begun"
    if given.purpose not in held.purposes:
        return "it does not cover this purpose"
    if held.sources and (more := given.sources - held.sources):
        return f"it does not cover what {_words(more)} holds"
    if held.classes and (more := given.classes - held.classes):
        return f"it does not cover what is {_words(more)}"
    return ""


def _words(keys: Iterable[str]) -> str:
    return ", ".join(sorted(k.replace("_", " ") for k in keys))
