"""`match` and `lookup`: linkage of a file, and queries against a file, from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from sightline.kernel.errors import SightlineError

from .bulk import link
from .files import read_records, write_rows
from .thresholds import FILE_JOIN_AT

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
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
