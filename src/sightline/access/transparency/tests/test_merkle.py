"""The tree is that of RFC 6962: its published test values, proofs for every leaf of every size, and a root that grows leaf by leaf."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.transparency.merkle import EMPTY, Frontier, inclusion_proof, is_included, leaf_hash, root_of

# The inputs and roots with which implementations of Certificate Transparency are tested.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]


def test_roots_are_the_published_ones() -> None:
    assert [root_of(LEAVES[: n + 1]).hex() for n in range(len(LEAVES))] == ROOTS
    assert root_of([]) == EMPTY


@pytest.mark.parametrize("size", range(1, 18))
def test_every_leaf_is_shown_to_be_in_the_tree_and_no_other(size: int) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    root = root_of(leaves)
    for place, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, place)
        assert is_included(leaf, place, size, proof, root)
        assert not is_included(leaf_hash(b"another"), place, size, proof, root)
        assert not is_included(leaf, place, size, [*proof, root], root)
        assert not is_included(leaf, (place + 1) % size, size, proof, root) or size == 1


@given(st.lists(st.binary(max_size=4), max_size=40), st.integers(0, 40))
def test_a_tree_taken_up_again_grows_as_if_never_left(contents: list[bytes], cut: int) -> None:
    first = Frontier()
    for content in contents[:cut]:
        first.add(leaf_hash(content))
    second = Frontier(first.size, first.roots)
    for content in contents[cut:]:
        second.add(leaf_hash(content))
    assert second.root() == root_of(map(leaf_hash, contents))


def test_a_tree_is_not_taken_up_from_the_wrong_roots() -> None:
    with pytest.raises(ValueError, match="2 full subtrees"):
        Frontier(3, [EMPTY])
