"""How right a linkage is: pairs put together against pairs that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations


def pairs_of(clusters: Mapping[str, str]) -> set[tuple[str, str]]:
    """Every pair of records that share a person."""
    held: dict[str, list[str]] = defaultdict(list)
    for record_id, person in clusters.items():
        held[person].append(record_id)
    return {tuple(sorted(pair)) for ids in held.values() for pair in combinations(ids, 2)}


def accuracy(found: set[tuple[str, str]], true: set[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(found & true)
    precision = right / len(found) if found else 1.0
    recall = right / len(true) if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(found: set[tuple[str, str]], asked: Iterable[tuple[str, str]]) -> float:
    """The share of these pairs that were put together."""
    asked = list(asked)
    return sum(1 for pair in asked if tuple(sorted(pair)) in found) / len(asked) if asked else 0.0
