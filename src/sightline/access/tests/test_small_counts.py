"""A figure of few people is given to those alone who may read of each of them, and so is what could be worked out from another."""

from __future__ import annotations

import pytest

from cast import NOW, Member, involve, person_of, write_person
from sightline.access.small_counts import Cell, given, least

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> list[int]:
    return [
        person_of(write_person("social_care", f"C{n}", forenames=f"Kit{n}", surname="Hussein", born="2016-01-02"))
        for n in range(9)
    ]


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [(0, 9, 0), (1, 9, None), (4, 9, None), (5, 9, None), (9, 9, 9), (5, 5, 5), (0, 3, 0)],
)
def test_what_is_told_of_a_part_to_whoever_reads_of_nobody(
    people: list[int], ext: Member, part: int, whole: int, says: int | None
) -> None:
    cells = {"part": Cell(tuple(people[:part]), (tuple(people[:whole]),))}
    assert given(ext.viewer(), cells) == {"part": says}


def test_one_child_counted_often_is_one_child(people: list[int], ext: Member) -> None:
    assert given(ext.viewer(), {"times": Cell((people[0],) * 8)}) == {"times": None}


def test_whoever_reads_of_each_is_told(people: list[int], social_worker: Member) -> None:
    involve(social_worker, *people[:3])
    cells = {"theirs": Cell(tuple(people[:3])), "more": Cell(tuple(people[:4]))}
    assert given(social_worker.viewer(), cells) == {"theirs": 3, "more": None}
    assert least(NOW.date()) == 5
