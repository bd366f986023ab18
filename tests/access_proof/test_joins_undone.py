"""Random lives of joins, work and splits: no value under a subject it does not belong to, and everybody entitled to exactly what a model says.

`SIGHTLINE_SEQUENCES` says how many (150; the whole is 10,000). They are lived fifty at a time in one world, which is taken back; a failure
says the sequence's number and every step.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from access_proof.side_by_side import World

pytestmark = pytest.mark.django_db
SEQUENCES, STEPS, TOGETHER = int(os.environ.get("SIGHTLINE_SEQUENCES", "150")), 8, 50


@pytest.fixture(scope="module", params=range(0, SEQUENCES, TOGETHER))
def world(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Fifty lives before their first step, in a transaction of their own, so that no fifty wade through what those before them left."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(range(request.param, min(request.param + TOGETHER, SEQUENCES)))
        transaction.set_rollback(True)


@pytest.mark.requirement("JD-02", "IS-01", "IS-11")
def test_no_value_stands_under_a_subject_it_does_not_belong_to_and_everybody_is_entitled_to_what_they_were(
    world: World,
) -> None:
    began, done = time.monotonic(), Counter[str]()
    world.live(STEPS)
    for life in world.lives:
        done += life.done
    many, took = len(world.lives), time.monotonic() - began
    sys.stdout.write(f"{many} sequences, {done.total()} steps in {took:.1f} s: {dict(done)}\n")
    assert len(done) == len(world.lives[0].verbs()), "every kind of step is taken"
    assert min(done.values()) > many / 10, "and none of them seldom"
