"""`lists`: the schools, nurseries, surgeries, health visitors and social workers from which a concern form's are chosen."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import click

from sightline.kernel.moments import local
from sightline.pathways.concern.services.lists import load_list


@click.command("lists")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--whole", is_flag=True, help="What is held of the file's kinds and not in it is no longer on the list.")
def lists(files: tuple[Path, ...], whole: bool) -> None:
    """Load reference lists: tables with the columns kind, reference, name, address, postcode and, if it closed, closed_on.

    Kinds: school, nursery, surgery, health_visitor, social_worker. A line that is there already is put right.
    """
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            done = load_list(csv.DictReader(opened), whole=whole, on=local(datetime.now(UTC)).date())
        click.echo(f"{file.name}: {done.lines:,} lines; {done.gone:,} no longer on the list")
