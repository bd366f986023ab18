"""What the register says of each rule and model, apart from what happened here; and whom alerts are about more than others. Pure functions."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.alerts.findings import Rule, rules
from sightline.kernel.discovery import ROOT
from sightline.people.matching.scoring import shipped_model

HERE = Path(__file__).parent
FEWEST = 5  # of fewer children nothing is said: a figure would be about somebody
ENOUGH = 10  # from so many on a difference is pointed out
APART = (
    0.8,
    1.25,
)  # a group told of less or more often than this, against everybody else, is pointed out (local default)
RULES = ("alerts", "rules", "clocks", "queries")


@dataclass(frozen=True)
class Tested:
    """What the cases with known answers showed: alerts expected and raised in time, missed, and raised where none may be; of which version."""

    met: int
    missed: int
    forbidden: int
    version: str
    on: date


@dataclass(frozen=True)
class Registered:
    """One rule or model: what it is for, its version, who answers for it, by when it is looked at again, and its test results."""

    name: str
    kind: str
    means: str
    version: str
    owner: str
    retires_on: date
    limits: tuple[str, ...] = ()
    tested: Tested | None = None

    def past(self, day: date) -> bool:
        """Whether its day has come without anybody renewing it."""
        return day >= self.retires_on

    @property
    def as_tested(self) -> bool:
        """Whether the results are of the version that runs."""
        return self.tested is not None and self.tested.version == self.version


@cache
def owners() -> Mapping[str, Any]:
    """Who answers for what."""
    found: dict[str, Any] = yaml.safe_load((HERE / "owners.yaml").read_text(encoding="utf-8"))
    return found


@cache
def version_of(slice_: str) -> str:
    """The version of a slice's rules, from what they are made of: the same text, the same version. `pathways.custody`, for example."""
    folder, whole = ROOT.joinpath(*slice_.split(".")), hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        ours = file.suffix == ".yaml" or (file.suffix == ".py" and parts[0].removesuffix(".py") in RULES)
        if ours and "tests" not in parts and "templates" not in parts:
            whole.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:10]


def slice_of(rule: Rule) -> str:
    """The folder that a rule is of: `patterns.grades`."""
    return ".".join(rule.find.__module__.split(".")[1:3])


def registered() -> tuple[Registered, ...]:
    """Every rule that is declared, and every model; none can be left out, for they are found and not listed."""
    results = tested()
    found = []
    for rule in rules():
        slice_ = slice_of(rule)
        named = owners()["slices"].get(slice_.split(".")[-1], owners()["others"])
        found.append(
            Registered(
                rule.name,
                rule.kind,
                rule.means,
                version_of(slice_),
                named["owner"],
                named["retires_on"],
                rule.limits,
                results.get(rule.kind),
            )
        )
    for name, said in owners()["models"].items():
        found.append(Registered(name, "", said["means"], shipped_model().version, said["owner"], said["retires_on"]))
    return tuple(found)


def tested() -> dict[str, Tested]:
    """Test results by kind of alert, as `./sightline register --test` last wrote them."""
    held: dict[str, Any] = yaml.safe_load((HERE / "results.yaml").read_text(encoding="utf-8")) or {}
    return {kind: Tested(**said) for kind, said in held.get("kinds", {}).items()}


@dataclass(frozen=True)
class Child:
    """A child as groups go; None or empty: nobody supplied it."""

    person: int
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Effect:
    """How often alerts of a kind are about children of one group, against all other children. None where too few to say."""

    by: str
    group: str
    children: int
    alerted: int | None
    ratio: float | None

    @property
    def apart(self) -> bool:
        """Whether the difference is one to be explained."""
        return self.ratio is not None and not APART[0] <= self.ratio <= APART[1]


def effects(children: Iterable[Child], alerted: Collection[int]) -> tuple[Effect, ...]:
    """Of each group: how many children it has, how many of them alerts are about, and that rate over everybody else's rate."""
    every = list(children)
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for child in every:
        for by, group in child.groups.items():
            held[by, group or "not known"].append(child.person)
    total = sum(c.person in alerted for c in every)
    return tuple(
        _effect(by, group, people, total, len(every), alerted)
        for (by, group), people in sorted(held.items())
        if len(people) >= FEWEST
    )


def _effect(by: str, group: str, people: list[int], total: int, size: int, alerted: Collection[int]) -> Effect:
    here = sum(p in alerted for p in people)
    others, there = size - len(people), total - here
    if 0 < here < FEWEST or len(people) < ENOUGH or others < ENOUGH or not there:
        return Effect(by, group, len(people), here if here >= FEWEST or not here else None, None)
    return Effect(by, group, len(people), here, round((here / len(people)) / (there / others), 2))
