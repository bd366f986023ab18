"""Linking many records at once by a Splink model: who is one person, and which pairs somebody must look at."""

from __future__ import annotations

import gc
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from .blocking import block, cleaned_batches, load_people
from .clustering import Grouping, Pair, group, regroup
from .columns import Array
from .many_scores import ManyScorer
from .records import Record
from .reestimation import JOIN_AT as NO_FAMILY_JOIN_AT
from .reestimation import reestimated, replaced_at_random
from .scoring import Model, shipped_model
from .thresholds import HELD_BACK, JOIN_AT, REVIEW_AT
from .vetoes import is_vague, number_veto, veto

# A pair inside a cluster that scores below this speaks against the cluster as a whole.
BREAK_AT = -4.0
MEMORY = "2GB"
# Scored pairs are kept from even odds upwards.
LEAST_KEPT = 0.0
Veto = Callable[[Mapping[str, str]], str | None]


@dataclass(slots=True)
class LinkResult:
    """What linking found, by record id: person of each record, scored pairs, and pairs for a person to decide.

    `pairs` are those of even odds (0 bits) and over; `for_review` holds why each could not be decided.
    """

    clusters: dict[str, str]
    pairs: list[tuple[str, str, float]]
    for_review: dict[tuple[str, str], str] = field(default_factory=dict)
    model_version: str = ""


@dataclass(slots=True)
class _Scored:
    bits: dict[Pair, float] = field(default_factory=dict)
    vetoed: dict[Pair, str] = field(default_factory=dict)
    vague: set[Pair] = field(default_factory=set)
    patterns: Counter[tuple[int, ...]] = field(default_factory=Counter)

    def add(self, more: _Scored) -> None:
        """Take in what a later round found."""
        self.bits |= more.bits
        self.vetoed |= more.vetoed
        self.vague |= more.vague


class _Scorer:
    """The model over the records of one file, scoring whichever pairs it is handed."""

    def __init__(self, people: pa.Table, model: Model, rule: Veto = veto) -> None:
        self.model = model
        self.veto = rule
        self.many = ManyScorer(people, model)
        self.judged: dict[tuple[int, ...], tuple[str | None, bool]] = {}

    def score(self, left: Array, right: Array, least: float | None) -> _Scored:
        """The pairs of these records, lower number first, those scoring under `least` bits left out."""
        scored, found = self.many.score(left, right, least), _Scored()
        pairs = list(zip(scored.left.tolist(), scored.right.tolist(), strict=True))
        found.bits = dict(zip(pairs, scored.bits.tolist(), strict=True))
        # Each pattern of levels is judged once, however many pairs show it.
        patterns, pattern_of, held = scored.patterns()
        found.patterns.update(dict(zip(patterns, held, strict=True)))
        judged = [self._judged(pattern) for pattern in patterns]
        for place in np.flatnonzero(np.array([why is not None for why, _ in judged], dtype=bool)[pattern_of]).tolist():
            found.vetoed[pairs[place]] = judged[pattern_of[place]][0] or ""
        vague = np.array([why is None and vague for why, vague in judged], dtype=bool)[pattern_of]
        found.vague = {pairs[place] for place in np.flatnonzero(vague).tolist()}
        return found

    def labels(self, levels: tuple[int, ...]) -> dict[str, str]:
        """The label of the level that each field reached."""
        compared = zip(self.model.comparisons, levels, strict=True)
        return {comparison.field: comparison.levels[level].label for comparison, level in compared}

    def _judged(self, levels: tuple[int, ...]) -> tuple[str | None, bool]:
        if levels not in self.judged:
            labels = self.labels(levels)
            self.judged[levels] = (self.veto(labels), is_vague(labels))
        return self.judged[levels]


def _within(scorer: _Scorer, cluster_of: Sequence[int], records: Iterable[int], known: _Scored) -> _Scored:
    """Pairs of these records that share a cluster without having been scored, scored now."""
    members: dict[int, list[int]] = {}
    for record in records:
        members.setdefault(cluster_of[record], []).append(record)
    unseen = [
        (one, other)
        for held in members.values()
        if 2 < len(held) <= 200
        for place, one in enumerate(held)
        for other in held[place + 1 :]
        if (one, other) not in known.bits
    ]
    if not unseen:
        return _Scored()
    pairs = np.array(unseen, dtype=np.int32)
    more = scorer.score(pairs[:, 0], pairs[:, 1], None)
    for pair, bits in more.bits.items():
        if bits < BREAK_AT:
            more.vetoed.setdefault(pair, "too unlike to be one person")
    return more


def _settle(
    scorer: _Scorer, count: int, known: _Scored, join_at: float, must_link: list[Pair], must_not_link: list[Pair]
) -> Grouping:
    """Group, look inside the clusters, bar what does not belong together, and group again until nothing changes.

    Only records that joins could connect to a newly barred pair are grouped again: nobody else's cluster can change.
    """
    joinable = {pair: bits for pair, bits in known.bits.items() if bits >= join_at and pair not in known.vetoed}
    links = {"must_link": must_link, "must_not_link": must_not_link}
    grouping = group(count, joinable, known.vetoed, vague=known.vague, **links)
    component = grouping.component
    looked_at: Iterable[int] = range(count)
    while (more := _within(scorer, grouping.cluster_of, looked_at, known)).bits:
        known.add(more)
        touched = {component[record] for pair in more.vetoed for record in pair}
        if not touched:
            break
        looked_at = [record for record in range(count) if component[record] in touched]
        regroup(grouping, looked_at, known.bits, known.vetoed, join_at=join_at, vague=known.vague, **links)
    return grouping


def _named(cluster_of: Sequence[int], ids: Sequence[str]) -> dict[str, str]:
    """Each record's person, called after the first of the person's records in the order of their ids."""
    first: dict[int, str] = {}
    for root, record_id in zip(cluster_of, ids, strict=True):
        if root not in first or record_id < first[root]:
            first[root] = record_id
    return {record_id: first[root] for root, record_id in zip(cluster_of, ids, strict=True)}


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: linking leaves no cycles behind, and walking millions of pairs is lost time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def link(
    records: Sequence[Record],
    *,
    today: date | None = None,
    model: Model | None = None,
    join_at: float = JOIN_AT,
    must_link: Iterable[tuple[str, str]] = (),
    must_not_link: Iterable[tuple[str, str]] = (),
    may_reestimate: bool = False,
) -> LinkResult:
    """Who is who among these records; the same answer in whatever order they come.

    `today` is the day on which ages without a date of their own were judged; `join_at` is in bits. Pairs a person has
    joined or parted are kept so. `may_reestimate` lets a file that is no file of families teach its own weights, which
    the model version then says. Raises: ValueError when must-links contradict each other or a record holds a NUL.
    """
    ordered = sorted(records, key=lambda record: record.record_id)
    ids = [record.record_id for record in ordered]
    chosen = (model or shipped_model()).among(len(ids))
    if len(ids) < 2:
        return LinkResult({record_id: record_id for record_id in ids}, [], model_version=chosen.version)
    number = {record_id: place for place, record_id in enumerate(ids)}
    links: dict[str, Any] = {
        "must_link": [(number[one], number[other]) for one, other in must_link],
        "must_not_link": [(number[one], number[other]) for one, other in must_not_link],
    }
    with _uncollected(), tempfile.TemporaryDirectory() as folder, ExitStack() as kept_open:
        with cleaned_batches(ordered, today) as arriving:
            connection = kept_open.enter_context(duckdb.connect())
            connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{folder}'")
            connection.execute("SET preserve_insertion_order = false")
            people = load_people(connection, arriving)
        scorer, known = _scored(connection, people, chosen, may_reestimate=may_reestimate)
        join_at = join_at if scorer.veto is veto else NO_FAMILY_JOIN_AT
        grouping = _settle(scorer, len(ids), known, join_at, **links)
        return _result(ids, known, grouping, scorer.model.version, join_at)


def _scored(
    connection: duckdb.DuckDBPyConnection, people: pa.Table, model: Model, *, may_reestimate: bool
) -> tuple[_Scorer, _Scored]:
    """The blocked pairs scored, by the model given or by what the file itself teaches."""
    left, right = block(connection)
    scorer = _Scorer(people, model)
    known = scorer.score(left, right, LEAST_KEPT)
    if may_reestimate and _is_no_family_file(connection, scorer, known):
        scorer = _Scorer(people, reestimated(connection, model).among(people.num_rows), number_veto)
        known = scorer.score(left, right, LEAST_KEPT)
    return scorer, known


def _is_no_family_file(connection: duckdb.DuckDBPyConnection, scorer: _Scorer, known: _Scored) -> bool:
    patterns: Counter[tuple[str, ...]] = Counter()
    for levels, count in known.patterns.items():
        patterns[tuple(scorer.labels(levels).values())] += count
    fields = [comparison.field for comparison in scorer.model.comparisons]
    return replaced_at_random(connection, patterns, fields)


def _result(ids: Sequence[str], known: _Scored, grouping: Grouping, version: str, join_at: float) -> LinkResult:
    roots = grouping.cluster_of
    pairs, review = [], {}
    for pair, bits in sorted(known.bits.items()):
        named = (ids[pair[0]], ids[pair[1]])
        apart = pair in known.vetoed
        if bits >= LEAST_KEPT:
            # A vetoed pair is a question for a person, never an answer.
            pairs.append((*named, min(bits, HELD_BACK) if apart else bits))
        if bits >= REVIEW_AT and roots[pair[0]] != roots[pair[1]]:
            weak = "alike, but not enough to join unasked" if bits < join_at else "joined to somebody else instead"
            review[named] = grouping.for_review.get(pair, weak)
    return LinkResult(_named(roots, ids), pairs, review, version)
