"""How much two records speak for one person, in bits: the Splink model's own weights, worked out in-process.

Method: I. P. Fellegi and A. B. Sunter, "A theory for record linkage", Journal of the American Statistical
Association 64 (1969), with term frequencies as Splink reckons them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

from .conditions import Chooser, NotCompilable, compile_levels
from .frequencies import NONE, Frequencies
from .records import Cleaned

MODEL = Path(__file__).with_name("model.json")
FEWEST = 1_000


@dataclass(frozen=True, slots=True)
class Compared:
    """One field's part in a score: the level it reached and its bits, the rarity of the value included."""

    field: str
    label: str
    bits: float


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a comparison; `weight` is in bits."""

    label: str
    plain: Compared
    weight: float
    column: str | None = None
    column_weight: float = 0.0
    least: float = 0.0
    log_chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field's levels, best first, the first being "not known"."""

    field: str
    levels: tuple[Level, ...]
    choose: Chooser

    def compare(self, left: Cleaned, right: Cleaned, frequencies: Frequencies) -> Compared:
        """Which level a pair reaches, and its bits."""
        level = self.levels[self.choose(left, right)]
        if level.column is None:
            return level.plain
        rarity = _rarity(level, level.column, left, right, frequencies)
        return Compared(self.field, level.label, level.weight + rarity)


def _rarity(level: Level, column: str, left: Cleaned, right: Cleaned, frequencies: Frequencies) -> float:
    """What the value's own frequency adds, as Splink reckons it: the commoner of the two counts."""
    one = frequencies.of(column, getattr(left, column))
    other = frequencies.of(column, getattr(right, column))
    shares = [value for value in (one, other) if value is not None]
    if not shares:
        return 0.0
    return level.column_weight * (level.log_chance - log2(max(*shares, level.least)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair's bits and how each field came out, in the model's order."""

    bits: float
    compared: tuple[Compared, ...]

    @property
    def labels(self) -> dict[str, str]:
        return {part.field: part.label for part in self.compared}


@dataclass(frozen=True)
class Model:
    """A trained model ready to score; `prior` is the bits that any two records start from."""

    version: str
    prior: float
    comparisons: tuple[Comparison, ...]
    settings: dict[str, Any]

    def pair(self, left: Cleaned, right: Cleaned, frequencies: Frequencies = NONE) -> Scored:
        """How much two records speak for one person, field by field."""
        compared = tuple(comparison.compare(left, right, frequencies) for comparison in self.comparisons)
        return Scored(self.prior + sum(part.bits for part in compared), compared)

    def score(self, query: Cleaned, candidates: Iterable[Cleaned], frequencies: Frequencies = NONE) -> Sequence[Scored]:
        """Each candidate's score against a query, in the order they came."""
        return [self.pair(query, candidate, frequencies) for candidate in candidates]

    def among(self, records: int) -> Model:
        """The model for this many records: the more there are, the likelier that strangers resemble each other."""
        chance = 1.0 / max(records, FEWEST)
        settings = {**self.settings, "probability_two_random_records_match": chance}
        return replace(self, prior=log2(chance / (1 - chance)), settings=settings)


def _exact_chances(levels: list[dict[str, Any]]) -> dict[str, float]:
    """The chance of exact agreement for each column that a level compares with nothing but itself."""
    found: dict[str, float] = {}
    for level in levels:
        one, equals, other = level["sql_condition"].partition(" = ")
        if equals and other == f"{one.removesuffix('_l')}_r":
            found.setdefault(one.removesuffix("_l"), level["u_probability"])
    return found


def _level(field: str, level: dict[str, Any], exact: dict[str, float]) -> Level:
    label, column = level["label_for_charts"], level.get("tf_adjustment_column")
    weight = 0.0 if level.get("is_null_level") else log2(level["m_probability"] / level["u_probability"])
    plain = Compared(field, label, weight)
    if column is None:
        return Level(label, plain, weight)
    if column not in exact:
        raise NotCompilable(f"{column}: a frequency needs a level of exact agreement")
    rarity = (level.get("tf_adjustment_weight", 1.0), level.get("tf_minimum_u_value", 0.0), log2(exact[column]))
    return Level(label, plain, weight, column, *rarity)


def _compiled(comparison: dict[str, Any]) -> Comparison:
    levels, field = comparison["comparison_levels"], comparison["output_column_name"]
    exact = _exact_chances([level for level in levels if not level.get("is_null_level")])
    chooser = compile_levels([level["sql_condition"] for level in levels])
    made = tuple(_level(field, level, exact) for level in levels)
    return Comparison(field, made, chooser)


def model_from(settings: dict[str, Any]) -> Model:
    """A model from Splink's settings. Raises: NotCompilable for a condition that could not be scored exactly as there."""
    settings = dict(settings)
    version = settings.pop("sightline_version", "untitled")
    chance = settings["probability_two_random_records_match"]
    comparisons = tuple(_compiled(comparison) for comparison in settings["comparisons"])
    return Model(version, log2(chance / (1 - chance)), comparisons, settings)


def read_model(path: Path = MODEL) -> Model:
    """A model from Splink's JSON file; raises as `model_from`."""
    return model_from(json.loads(path.read_text(encoding="utf-8")))


@cache
def shipped_model() -> Model:
    """The model in the repository, read once."""
    return read_model()
