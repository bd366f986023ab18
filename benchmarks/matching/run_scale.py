"""Speed at scale: bulk linkage, then look-ups by key tables beside Splink's predict_between of one record, in one run.

python benchmarks/matching/run_scale.py CONNINFO [records] [bulk|lookup]
"""

from __future__ import annotations

import logging
import resource
import statistics
import sys
import time
from itertools import combinations

import duckdb
import psycopg
from heldout import queries_of, records_of
from measures import accuracy, pairs_of
from run_accuracy import twins_joined
from splink import DuckDBAPI, Linker, SettingsCreator

from sightline.people.matching.blocking import cleaned_batches, load_people
from sightline.people.matching.bulk import link
from sightline.people.matching.cleaning import clean
from sightline.people.matching.lookup import FAINTEST, FAINTEST_OPENED, Lookup, by_likeness, one_a_person, scratch
from sightline.people.matching.rehearsal import NEWEST, invent
from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.scratch import load, scratch_schema
from sightline.people.matching.tables import as_table
from sightline.people.matching.thresholds import FILE_JOIN_AT, LIKELY_AT

QUERIES = 2000


def quantiles(times: list[float]) -> str:
    cut = statistics.quantiles(times, n=100, method="inclusive")
    return f"p50 {cut[49]:.2f} ms, p95 {cut[94]:.2f} ms, p99 {cut[98]:.2f} ms"


def bulk(people, records, truth) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    found = link(records, today=NEWEST, join_at=FILE_JOIN_AT)
    spent = time.perf_counter() - begun
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time() - cpu + child.ru_utime + child.ru_stime
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"bulk: {len(records):,} records in {spent:.0f} s ({own:.0f} s of processor time), peak memory {peak:.1f} GB",
        flush=True,
    )
    held: dict[str, list[str]] = {}
    for record_id, person in truth.items():
        held.setdefault(person, []).append(record_id)
    true = {tuple(sorted(pair)) for ids in held.values() for pair in combinations(ids, 2)}
    p, r, f = accuracy(pairs_of(found.clusters), true)
    one, total = twins_joined(found.clusters, people, truth)
    print(f"  P {p:.4f} R {r:.4f} F1 {f:.4f}; twins joined {one} of {total}", flush=True)


def beside_splink(records, queries) -> None:
    """One new record against all of them by Splink's own predict_between, blocked as narrowly as it allows."""
    rules = [
        "l.dob = r.dob and l.surname_sound = r.surname_sound", "l.postcode = r.postcode and l.forename_sound = r.forename_sound",
        "l.forename = r.forename and l.surname = r.surname and l.born_low = r.born_low",
    ]  # fmt: skip
    settings = {**shipped_model().settings, "link_type": "link_only", "blocking_rules_to_generate_predictions": rules}
    with duckdb.connect() as connection, cleaned_batches(records, NEWEST) as arriving:
        load_people(connection, arriving)
        connection.execute(
            "CREATE TABLE held AS SELECT * EXCLUDE (heard, pairs) REPLACE (record_id::VARCHAR AS record_id) FROM people"
        )
        api = DuckDBAPI(connection=connection)
        linker = Linker(
            api.register("held"),
            SettingsCreator.from_path_or_dict({**settings, "link_type": "dedupe_only"}),
            log_level=logging.ERROR,
        )
        for column in ("forename", "surname", "dob_firm", "postcode"):
            linker.table_management.compute_tf_table(column)
        held, times = api.register("held"), []
        for query in queries[:12]:
            asked = api.register(as_table([clean(query, NEWEST)]))
            begun = time.perf_counter()
            linker.inference.predict_between(asked, held).as_record_list()
            times.append((time.perf_counter() - begun) * 1000)
    print(
        f"  Splink predict_between of one record, {len(times)} times: median {statistics.median(times):.0f} ms",
        flush=True,
    )


def told(how: str, shown: list[list[str]], whom: list[str], kinds_of: list[list[str]]) -> None:
    first = [people[:1] == [person] for people, person in zip(shown, whom, strict=True)]
    five = [person in people for people, person in zip(shown, whom, strict=True)]
    print(f"  {how}: right person first {sum(first) / len(whom):.4f}, among five {sum(five) / len(whom):.4f}")
    by_kind: dict[str, list[bool]] = {}
    for right, kinds in zip(first, kinds_of, strict=True):
        for kind in kinds:
            by_kind.setdefault(kind, []).append(right)
    print(
        "  first, by kind:",
        {kind: round(sum(by_kind[kind]) / len(by_kind[kind]), 3) for kind in sorted(by_kind)},
        flush=True,
    )


def lookups(conninfo, people, records, truth) -> None:
    queries, whom, kinds_of = queries_of(people, QUERIES, 7103)
    strangers, _, _ = queries_of(invent(1000, 990_001), 1000, 7104)
    with psycopg.connect(conninfo, autocommit=True) as connection, scratch_schema(connection) as schema:
        begun = time.perf_counter()
        frequencies = load(connection, schema, records, NEWEST)
        print(f"look-up: {len(records):,} records loaded in {time.perf_counter() - begun:.0f} s", flush=True)
        search = Lookup(scratch(schema), shipped_model().among(len(records) // 2), frequencies)
        for query in strangers[:200]:
            search(connection, query, NEWEST)
        times, answers = [], []
        for query in queries:
            begun = time.perf_counter()
            found = search(connection, query, NEWEST)
            people = one_a_person(found, by_likeness(search.model, frequencies, FILE_JOIN_AT))
            times.append((time.perf_counter() - begun) * 1000)
            answers.append([(hit.bits, truth[records[hit.record_id].record_id]) for hit in people])
        print(f"  one client, warm, {QUERIES} queries: {quantiles(times)}", flush=True)
        for named, least in (("the command", FAINTEST), ("first contact", FAINTEST_OPENED)):
            shown = [[person for bits, person in answer if bits >= least] for answer in answers]
            told(f"as {named} shows them", shown, whom, kinds_of)
        found = [search(connection, query, NEWEST) for query in strangers]
        likely = sum(1 for hits in found if any(hit.bits >= LIKELY_AT for hit in hits))
        print(f"  strangers shown as likely: {likely} of {len(strangers)}; anybody shown, down to", end=" ")
        for least in (FAINTEST, FAINTEST_OPENED):
            print(f"{least} bits: {sum(1 for hits in found if any(h.bits >= least for h in hits))}", end="; ")
        print(flush=True)
    beside_splink(records, queries)


def main() -> None:
    conninfo = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    people = invent(int(count / 2.07), 7101, districts=max(30, count // 6000))
    records, truth = records_of(people, 7102)
    if only != "lookup":
        bulk(people, records, truth)
    if only != "bulk":
        lookups(conninfo, people, records, truth)


if __name__ == "__main__":
    main()
