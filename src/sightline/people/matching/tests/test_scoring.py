"""The in-process scorer and Splink give one pair one weight."""

from __future__ import annotations

import random
from dataclasses import replace

import duckdb
import pytest

from sightline.people.matching.blocking import _with_sounds, load_people
from sightline.people.matching.bulk import _Scorer
from sightline.people.matching.cleaning import clean
from sightline.people.matching.conditions import NotCompilable, compile_levels
from sightline.people.matching.damage import rehearse
from sightline.people.matching.frequencies import Frequencies
from sightline.people.matching.records import Cleaned, Record
from sightline.people.matching.rehearsal import invent
from sightline.people.matching.scoring import shipped_model

NASTY = [
    Record("", "", ""),
    Record("", "J", "O'Brien-Łukasz", born="1 Jan 2010", postcode="ZZ5"),
    Record("", "O'Brien-Łukasz", "J", born="01/01/2010", postcode="ZZ5 6"),
    Record("", "Mo", "Ali", "Hussein A", born="2016", sex="M", postcode="ZZ56AB"),
    Record("", "Ali", "Mo", "H", born="9 or 10", sex="boy", postcode="ZZ5 6A8", other_postcodes=("ZZ1 1AA", "ZZ5 6AB")),
    Record("", "Василий", "محمد", born="2016-13-45", phone=("07700 900123",)),
    Record("", "Baby", "Smith", born="31/02/2024", phone=("+44 7700 900123",), upn="A123456789012"),
    Record("", "Smith", "", born="20240231", nhs_number="9990000018", pnc_id="2004/123A", upn="A123456789012"),
    Record("", "Smyth (known as Bob)", "x", born="2024-02-30", nhs_number="9990000026", pnc_id="04/123B"),
]


def people() -> list[Cleaned]:
    records, _truth = rehearse(invent(1200, 31), 32)
    numbered = [*NASTY, *records]
    return [clean(replace(record, record_id=f"{n:05d}")) for n, record in enumerate(numbered)]


@pytest.mark.requirement("JD-02")
def test_same_bits_as_splink_on_ten_thousand_pairs() -> None:
    held = people()
    chance = random.Random(5)
    nasty = [(a, b) for a in range(len(NASTY)) for b in range(a + 1, len(held)) if b < len(NASTY) or b % 7 == 0]
    near = [(n, n + 1) for n in range(len(held) - 1)]
    pairs = set(nasty + near)
    by_date: dict[object, list[int]] = {}
    for place, person in enumerate(held):
        by_date.setdefault(person.dob or person.postcode, []).append(place)
    pairs |= {(a, b) for same in by_date.values() for a in same for b in same if a < b}
    while len(pairs) < 10_000:
        a, b = sorted(chance.sample(range(len(held)), 2))
        pairs.add((a, b))
    model = shipped_model().among(len(held))
    frequencies = Frequencies.of_people(held)
    with duckdb.connect() as connection:
        load_people(connection, _with_sounds(held))
        connection.execute("CREATE TABLE pairs (l INTEGER, r INTEGER)")
        connection.execute(
            "INSERT INTO pairs SELECT unnest(?::INTEGER[]), unnest(?::INTEGER[])",
            [[a for a, _ in sorted(pairs)], [b for _, b in sorted(pairs)]],
        )
        splink = _Scorer(connection, model).score("pairs", None)
    assert len(splink.bits) == len(pairs)
    worst = max(abs(model.pair(held[a], held[b], frequencies).bits - splink.bits[(a, b)]) for a, b in pairs)
    assert worst <= 1e-9


@pytest.mark.parametrize(
    "condition",
    ["levenshtein(surname_l, surname_r) <= 2", "NOT surname_l = surname_r", "shoe_l = shoe_r", "surname_l LIKE 'a%'"],
)
def test_a_condition_it_does_not_know_is_refused(condition: str) -> None:
    with pytest.raises(NotCompilable):
        compile_levels([condition, "ELSE"])


def test_the_last_level_must_be_else() -> None:
    with pytest.raises(NotCompilable):
        compile_levels(["surname_l = surname_r"])
