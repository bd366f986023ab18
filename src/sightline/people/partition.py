"""From clusters of source records to people: which identity each cluster goes on under. Pure functions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

Pair = tuple[int, int]


def ordered(one: int, other: int) -> Pair:
    """A pair of records, the same whichever is named first."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Said:
    """A word on two records. `settles`: it takes no second person. `declined`: it only turns down what one person had said, and parts nobody.

    `by` is the account of a named person; empty for a record system, which is no person, neither the first nor the second.
    """

    pair: Pair
    same: bool
    at: datetime
    event_id: int
    by: str
    settles: bool
    declined: bool = False


@dataclass(frozen=True)
class InForce:
    """Decisions in force: pairs that are one person, pairs that are not, and pairs of which one has said so and a second must."""

    same: frozenset[Pair]
    apart: frozenset[Pair]
    waiting: frozenset[Pair]


def in_force(said: Iterable[Said]) -> InForce:
    """What people decided, newest word first: of two that contradict each other, by themselves or through others, the later holds.

    While a join waits for a second person, what was decided of the two before still holds.
    """
    by_pair: dict[Pair, _Standing] = {}
    for word in sorted(said, key=_when):
        by_pair.setdefault(word.pair, _Standing()).hear(word)
    stand = [held.stands for held in by_pair.values() if held.stands]
    groups = _Groups()
    for word in sorted(stand, key=_when, reverse=True):
        (groups.join if word.same else groups.part)(word.pair)
    waiting = frozenset(pair for pair, held in by_pair.items() if held.waiting)
    return InForce(frozenset(groups.same), frozenset(groups.apart), waiting)


def _when(word: Said) -> tuple[datetime, bool, int]:
    """The order of words; of two at one moment, that which parts comes after and holds."""
    return word.at, not word.same, word.event_id


@dataclass
class _Standing:
    """What stands of one pair, word after word. A join below the threshold takes two people, both since the two were last parted."""

    stands: Said | None = None
    waiting: list[Said] = field(default_factory=list)

    def hear(self, word: Said) -> None:
        """The next word."""
        if word.declined:
            self.waiting = []
        elif not word.same or (self.stands and self.stands.same) or self._enough(word):
            self.stands, self.waiting = word, []
        else:
            self.waiting.append(word)

    def _enough(self, word: Said) -> bool:
        return word.settles or len({w.by for w in (*self.waiting, word) if w.by}) >= 2


class _Groups:
    """Records joined and parted so far; what would contradict that is passed over."""

    def __init__(self) -> None:
        self.same: set[Pair] = set()
        self.apart: set[Pair] = set()
        self._root: dict[int, int] = {}
        self._barred: dict[int, set[int]] = defaultdict(set)

    def root(self, record: int) -> int:
        """Whom the record stands with."""
        while self._root.get(record, record) != record:
            record = self._root[record]
        return record

    def part(self, pair: Pair) -> None:
        """Two people, unless a later word has made them one."""
        one, other = self.root(pair[0]), self.root(pair[1])
        if one != other:
            self.apart.add(pair)
            self._barred[one].add(other)
            self._barred[other].add(one)

    def join(self, pair: Pair) -> None:
        """One person, unless a later word keeps them, or those they stand with, apart."""
        one, other = self.root(pair[0]), self.root(pair[1])
        if other in self._barred[one]:
            return
        self.same.add(pair)
        if one != other:
            self._root[one] = other
            for barred in self._barred.pop(one):
                self._barred[barred].discard(one)
                self._barred[barred].add(other)
                self._barred[other].add(barred)


def not_their_own_kin(decided: InForce, kin: Iterable[Pair]) -> InForce:
    """Decisions, with those whom a system names as kin of each other kept apart; a join that a person made holds against it."""
    groups = _Groups()
    for pair in sorted(decided.same):
        groups.join(pair)
    apart = {ordered(*pair) for pair in kin if groups.root(pair[0]) != groups.root(pair[1])}
    return replace(decided, apart=decided.apart | apart)


def identities_for(
    clusters: Sequence[Sequence[int]], held: Mapping[int, int], founders: Mapping[int, int]
) -> list[int | None]:
    """The identity each cluster goes on under, so that a person's id stays the same when what is known of them grows; None where it takes another.

    `held`: the identity of each record now. `founders`: of identities whose records are in several clusters, the record that was first of it.
    An identity goes with that record, and so does what was made of it: restrictions, exclusions and involvements.
    """
    chosen: list[int | None] = []
    for cluster in clusters:
        counted = Counter(held[record] for record in cluster if record in held)
        inside = set(cluster)
        own = [
            (-count, identity) for identity, count in counted.items() if founders.get(identity, cluster[0]) in inside
        ]
        chosen.append(min(own)[1] if own else None)
    return chosen


def taken_up(cluster: Sequence[int], before: Iterable[Pair], founders: Mapping[int, int]) -> int | None:
    """The identity that a cluster without one takes up again: one that began with a record of its own, and that most of its records have been.

    `before`: (record, identity) for each identity that a record has been.
    """
    inside = set(cluster)
    counted = Counter(identity for record, identity in set(before) if record in inside)
    own = [(-count, identity) for identity, count in counted.items() if founders.get(identity) in inside]
    return min(own)[1] if own else None
