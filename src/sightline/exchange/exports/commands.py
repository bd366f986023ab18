"""`./sightline export check FILE`: whether a file is just what was exported."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from sightline.exchange.exports.queries import of_hash
from sightline.kernel.moments import say_moment


@click.group("export")
def export() -> None:
    """Files that left Sightline."""


@export.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say whether FILE is, to the byte, what was exported, for whom, and by whom. Status 1 where it is not."""
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    found = of_hash(sha256)
    if found is None:
        click.echo(
            f"{file}: not a file that was exported from here; or altered, or what is known of it erased, since ({sha256})."
        )
        raise SystemExit(1)
    held = found.export
    click.echo(
        f"{file}: export {held.number}, unaltered, made {say_moment(found.made_at)} "
        f"by {held.asked_by} for {held.recipient} ({sha256})."
    )
