"""From clusters of source records to people: which identity each cluster goes on under. Pure functions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

Pair = tuple[int, int]


def ordered(one: int, other: int) -> Pair:
    """A pair of records, the same whichever is named first."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Said:
    """A named person's word on two records. `settles`: it takes no second person (a parting, or a join strong enough)."""

    pair: Pair
    same: bool
    at: datetime
    event_id: int
    by: str
    settles: bool


@dataclass(frozen=True)
class InForce:
    """Decisions in force: pairs that are one person, pairs that are not, and pairs one person has joined and a second must confirm."""

    same: frozenset[Pair]
    apart: frozenset[Pair]
    waiting: frozenset[Pair]


def in_force(said: Iterable[Said]) -> InForce:
    """What people decided, newest word first: of two that contradict each other, by themselves or through others, the later holds."""
    by_pair: dict[Pair, list[Said]] = {}
    for word in sorted(said, key=lambda w: (w.at, w.event_id), reverse=True):
        by_pair.setdefault(word.pair, []).append(word)
    newest = sorted(by_pair.items(), key=lambda held: (held[1][0].at, held[1][0].event_id), reverse=True)
    groups, waiting = _Groups(), set[Pair]()
    for pair, words in newest:
        if not words[0].same:
            groups.part(pair)
        elif _enough(words):
            groups.join(pair)
        else:
            waiting.add(pair)
    return InForce(frozenset(groups.same), frozenset(groups.apart), frozenset(waiting))


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


def _enough(words: Sequence[Said]) -> bool:
    """A join below the threshold takes two people, both since the records were last said to be apart."""
    since = []
    for word in words:
        if not word.same:
            break
        since.append(word)
    return any(word.settles for word in since) or len({word.by for word in since}) >= 2


def identities_for(
    clusters: Sequence[Sequence[int]],
    held: Mapping[int, int],
    *,
    keep: Mapping[int, int] | None = None,
    formerly: Mapping[int, int] | None = None,
) -> list[int | None]:
    """The identity each cluster goes on under, so that a person's id stays the same when what is known of them grows; None for a new one.

    `held`: the identity of each record now. `keep`: clusters (by place) whose identity is already settled. `formerly`: identities that
    records had before and that hold nobody now, taken up again before a new one is made.
    """
    chosen: list[int | None] = [None] * len(clusters)
    taken: set[int] = set()
    for place, identity in (keep or {}).items():
        chosen[place] = identity
        taken.add(identity)
    shares = [
        (-count, identity, place)
        for place, cluster in enumerate(clusters)
        for identity, count in Counter(held[record] for record in cluster if record in held).items()
    ]
    for _, identity, place in sorted(shares):
        if chosen[place] is None and identity not in taken:
            chosen[place] = identity
            taken.add(identity)
    for place, cluster in enumerate(clusters):
        before = Counter(formerly[record] for record in cluster if formerly and record in formerly)
        free = [(-count, identity) for identity, count in before.items() if identity not in taken]
        if chosen[place] is None and free:
            chosen[place] = min(free)[1]
            taken.add(min(free)[1])
    return chosen
