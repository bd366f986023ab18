"""What clusters promise: no vetoed pair inside, must-links kept, and order does not matter."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.people.matching.bulk import link
from sightline.people.matching.clustering import group
from sightline.people.matching.damage import rehearse
from sightline.people.matching.rehearsal import invent

COUNT = 9
PAIR = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1])
BITS = st.dictionaries(PAIR, st.floats(5, 40), max_size=20)


@given(BITS, st.sets(PAIR, max_size=6))
def test_no_vetoed_pair_shares_a_cluster(bits: dict[tuple[int, int], float], vetoed: set[tuple[int, int]]) -> None:
    found = group(COUNT, bits, dict.fromkeys(vetoed, "twins"))
    assert all(found.cluster_of[left] != found.cluster_of[right] for left, right in vetoed)


@given(BITS, PAIR)
def test_a_must_link_holds_even_against_a_veto(bits: dict[tuple[int, int], float], pair: tuple[int, int]) -> None:
    found = group(COUNT, bits, {pair: "twins"}, must_link=[pair])
    assert found.cluster_of[pair[0]] == found.cluster_of[pair[1]]


@given(BITS, st.sets(PAIR, max_size=6), st.randoms())
@settings(max_examples=60)
def test_the_order_of_pairs_does_not_matter(
    bits: dict[tuple[int, int], float], vetoed: set[tuple[int, int]], chance: random.Random
) -> None:
    shuffled = list(bits.items())
    chance.shuffle(shuffled)
    barred = list(vetoed)
    chance.shuffle(barred)
    one = group(COUNT, bits, dict.fromkeys(vetoed, "twins"))
    other = group(COUNT, dict(shuffled), dict.fromkeys(barred, "twins"))
    assert parts(one.cluster_of) == parts(other.cluster_of)
    assert one.for_review == other.for_review


@given(BITS, st.sets(PAIR, max_size=6))
def test_judging_only_what_a_veto_touches_gives_what_judging_every_join_gives(
    bits: dict[tuple[int, int], float], vetoed: set[tuple[int, int]]
) -> None:
    clusters = [{record} for record in range(COUNT)]
    left_over = set(vetoed)
    for _bits, pair in sorted((-weight, pair) for pair, weight in bits.items() if pair not in vetoed):
        one, other = (next(held for held in clusters if record in held) for record in pair)
        if one is other:
            continue
        if any({left, right} <= one | other for left, right in vetoed):
            left_over.add(pair)
        else:
            clusters = [held for held in clusters if held is not one and held is not other] + [one | other]
    found = group(COUNT, bits, dict.fromkeys(vetoed, "twins"))
    assert parts(found.cluster_of) == {frozenset(held) for held in clusters}
    assert found.for_review.keys() == left_over


def parts(cluster_of: list[int]) -> set[frozenset[int]]:
    held: dict[int, set[int]] = {}
    for record, root in enumerate(cluster_of):
        held.setdefault(root, set()).add(record)
    return {frozenset(members) for members in held.values()}


def test_records_in_any_order_give_the_same_people() -> None:
    records, _truth = rehearse(invent(400, 41), 42)
    first = link(records, join_at=5)
    random.Random(1).shuffle(records)
    again = link(records, join_at=5)
    assert first.clusters == again.clusters
    assert first.for_review == again.for_review
