"""`retention` and `erase`: what is due for review, and what two people decided carried out by the owner's role."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click

from sightline.access.viewer import Viewer
from sightline.oversight.retention.erasing import erase as carry_out
from sightline.oversight.retention.models import Review
from sightline.oversight.retention.services import find_due


@click.command()
def retention() -> None:
    """Look for records that are due for review, and say how many reviews wait. Deletes nothing. The worker does it each night."""
    found, gone = find_due(at=datetime.now(UTC))
    waiting = Review.objects.filter(outcome="").count()
    click.echo(f"{found:,} due that were not before, {gone:,} due no more, {waiting:,} wait for a review.")


@click.command()
@click.option("--review", required=True, type=int, help="The number of the review, as its page says it.")
def erase(review: int) -> None:
    """Erase what a review decided to dispose of and a second person agreed to. Nothing else can be erased, and this can't be undone."""
    who = f"{getpass.getuser()}, at the command line"
    done = carry_out(
        review,
        Viewer(None, who, "owner", "", 0, None, datetime.now(UTC), "command erase", f"Retention review {review}"),
    )
    click.echo(f"Erased: {done.whole:,} entries whole, a part of {done.less:,} that others keep.")
    for table, rows in sorted(done.rows.items()):
        if rows:
            click.echo(f"  {table:<28}{rows:>8,}")
    click.echo(
        "What is left is a tombstone for each. Copies outside this database (backups, extracts, files handed over) are not reached from here."
    )
