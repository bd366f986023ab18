"""From scored pairs to people: clusters that never hold a vetoed pair, the same whatever order the records came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

Pair = tuple[int, int]
# A record that fits two people who must stay apart is joined to one only when that one is this many bits ahead.
CLEAR_LEAD = 6.0


@dataclass(slots=True)
class Grouping:
    """Cluster by record, the pairs that somebody has to look at with why, and what joins could tie each record to."""

    cluster_of: list[int]
    for_review: dict[Pair, str] = field(default_factory=dict)
    component: list[int] = field(default_factory=list)


class _Groups:
    """Growing clusters, each with the records it must not hold."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))
        self.members: dict[int, list[int]] = {}
        self.barred: dict[int, set[int]] = {}

    def find(self, record: int) -> int:
        parent = self.parent
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def bar(self, left: int, right: int) -> None:
        self.barred.setdefault(left, set()).add(right)
        self.barred.setdefault(right, set()).add(left)

    def held(self, root: int) -> list[int]:
        return self.members.get(root, [root])

    def barring(self, one: int, other: int) -> bool:
        """Whether joining two clusters would put a barred pair into one."""
        barred = self.barred.get(one)
        return barred is not None and any(record in barred for record in self.held(other))

    def join(self, one: int, other: int) -> None:
        keep, lose = (one, other) if len(self.held(one)) >= len(self.held(other)) else (other, one)
        self.members[keep] = self.held(keep) + self.held(lose)
        self.members.pop(lose, None)
        self.parent[lose] = keep
        barred = self.barred.pop(lose, None)
        if barred:
            self.barred.setdefault(keep, set()).update(barred)


def _ordered(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)


def _contested(bits: Mapping[Pair, float], vetoed: Iterable[Pair], vague: Container[Pair]) -> dict[Pair, str]:
    """Vague links of a record that fits two people who must stay apart about equally well, such as twins' initial."""
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    for (left, right), weight in bits.items():
        if (left, right) in vague:
            beside[left][right] = weight
            beside[right][left] = weight
    contested = {}
    for left, right in vetoed:
        one, other = beside.get(left, {}), beside.get(right, {})
        for record in one.keys() & other.keys() - {left, right}:
            why = "fits two people who must stay apart"
            if one[record] < other[record] + CLEAR_LEAD:
                contested[_ordered(record, left)] = why
            if other[record] < one[record] + CLEAR_LEAD:
                contested[_ordered(record, right)] = why
    return contested


def group(
    count: int,
    bits: Mapping[Pair, float],
    vetoed: Mapping[Pair, str],
    *,
    vague: Container[Pair] = frozenset(),
    must_link: Iterable[Pair] = (),
    must_not_link: Iterable[Pair] = (),
) -> Grouping:
    """Clusters of `count` records, numbered from 0 in an order of their own that the caller keeps the same.

    `bits` holds the pairs good enough to join, lower number first; `vetoed` those that must not share a cluster, with
    why; `vague` those that say nothing of the given name, or an initial. Best pairs are joined first; a join that would
    bring a vetoed pair together is left for a person. Raises: ValueError when a must-link and a must-not-link
    contradict each other.
    """
    linked = {_ordered(*pair) for pair in must_link}
    apart = {_ordered(*pair): "kept apart by a person" for pair in must_not_link}
    barred = {**{pair: why for pair, why in vetoed.items() if pair not in linked}, **apart}
    component = connected(count, chain(bits, linked))
    # Whom nothing keeps apart are one cluster as they stand; the rest is judged join by join.
    inside = [pair for pair in barred if component[pair[0]] == component[pair[1]]]
    torn = {component[left] for left, _right in inside}
    groups = _Groups(count)
    for left, right in inside:
        groups.bar(left, right)
    for pair in sorted(pair for pair in linked if component[pair[0]] in torn):
        _must_join(groups, pair, apart)
    free = {pair: bits[pair] for pair in bits if component[pair[0]] in torn and pair not in barred}
    contested = {pair: why for pair, why in _contested(free, inside, vague).items() if pair not in linked}
    review = {pair: why for pair, why in barred.items() if pair in vetoed} | contested
    _join_best_first(groups, [(-weight, pair) for pair, weight in free.items() if pair not in contested], review)
    cluster_of = [groups.find(record) if root in torn else root for record, root in enumerate(component)]
    return Grouping(cluster_of, review, component)


def _join_best_first(groups: _Groups, joins: list[tuple[float, Pair]], review: dict[Pair, str]) -> None:
    """Join by these pairs, each with its bits below nought; one that would break a veto is put down for review."""
    for _weight, pair in sorted(joins):
        one, other = groups.find(pair[0]), groups.find(pair[1])
        if one == other:
            continue
        if groups.barring(one, other) or groups.barring(other, one):
            review[pair] = "would join people who must stay apart"
        else:
            groups.join(one, other)


def _must_join(groups: _Groups, pair: Pair, apart: Mapping[Pair, str]) -> None:
    """Join what a person joined, whatever the model thinks of it; only another person's word can contradict that."""
    one, other = groups.find(pair[0]), groups.find(pair[1])
    if one == other:
        return
    if any(_ordered(left, right) in apart for left in groups.held(one) for right in groups.held(other)):
        raise ValueError("a must-link contradicts a must-not-link")
    groups.join(one, other)


def connected(count: int, pairs: Iterable[Pair]) -> list[int]:
    """For each record the component that these pairs tie it into, as the number of one of its records."""
    groups = _Groups(count)
    for left, right in pairs:
        one, other = groups.find(left), groups.find(right)
        if one != other:
            groups.parent[max(one, other)] = min(one, other)
    return [groups.find(record) for record in range(count)]


def regroup(
    grouping: Grouping,
    records: Sequence[int],
    bits: Mapping[Pair, float],
    vetoed: Mapping[Pair, str],
    *,
    join_at: float,
    vague: Container[Pair],
    must_link: Iterable[Pair],
    must_not_link: Iterable[Pair],
) -> None:
    """Group some records again, in place: whole components, in ascending order, with what is vetoed by now."""
    place = {record: n for n, record in enumerate(records)}

    def inside(pairs: Iterable[Pair]) -> list[Pair]:
        return [(place[left], place[right]) for left, right in pairs if left in place and right in place]

    held = {(place[a], place[b]): (a, b) for a, b in bits if a in place and b in place}
    barred = {here: vetoed[pair] for here, pair in held.items() if pair in vetoed}
    found = group(
        len(records),
        {here: bits[pair] for here, pair in held.items() if bits[pair] >= join_at and pair not in vetoed},
        barred,
        vague={here for here, pair in held.items() if pair in vague},
        must_link=inside(must_link),
        must_not_link=inside(must_not_link),
    )
    for record, root in zip(records, found.cluster_of, strict=True):
        grouping.cluster_of[record] = records[root]
    for left, right in held.values():
        grouping.for_review.pop((left, right), None)
    grouping.for_review.update({(records[a], records[b]): why for (a, b), why in found.for_review.items()})
