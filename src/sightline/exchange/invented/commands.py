"""The command that writes an invented force."""

from datetime import date, datetime
from pathlib import Path

import click

from sightline.exchange.feeds.belonging import mark_invented
from sightline.exchange.invented.invent import UNTIL
from sightline.exchange.invented.invent import invent as write_force


@click.command("invent")
@click.option(
    "--people", type=click.IntRange(1, 1_600_000), default=20_000, show_default=True, help="How many people live there."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed gives the same force, byte for byte."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the files go.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), default=UNTIL.isoformat(), show_default=True, help="The last day."
)
@click.option(
    "--deltas", type=click.IntRange(0, 52), default=0, show_default=True, help="Later extracts, a week apart."
)
def invent(people: int, seed: int, out: Path, until: datetime, deltas: int) -> None:
    """Write the extracts of eighteen record systems of a made-up force, and the truth beside them."""
    last_day: date = until.date()
    done = write_force(people, seed, out, until=last_day, deltas=deltas)
    mark_invented(out)
    for system, rows in done.rows.items():
        later = f" and {done.delta_rows[system]:,} later" if deltas else ""
        click.echo(f"{system:22}{rows:>10,} rows{later}")
    click.echo(f"{done.people:,} people, {sum(done.rows.values()):,} rows, truth in {out / 'truth'}")
