"""`match` and `lookup`: linkage of a file, and queries against a file, from the command line."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from sightline.kernel.errors import SightlineError

from .bulk import link
from .files import read_records, writable, write_rows
from .lookup import Hit, Lookup, by_likeness, one_a_person, scratch
from .records import Record
from .scoring import shipped_model
from .scratch import load, scratch_schema
from .thresholds import FILE_JOIN_AT

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# Systems hold a person about this many times, which is what turns a number of records into a number of people.
RECORDS_A_PERSON = 2
# Where the configured database is: as `./sightline` found it, the embedded one included, or as the environment says.
DATABASE = ("SIGHTLINE_CONNINFO", "DATABASE_URL")
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("match")
@click.argument("records", type=_FILE)
@click.option("--out", type=_OUT, required=True, help="PEOPLE.csv: record_id, person_id.")
@click.option("--pairs", type=_OUT, help="PAIRS.csv: record_id_l, record_id_r, bits.")
@click.option("--review", type=_OUT, help="REVIEW.csv: pairs for a person to decide, and why.")
@click.option(
    "--join-at", type=float, default=FILE_JOIN_AT, show_default=True, help="Bits from which records are joined."
)
def match(records: Path, out: Path, pairs: Path | None, review: Path | None, join_at: float) -> None:
    """Say which records of a CSV file are one person. No server, and no stored records are touched.

    Columns: record_id; and any of forenames, surname, middle_names, aliases, born, approx_age, sex, postcode,
    nhs_number, pnc_id, upn, phone, source. Others are passed over.
    """
    try:
        for wanted in (out, pairs, review):
            if wanted:
                writable(wanted)
        read = read_records(records)
        found = link(read, today=datetime.now(UTC).date(), join_at=join_at, may_reestimate=True)
    except SightlineError as trouble:
        raise click.ClickException(trouble.message) from trouble
    write_rows(out, ("record_id", "person_id"), ((one.record_id, found.clusters[one.record_id]) for one in read))
    if pairs:
        write_rows(pairs, ("record_id_l", "record_id_r", "bits"), ((a, b, f"{bits:.4f}") for a, b, bits in found.pairs))
    if review:
        waiting = ((*pair, why) for pair, why in found.for_review.items())
        write_rows(review, ("record_id_l", "record_id_r", "why"), waiting)
    people = len(set(found.clusters.values()))
    click.echo(f"{len(read):,} records, {people:,} people; {len(found.for_review):,} pairs for a person to look at")
    click.echo(f"model {found.model_version}")


def _connected(database: str | None) -> psycopg.Connection[Any]:
    """The database to use, or in words why there is none."""
    if not database:
        raise click.UsageError("no database: set DATABASE_URL or give --database")
    try:
        return psycopg.connect(database, autocommit=True)
    except psycopg.Error as trouble:
        raise click.ClickException(f"the database does not answer: {trouble}") from trouble


def _quantiles(milliseconds: Sequence[float]) -> tuple[float, float, float]:
    if len(milliseconds) < 2:
        only = milliseconds[0] if milliseconds else 0.0
        return only, only, only
    cut = statistics.quantiles(milliseconds, n=100, method="inclusive")
    return cut[49], cut[94], cut[98]


def _answered(
    connection: psycopg.Connection[Any], lookup: Lookup, queries: Sequence[Record], today: date, times: list[float]
) -> Iterator[tuple[str, list[Hit]]]:
    for query in queries:
        begun = time.perf_counter()
        hits = lookup(connection, query, today)
        people = one_a_person(hits, by_likeness(lookup.model, lookup.frequencies, FILE_JOIN_AT))
        times.append((time.perf_counter() - begun) * 1000)
        yield query.record_id, people


@click.command("lookup")
@click.option("--records", type=_FILE, required=True, help="RECORDS.csv, as for match.")
@click.option("--queries", type=_FILE, required=True, help="QUERIES.csv: query_id and the same columns.")
@click.option("--out", type=_OUT, required=True, help="HITS.csv: query_id, rank, record_id, bits, band.")
@click.option("--database", envvar=DATABASE, help="A PostgreSQL to use; a scratch schema is made and dropped.")
def lookup(records: Path, queries: Path, out: Path, database: str | None) -> None:
    """Look each query up among the records as first contact does: at most five people, the best record of each.

    The records go into a scratch schema of the configured database, which is dropped at the end.
    """
    today = datetime.now(UTC).date()
    try:
        writable(out)
        held, asked = read_records(records), read_records(queries, id_column="query_id")
    except SightlineError as trouble:
        raise click.ClickException(trouble.message) from trouble
    model = shipped_model().among(len(held) // RECORDS_A_PERSON)
    rows: list[tuple[object, ...]] = []
    times: list[float] = []
    with (
        _connected(database) as connection,
        scratch_schema(connection) as schema,
    ):
        begun = time.perf_counter()
        frequencies = load(connection, schema, held, today)
        loaded = time.perf_counter() - begun
        search = Lookup(scratch(schema), model, frequencies)
        for query_id, people in _answered(connection, search, asked, today, times):
            ranked = enumerate(people, start=1)
            rows += (
                (query_id, rank, held[hit.record_id].record_id, f"{hit.bits:.4f}", hit.band) for rank, hit in ranked
            )
    write_rows(out, ("query_id", "rank", "record_id", "bits", "band"), rows)
    half, most, nearly_all = _quantiles(times)
    click.echo(f"{len(held):,} records loaded in {loaded:.1f} s; {len(asked):,} queries, {len(rows):,} people shown")
    click.echo(f"p50 {half:.2f} ms, p95 {most:.2f} ms, p99 {nearly_all:.2f} ms; model {model.version}")
