"""Bits of millions of pairs: the Splink model's own weights, reckoned field by field over arrays of pairs.

The same method and the same numbers as `scoring`, which does one pair. What is cheap to ask is asked first; a pair that
could not reach the least bits wanted, even if all that is still open spoke for it, is let go before letters are compared.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .columns import Array, Columns
from .conditions import parsed
from .many_pairs import Test, groups_of, is_dear, test_of
from .scoring import Comparison, Level, Model

BATCH = 400_000
# Levels a comparison may have; twelve comparisons of so many still count in 64 bits.
MOST_LEVELS = 32
# More than adding up a dozen numbers in another order can make of a difference.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class ManyScored:
    """Pairs that were kept: the records' numbers, their bits, and the level that each comparison reached (a row a pair)."""

    left: Array
    right: Array
    bits: Array
    levels: Array

    def patterns(self) -> tuple[list[tuple[int, ...]], Array, list[int]]:
        """Each pattern of levels once, which of them each pair shows, and how many pairs show it."""
        number = np.zeros(len(self.left), dtype=np.int64)
        for column in self.levels.T:
            number = number * MOST_LEVELS + column
        _, first, pattern_of, held = np.unique(number, return_index=True, return_inverse=True, return_counts=True)
        return [tuple(row) for row in self.levels[first].tolist()], pattern_of, held.tolist()


class _Steps:
    """One comparison's levels with what each gives, and at most gives from there on."""

    def __init__(self, comparison: Comparison, conditions: list[str], people: Columns) -> None:
        nodes = [parsed(condition) for condition in conditions]
        self.tests: list[Test] = [test_of(node) for node in nodes]
        self.dear = [is_dear(node) for node in nodes]
        self.levels = comparison.levels
        self.weights = np.array([level.weight for level in comparison.levels])
        self.shares = {level.column: people.shares(level.column) for level in comparison.levels if level.column}
        most = np.array([level.weight + self._rarest(level) for level in comparison.levels])
        self.at_most = np.maximum.accumulate(most[::-1])[::-1]

    def _rarest(self, level: Level) -> float:
        if level.column is None:
            return 0.0
        shares = self.shares[level.column]
        least = max(level.least, float(np.nanmin(shares, initial=np.inf)))
        return level.column_weight * (level.log_chance - np.log2(least)) if least < np.inf else 0.0

    def bits(self, place: int, left: Array, right: Array) -> Array:
        """The bits of pairs that reached a level, the rarity of their value included."""
        level = self.levels[place]
        if level.column is None:
            return self.weights[place]
        shares = self.shares[level.column]
        commoner = np.fmax(shares[left], shares[right])
        rarity = level.column_weight * (level.log_chance - np.log2(np.maximum(commoner, level.least)))
        return self.weights[place] + np.nan_to_num(rarity)


class _Batch:
    """Some pairs on their way through the comparisons."""

    def __init__(self, scorer: ManyScorer, left: Array, right: Array, least: float | None) -> None:
        self.scorer, self.left, self.right = scorer, left, right
        self.least = -np.inf if least is None else least - _ROUNDING
        steps = scorer.steps
        self.levels = np.full((len(steps), len(left)), -1, dtype=np.int8)
        self.gained = np.zeros((len(steps), len(left)))
        # What a pair has, and what it could still get.
        self.hope = np.full(len(left), scorer.prior + sum(step.at_most[0] for step in steps))
        self.open = [np.arange(len(left)) for _ in steps]
        self.asked = [0] * len(steps)

    def ask(self, place: int, *, dear: bool) -> None:
        """Ask one comparison's levels in turn, stopping before the first dear one unless told to go on."""
        step = self.scorer.steps[place]
        rows = self._hopeful(self.open[place])
        while self.asked[place] < len(step.tests) and (dear or not step.dear[self.asked[place]]):
            level = self.asked[place]
            if step.dear[level]:
                rows = self._hopeful(rows)
            hit = step.tests[level](self.scorer.people, self.left[rows], self.right[rows])
            reached, rows = rows[hit], rows[~hit]
            bits = step.bits(level, self.left[reached], self.right[reached])
            self.levels[place, reached] = level
            self.gained[place, reached] = bits
            self.hope[reached] += bits - step.at_most[level]
            self.asked[place] += 1
            if self.asked[place] < len(step.tests):
                self.hope[rows] += step.at_most[level + 1] - step.at_most[level]
        self.open[place] = rows

    def _hopeful(self, rows: Array) -> Array:
        return rows[self.hope[rows] >= self.least]

    def scored(self) -> ManyScored:
        """The pairs of enough bits, once everything has been asked."""
        bits = self.scorer.prior + self.gained.sum(axis=0)
        least = self.least + _ROUNDING
        kept = np.flatnonzero((self.levels >= 0).all(axis=0) & (bits >= least))
        return ManyScored(self.left[kept], self.right[kept], bits[kept], self.levels[:, kept].T)


class ManyScorer:
    """A model over one file of cleaned records, ready to score pairs of them by their numbers."""

    def __init__(self, people: pa.Table, model: Model) -> None:
        """Raises: NotCompilable when the model holds a condition whose meaning is not known here."""
        conditions = [
            [level["sql_condition"] for level in comparison["comparison_levels"]]
            for comparison in model.settings["comparisons"]
        ]
        self.people = Columns(people, groups_of(condition for levels in conditions for condition in levels))
        self.steps = [
            _Steps(comparison, levels, self.people)
            for comparison, levels in zip(model.comparisons, conditions, strict=True)
        ]
        self.prior = model.prior

    def score(self, left: Array, right: Array, least: float | None) -> ManyScored:
        """The pairs of these records with `least` bits or more, or all of them, in the order given."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            starts = range(0, len(left), BATCH)
            found = list(pool.map(lambda at: self._batch(left[at : at + BATCH], right[at : at + BATCH], least), starts))
        if not found:
            found = [self._batch(left, right, least)]
        return ManyScored(
            np.concatenate([one.left for one in found]),
            np.concatenate([one.right for one in found]),
            np.concatenate([one.bits for one in found]),
            np.concatenate([one.levels for one in found]),
        )

    def _batch(self, left: Array, right: Array, least: float | None) -> ManyScored:
        batch = _Batch(self, left, right, least)
        for dear in (False, True):
            for place in range(len(self.steps)):
                batch.ask(place, dear=dear)
        return batch.scored()
