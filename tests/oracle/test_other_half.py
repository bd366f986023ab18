"""The other half of the oracle's calls: everyone second who looks, in a process of its own."""

from __future__ import annotations

import pytest

from oracle.drive import in_pairs
from oracle.driving import Driven, drive, met_in_full
from oracle.extent import HALF, PARTS
from oracle.judge import Judge
from oracle.people import RELATIONS, STATES
from oracle.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def driven(held: Scene, judge: Judge) -> Driven:
    """The second half of all calls, made once."""
    return drive(held, judge, 1)


@pytest.mark.requirement("IS-01", "IS-03", "IS-05", "JD-11", "RF-19")
def test_nothing_is_shown_that_the_table_does_not_give_and_every_look_is_in_the_log(driven: Driven) -> None:
    assert (dict(driven.faults), driven.broken) == ({}, set())
    assert driven.showing > 20 // PARTS, "and yet values are shown"


@pytest.mark.requirement("IS-01")
def test_so_many_calls_were_made_and_everybody_of_this_half_met_every_relation_and_state(
    driven: Driven, held: Scene
) -> None:
    assert len(driven.made) >= HALF
    assert driven.viewers == {(e.viewer.role, e.viewer.agency) for e in driven.eyes}
    made = driven.made | {call.key(eye) for eye, call in in_pairs(held)}  # those the first half makes
    met = {(key[0], said) for key in made for said in key[4].rsplit("-", 1)}
    assert {(e.viewer.role, one) for e in driven.eyes for one in (*RELATIONS, *STATES)} - met == set()
    met_in_full(held, driven, 1)
