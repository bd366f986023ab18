"""Accuracy beside plain Splink, in one run: febrl1-4 without the identity number, and invented families with held-out damage.

python benchmarks/matching/run_accuracy.py [people]
"""

from __future__ import annotations

import logging
import sys
import time
from itertools import combinations

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from febrl import febrl
from heldout import records_of
from measures import accuracy, pairs_of
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from sightline.people.matching.bulk import link
from sightline.people.matching.records import Record
from sightline.people.matching.rehearsal import NEWEST, Person, invent
from sightline.people.matching.thresholds import FILE_JOIN_AT

THRESHOLDS = (-4, -2, 0, 2, 4, 6, 8, 10, 12, 14, 16)


def plain_settings(with_sex: bool) -> SettingsCreator:
    """Comparisons straight from Splink's library."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("forename").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("dob", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            *([cl.ExactMatch("sex")] if with_sex else []),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("forename", "surname"), block_on("dob"), block_on("postcode", "surname"),
            block_on("postcode", "forename"), block_on("surname", "substr(dob, 1, 4)"),
        ],
    )  # fmt: skip


def plain_splink(records: list[Record]) -> list[tuple[float, dict[str, str]]]:
    """A plain Splink model trained on the file itself; its clusters at each threshold."""
    rows = [
        {
            "unique_id": r.record_id, "forename": r.forenames.lower() or None, "surname": r.surname.lower() or None,
            "dob": r.born or None, "postcode": r.postcode or None, "sex": r.sex or None,
        }
        for r in records
    ]  # fmt: skip
    settings = plain_settings(any(row["sex"] for row in rows))
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect() as connection:
        api = DuckDBAPI(connection=connection)
        linker = Linker(api.register(pa.Table.from_pylist(rows)), settings, log_level=logging.ERROR)
        linker.training.estimate_probability_two_random_records_match(
            [block_on("forename", "surname", "dob")], recall=0.6
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in (block_on("dob"), block_on("forename", "surname"), block_on("postcode")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        predicted = linker.inference.predict(threshold_match_weight=THRESHOLDS[0])
        found = []
        for at in THRESHOLDS:
            clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
                predicted, threshold_match_weight=at
            )
            rows = connection.execute(f"SELECT unique_id, cluster_id FROM {clustered.physical_name}").fetchall()
            found.append((at, dict(rows)))
        return found


def best(found: list[tuple[float, dict[str, str]]], true: set) -> tuple[float, float, float, float, dict[str, str]]:
    measured = [(*accuracy(pairs_of(clusters), true), at, clusters) for at, clusters in found]
    return max(measured, key=lambda row: row[2])


def twins_joined(clusters: dict[str, str], people: list[Person], truth: dict[str, str]) -> tuple[int, int]:
    """Pairs of twins any of whose records share a person, and all pairs of twins with records."""
    held: dict[str, set[str]] = {}
    for record_id, person in truth.items():
        held.setdefault(person, set()).add(clusters[record_id])
    born: dict[tuple, list[str]] = {}
    for person in people:
        born.setdefault((person.household, person.born), []).append(person.person_id)
    pairs = [pair for same in born.values() for pair in combinations(same, 2)]
    return sum(1 for one, other in pairs if held[one] & held[other]), len(pairs)


def report(name: str, records: list[Record], true: set, people: list[Person] | None = None, truth=None) -> None:
    begun = time.perf_counter()
    ours = link(records, today=NEWEST, join_at=FILE_JOIN_AT, may_reestimate=True)
    spent = time.perf_counter() - begun
    p, r, f = accuracy(pairs_of(ours.clusters), true)
    q, s, g, at, clusters = best(plain_splink(records), true)
    print(
        f"{name}: {len(records):,} records; Sightline P {p:.4f} R {r:.4f} F1 {f:.4f} as `match` gives it ({spent:.0f} s);"
    )
    print(f"  plain Splink at its best threshold ({at} bits) P {q:.4f} R {s:.4f} F1 {g:.4f}")
    if people is not None:
        one, total = twins_joined(ours.clusters, people, truth)
        other, _ = twins_joined(clusters, people, truth)
        print(f"  twins joined: Sightline {one} of {total}, plain Splink {other} of {total}")


def main() -> None:
    for number in (1, 2, 3, 4):
        records, true = febrl(number)
        report(f"febrl{number}", records, true)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    people = invent(count, 7001)
    records, truth = records_of(people, 7002)
    held: dict[str, list[str]] = {}
    for record_id, person in truth.items():
        held.setdefault(person, []).append(record_id)
    true = {tuple(sorted(pair)) for ids in held.values() for pair in combinations(ids, 2)}
    report("invented families, held-out damage", records, true, people, truth)


if __name__ == "__main__":
    main()
