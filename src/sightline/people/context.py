"""Who is who among few: a second pass over people whom the matcher could not join for want of evidence, because so little is recorded.

A parent named on a school's record has a name and no date of birth. Against everybody held that is too little; against the two or
three people whom this child's other records name as parent it is plenty. So the bits of a pair's fields are set against how many
different people stand in their circle, not against everybody. Postcode and phone do not count: they are what a circle shares.

Several circles narrow each other (those who stand in all of them are fewer); they never add up, and there are always two to choose from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, repeat
from math import log2

from sightline.people.circles import Shared, Ties, circles, neighbours, sharing, youngest_parents
from sightline.people.comparing import BARE_AND_CHILD, Between, Comparing, Records
from sightline.people.matching.clustering import CLEAR_LEAD, group
from sightline.people.matching.keys import name_pairs
from sightline.people.matching.records import Cleaned
from sightline.people.matching.scoring import Model
from sightline.people.matching.thresholds import JOIN_AT
from sightline.people.partition import Pair, ordered

SUFFIX = "+context"
ROUNDS = 8
FEWEST = 2
# Nobody is the parent of a child born less than this many years after them.
PARENT_BY = 12
MOST_COMPARED = 2500


@dataclass(frozen=True, slots=True)
class Joined:
    """Two records tied by where they stand: how strongly, and in words."""

    pair: Pair
    bits: float
    why: str


@dataclass(slots=True)
class InContext:
    """Who each record is after the second pass, what tied whom, and the pairs that somebody must look at."""

    person: list[int]
    joined: list[Joined] = field(default_factory=list)
    for_review: dict[Pair, Joined] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two people in one circle: bits with the circle's prior, what they share, and how their records compare."""

    bits: float
    shared: Shared
    between: Between
    far: bool

    @property
    def joins(self) -> bool:
        """Whether the two are joined unasked: by both names, or by a birthday; by a name alone only within a home, a family, a phone."""
        b = self.between
        return self.bits >= JOIN_AT and b.apart is None and (b.named_alike or b.dated) and not (b.thin and self.far)

    @property
    def asks(self) -> bool:
        """Whether somebody should decide: all but the age says that they are one."""
        b = self.between
        return self.bits >= JOIN_AT and b.apart == BARE_AND_CHILD and b.named_alike and not self.far

    @property
    def why(self) -> str:
        """The reason that a link gives."""
        alike = "same name" if self.between.thin else "alike in name and age"
        return f"{alike}, and {', and '.join(self.shared.said)}"


def second_pass(
    person: Sequence[int],
    cleaned: Sequence[Cleaned],
    model: Model,
    ties: Ties,
    *,
    kept_apart: Container[Pair] = frozenset(),
    children: Container[int] = frozenset(),
) -> InContext:
    """Who each record is once it is looked at among those it stands with, round after round until nothing changes.

    `person` gives for each record the number of the first record of whom it is so far; `children` are the records that told of
    somebody under 18. `model`'s prior is not used.
    """
    found = InContext(list(person))
    comparing = Comparing(cleaned, model, kept_apart, children)
    for _ in range(ROUNDS):
        if not _round(found, comparing, ties):
            break
    found.for_review = {
        pair: why for pair, why in found.for_review.items() if found.person[pair[0]] != found.person[pair[1]]
    }
    return found


def _round(found: InContext, comparing: Comparing, ties: Ties) -> bool:
    members: dict[int, list[int]] = defaultdict(list)
    for record, who in enumerate(found.person):
        members[who].append(record)
    held = {who: tuple(records) for who, records in members.items()}
    people = _People(held, comparing, ties, found.person)
    edges = _edges(people, ties, found.person)
    asked = [edge for edge in edges.values() if edge.asks]
    found.for_review = {edge.between.pair: Joined(edge.between.pair, edge.bits, BARE_AND_CHILD) for edge in asked}
    moved: dict[int, int] = {}
    for part in _components(edges):
        moved |= _settle(part, edges, people, found)
    found.person = [moved.get(who, who) for who in found.person]
    return bool(moved)


class _People:
    """Everybody as they stand in one round."""

    def __init__(self, held: Mapping[int, Records], comparing: Comparing, ties: Ties, person: Sequence[int]) -> None:
        self.held, self.comparing = held, comparing
        self.years = {who: years for who, records in held.items() if (years := comparing.years(records))}
        self.names = {who: comparing.names(records) for who, records in held.items()}
        eldest = {who: high for who, (_, high) in self.years.items()}
        self.born_by = youngest_parents(ties, person, eldest, PARENT_BY)

    def between(self, one: int, other: int) -> Between:
        """How two people compare; a person named as a parent is nobody too young to be one."""
        between = self.comparing.people(self.held[one], self.held[other])
        if between.apart is None and (self._too_young(one, other) or self._too_young(other, one)):
            return replace(between, apart="too young to be the parent that the other is named as")
        return between

    def _too_young(self, parent: int, who: int) -> bool:
        return parent in self.born_by and who in self.years and self.years[who][0] > self.born_by[parent]

    def meets(self, one: int, other: int) -> bool:
        """Whether two people are worth comparing."""
        return len(self.held[one]) * len(self.held[other]) <= MOST_COMPARED and self.names[one].meets(self.names[other])


def _edges(people: _People, ties: Ties, person: Sequence[int]) -> dict[Pair, _Edge]:
    close = sharing(circles(ties, person), lambda who: people.names[who].forms, people.meets)
    cleaned = people.comparing.cleaned
    near = neighbours(ties, person, lambda record: name_pairs(cleaned[record]))
    edges: dict[Pair, _Edge] = {}
    for far, (pair, shared) in chain(zip(repeat(False), close), zip(repeat(True), near)):
        if pair in edges:
            continue
        between = people.between(*pair)
        if between.bits >= JOIN_AT - CLEAR_LEAD:
            edges[pair] = _Edge(between.bits - log2(max(FEWEST, shared.among)), shared, between, far)
    return edges


def _components(edges: Mapping[Pair, _Edge]) -> list[list[int]]:
    near: dict[int, list[int]] = defaultdict(list)
    for (one, other), edge in edges.items():
        if edge.joins or edge.asks:
            near[one].append(other)
            near[other].append(one)
    parts, seen = [], set[int]()
    for start in sorted(near):
        part, fresh = [], [start] if start not in seen else []
        seen.add(start)
        while fresh:
            who = fresh.pop()
            part.append(who)
            more = [n for n in near[who] if n not in seen]
            seen.update(more)
            fresh += more
        if part:
            parts.append(sorted(part))
    return parts


def _settle(
    part: list[int],
    edges: Mapping[Pair, _Edge],
    people: _People,
    found: InContext,
) -> dict[int, int]:
    """Join what can be joined among people tied to each other; gives who becomes whom."""
    apart = _apart(part, edges, people)
    doubtful = _contested(part, edges, apart)
    good = {pair: edges[pair].bits for pair in combinations(part, 2) if pair in edges and edges[pair].joins}
    place = {who: n for n, who in enumerate(part)}
    free = {(place[a], place[b]): bits for (a, b), bits in good.items() if (a, b) not in doubtful}
    grouping = group(len(part), free, {(place[a], place[b]): why for (a, b), why in apart.items()})
    for pair in good:
        edge, roots = edges[pair], [grouping.cluster_of[place[who]] for who in pair]
        if roots[0] == roots[1]:
            found.joined.append(Joined(edge.between.pair, edge.bits, edge.why))
        else:
            why = "fits two people who must stay apart" if pair in doubtful else "would join people who must stay apart"
            found.for_review[edge.between.pair] = Joined(edge.between.pair, edge.bits, why)
    first: dict[int, int] = {}
    for who in part:
        first.setdefault(grouping.cluster_of[place[who]], who)
    return {who: root for who in part if (root := first[grouping.cluster_of[place[who]]]) != who}


def _apart(part: list[int], edges: Mapping[Pair, _Edge], people: _People) -> dict[Pair, str]:
    """Pairs that must not end as one: what tells them apart, or only a bare name between them."""
    bare = _bare(part, edges)
    found = {}
    for pair in combinations(part, 2):
        edge = edges.get(pair)
        if edge and edge.joins:
            continue
        between = edge.between if edge else people.between(*pair)
        if between.apart:
            found[pair] = between.apart
        elif bare[pair[0]] & bare[pair[1]] and not _could(between):
            found[pair] = "only a bare name between them"
    return found


def _could(between: Between) -> bool:
    return between.bits - log2(FEWEST) >= JOIN_AT and (between.named_alike or between.dated)


def _bare(part: list[int], edges: Mapping[Pair, _Edge]) -> dict[int, set[int]]:
    """Those each person is tied to by name only."""
    found: dict[int, set[int]] = {who: set() for who in part}
    for one, other in combinations(part, 2):
        edge = edges.get((one, other))
        if edge and edge.joins and edge.between.thin:
            found[one].add(other)
            found[other].add(one)
    return found


def _contested(part: list[int], edges: Mapping[Pair, _Edge], apart: Mapping[Pair, str]) -> set[Pair]:
    """Ties by name of somebody who fits two people held apart about equally well."""
    near: dict[int, list[int]] = defaultdict(list)
    for pair in combinations(part, 2):
        if pair in edges and (edges[pair].between.apart is None or edges[pair].asks):
            near[pair[0]].append(pair[1])
            near[pair[1]].append(pair[0])
    found = set[Pair]()
    for who, around in near.items():
        for one, other in combinations(around, 2):
            if (one, other) not in apart:
                continue
            here, there = ordered(who, one), ordered(who, other)
            lead = edges[here].bits - edges[there].bits
            if edges[here].between.thin and lead < CLEAR_LEAD:
                found.add(here)
            if edges[there].between.thin and -lead < CLEAR_LEAD:
                found.add(there)
    return found
