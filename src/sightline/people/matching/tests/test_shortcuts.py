"""A condition with a shortcut holds for exactly the pairs that it holds for without."""

from __future__ import annotations

import random

import duckdb
import pytest

from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.shortcuts import guarded, with_shortcuts, without_shortcuts


def edited(word: str, chance: random.Random, letters: str) -> str:
    """The word with one or two slips of the hand."""
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.randrange(len(word) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            word = word[:place] + chance.choice(letters) + word[place:]
        elif kind == 1:
            word = word[:place] + word[place + 1 :]
        elif kind == 2:
            word = word[:place] + chance.choice(letters) + word[place + 1 :]
        else:
            word = word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :]
    return word


@pytest.mark.parametrize("column", ["forename", "dob", "nhs_number"])
def test_one_edit_is_found_wherever_it_is(column: str) -> None:
    chance = random.Random(column)
    words = ["".join(chance.choices("abcd", k=chance.randrange(1, 12))) for _ in range(20_000)]
    others = [edited(word, chance, "abcd") if n % 4 else chance.choice(words) for n, word in enumerate(words)]
    plain = f"damerau_levenshtein({column}_l, {column}_r) <= 1"
    assert guarded(plain) != plain
    with duckdb.connect() as connection:
        counted = connection.execute(
            f"SELECT count(*) FILTER ({plain}), count(*) FILTER ({guarded(plain)}), count(*) FILTER ({plain} AND {guarded(plain)})"
            f" FROM (SELECT unnest(?::VARCHAR[]) AS {column}_l, unnest(?::VARCHAR[]) AS {column}_r)",
            [words, others],
        ).fetchall()[0]
    assert counted[0] == counted[1] == counted[2] > 1_000


def test_a_model_gets_its_own_conditions_back() -> None:
    settings = shipped_model().settings
    quick = with_shortcuts(settings)
    assert quick != settings
    assert without_shortcuts(quick, settings) == settings
