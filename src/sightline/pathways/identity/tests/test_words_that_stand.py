"""Of what people said about who is who, what stands after each word, in whatever order they come."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from cast import NOW
from sightline.people.partition import Said, in_force

pytestmark = pytest.mark.django_db
DAY, SOON = timedelta(days=1), timedelta(minutes=5)
WHY, THEN = "his mother named both addresses", "the school confirms what his mother said"


def _word(n: int, kind: str, by: str, *, pair: tuple[int, int] = (1, 2)) -> Said:
    return Said(pair, kind in ("same", "sure"), NOW + n * SOON, n, by, kind in ("sure", "apart"), kind == "declined")


ROWS: list[tuple[str, str]] = [
    ("same/a", "waiting"),
    ("same/a same/a", "waiting"),
    ("same/a same/b", "same"),
    ("sure/a", "same"),
    ("same/", "waiting"),
    ("same/ same/", "waiting"),
    ("same/ same/a", "waiting"),
    ("same/ same/a same/b", "same"),
    ("same/a declined/b", ""),
    ("same/a declined/b same/b", "waiting"),
    ("same/a declined/b same/b same/a", "same"),
    ("same/a same/b declined/c", "same"),
    ("apart/a", "apart"),
    ("apart/a same/b", "apart waiting"),
    ("apart/a same/b declined/c", "apart"),
    ("apart/a same/b same/c", "same"),
    ("same/a same/b apart/a", "apart"),
    ("same/a apart/b same/c", "apart waiting"),
]


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize(("words", "stands"), ROWS)
def test_what_stands_after_each_word_in_whatever_order_they_come(words: str, stands: str) -> None:
    told = [_word(n, *word.split("/")) for n, word in enumerate(words.split())]
    for seed in range(6):
        Random(seed).shuffle(told)
        found = in_force(told)
        assert " ".join(n for n in ("same", "apart", "waiting") if getattr(found, n)) == stands
