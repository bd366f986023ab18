"""The in-process scorer and Splink give one pair one weight."""

from __future__ import annotations

import random
from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from splink import DuckDBAPI

from sightline.people.matching.blocking import _with_sounds, load_people
from sightline.people.matching.cleaning import clean
from sightline.people.matching.conditions import NotCompilable, compile_levels
from sightline.people.matching.damage import rehearse
from sightline.people.matching.frequencies import Frequencies
from sightline.people.matching.many_scores import ManyScorer
from sightline.people.matching.records import Cleaned, Record
from sightline.people.matching.reestimation import splink_linker
from sightline.people.matching.rehearsal import invent
from sightline.people.matching.scoring import Model, shipped_model
from sightline.people.matching.tables import as_table, values_of

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


def table(held: list[Cleaned]) -> pa.Table:
    return as_table(replace(person, record_id=str(place)) for place, person in enumerate(held))


def by_splink(
    held: list[Cleaned], pairs: set[tuple[int, int]], model: Model
) -> dict[tuple[int, int], tuple[float, tuple[str, ...]]]:
    """Bits of each pair and the labels of its levels, as Splink's own `predict` gives them."""
    settings = {**model.settings, "retain_intermediate_calculation_columns": True}
    ordered = sorted(pairs)
    with duckdb.connect() as connection:
        load_people(connection, _with_sounds(map(values_of, held)))
        linker = splink_linker(connection, replace(model, settings=settings))
        given = pa.table(
            {
                "match_key": ["0"] * len(ordered),
                "join_key_l": pa.array([a for a, _ in ordered], pa.int32()),
                "join_key_r": pa.array([b for _, b in ordered], pa.int32()),
            }
        )
        connection.register("given", given)
        connection.execute("CREATE TABLE blocked AS SELECT * FROM given")
        linker.table_management.register_blocked_pairs_for_predict(DuckDBAPI(connection=connection).register("blocked"))
        predicted = linker.inference.predict(warning_mode="never").physical_name
        weights = ", ".join(f"mw_{comparison.field}" for comparison in model.comparisons)
        rows = connection.execute(
            "SELECT least(record_id_l, record_id_r), greatest(record_id_l, record_id_r), match_weight,"
            f" {weights} FROM {predicted}"
        ).fetchall()
    # No two levels of one comparison have the same weight before frequencies, so the weight tells which it was.
    label_of = [{round(level.weight, 9): level.label for level in part.levels} for part in model.comparisons]
    assert [len(labels) for labels in label_of] == [len(part.levels) for part in model.comparisons]
    found = {
        (left, right): (bits, tuple(of[round(weight, 9)] for of, weight in zip(label_of, weights, strict=True)))
        for left, right, bits, *weights in rows
    }
    assert len(found) == len(pairs)
    return found


@pytest.mark.requirement("JD-02")
def test_one_by_one_and_together_same_bits_as_splink_on_ten_thousand_pairs() -> None:
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
    splink = by_splink(held, pairs, model)
    worst = max(abs(model.pair(held[a], held[b], frequencies).bits - splink[(a, b)][0]) for a, b in pairs)
    assert worst <= 1e-9
    left, right = (np.array(side) for side in zip(*sorted(pairs), strict=True))
    many = ManyScorer(table(held), model)
    scored = many.score(left, right, None)
    labels = [
        tuple(comparison.levels[level].label for comparison, level in zip(model.comparisons, levels, strict=True))
        for levels in scored.levels.tolist()
    ]
    together = list(zip(scored.left.tolist(), scored.right.tolist(), scored.bits.tolist(), labels, strict=True))
    assert [(a, b) for a, b, _, _ in together] == sorted(pairs)
    assert max(abs(bits - splink[(a, b)][0]) for a, b, bits, _ in together) <= 1e-9
    assert all(labels == splink[(a, b)][1] for a, b, _, labels in together)


@pytest.mark.parametrize("least", [-30.0, 0.0, 9.5])
def test_pairs_let_go_early_are_those_of_too_few_bits(least: float) -> None:
    held = people()[:900]
    left, right = np.triu_indices(len(held), 1)
    many = ManyScorer(table(held), shipped_model().among(len(held)))
    every, kept = many.score(left, right, None), many.score(left, right, least)
    chosen = every.bits >= least
    assert 0 < chosen.sum() < len(left)
    assert (kept.left == every.left[chosen]).all() and (kept.right == every.right[chosen]).all()
    assert (kept.bits == every.bits[chosen]).all() and (kept.levels == every.levels[chosen]).all()


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
