"""`backup` and `restore`: a whole encrypted copy, and the proof that it can be restored."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from sightline.kernel import backup as copying
from sightline.kernel.errors import Refused
from sightline.kernel.home import LOCAL
from sightline.kernel.postgres import DATABASE, Server

_FOLDER = click.option("--folder", envvar="SIGHTLINE_BACKUPS", type=click.Path(path_type=Path), default=LOCAL / "backups", show_default=False,
                       help="Where backups are kept, best on another machine (SIGHTLINE_BACKUPS).")  # fmt: skip
_KEY = click.option("--key", envvar="SIGHTLINE_BACKUP_KEY", type=click.Path(path_type=Path), default=LOCAL / "keys" / "backup.key",
                    show_default=False, help="The key's file; made if it is not there. Keep a copy apart from the backups.")  # fmt: skip
_SERVER = click.option(
    "--database",
    envvar="BACKUP_DATABASE_URL",
    default="",
    help="A superuser's login, or one with BYPASSRLS and CREATEDB.",
)


def login(given: str = "", database: str = DATABASE) -> str:
    """The login that reads every row: given, or the embedded server's own."""
    return given or Server(LOCAL / "pg").ensure().conninfo("postgres", database)


@click.command()
@_FOLDER
@_KEY
@_SERVER
def backup(folder: Path, key: Path, database: str) -> None:
    """Copy everything into one encrypted file. Work goes on meanwhile."""
    made = copying.back_up(login(database), folder, copying.key_at(key), at=datetime.now(UTC))
    click.echo(
        f"{made}: {made.stat().st_size:,} bytes, encrypted with {key}. Prove it with ./sightline restore --check."
    )


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Restore beside, compare every table, and drop it again.")
@click.option("--into", default="", help="Restore into a new database of this name, to be used from then on.")
@_FOLDER
@_KEY
@_SERVER
def restore(file: Path | None, check: bool, into: str, folder: Path, key: Path, database: str) -> None:
    """Restore FILE, or the newest backup. With --check it only proves that this can be done: status 1 where it cannot.

    What was erased after the backup was made is there again in what is restored: run its retention reviews again before it is used.
    """
    if check is bool(into):
        raise click.UsageError("Say --check, or --into with the name of a new database.")
    held, secret = file or copying.newest(folder), copying.key_at(key)
    if into:
        copying.restore(held, login(database), secret, into)
        click.echo(f"{held.name} is restored into {into}.")
        return
    try:
        differs = copying.check(held, login(database), secret, at=datetime.now(UTC))
    except Refused as refused:
        click.echo(f"NOT restorable: {refused}", err=True)
        sys.exit(1)
    for line in differs:
        click.echo(line, err=True)
    click.echo(
        f"{held.name}: " + ("NOT the same when restored" if differs else "restored and the same, table by table")
    )
    if differs:
        sys.exit(1)
