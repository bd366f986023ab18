"""`seal`: the sealer, beside the web server and the worker. `verify`: whether the log is whole. Neither needs Django."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg

from sightline.kernel.errors import Refused
from sightline.kernel.home import LOCAL
from sightline.kernel.postgres import SEALER, Server

from .checkpoints import fingerprint, public_key, signer_at
from .sealer import Sealer
from .verifying import verify as compare
from .witness import KEY_FILE, Folder, witness_at

EVERY = 1.0  # seconds


def _conninfo(given: str) -> str:
    return given or Server(LOCAL / "pg").conninfo(SEALER)


_DATABASE = click.option(
    "--database",
    envvar=["SEALER_DATABASE_URL", "DATABASE_URL"],
    default="",
    help="Where the log is; by itself, the embedded one as the sealer's role.",
)


@click.command("seal")
@_DATABASE
@click.option("--witness", envvar="SIGHTLINE_WITNESS", default=str(LOCAL / "witness"), show_default=False,
              help="A folder or an https address outside the database, best outside the machine.")  # fmt: skip
@click.option("--key", envvar="SIGHTLINE_LOG_KEY", default=str(LOCAL / "keys" / "access-log.key"), show_default=False,
              help="The signing key's file; made if it is not there.")  # fmt: skip
@click.option("--once", is_flag=True, help="Seal and sign once, and end.")
def seal(database: str, witness: str, key: str, once: bool) -> None:
    """Seal the access log every second, and hand signed checkpoints to a witness."""
    signer, kept_by = signer_at(Path(key)), witness_at(witness)
    click.echo(f"Public key of the access log: {signer.verifier_line()}")
    if isinstance(kept_by, Folder):
        kept_by.path.mkdir(parents=True, exist_ok=True)
        if not (kept_by.path / KEY_FILE).exists():
            (kept_by.path / KEY_FILE).write_text(signer.verifier_line() + "\n", encoding="utf-8")
    while True:
        try:
            with psycopg.connect(_conninfo(database), autocommit=True) as connection:
                sealer = Sealer(connection, signer, kept_by)
                sealer.start()
                while True:
                    began = time.monotonic()
                    sealer.round()
                    if said := sealer.alarm():
                        click.echo(f"sealer: {said}", err=True)
                    if once:
                        return
                    time.sleep(max(0.0, EVERY - (time.monotonic() - began)))
        except (OSError, psycopg.OperationalError) as error:
            if once:
                raise Refused(f"The access log could not be sealed: {error}") from error
            click.echo(f"sealer: {error}; trying again", err=True)
            time.sleep(EVERY)


@click.command("verify")
@click.option("--checkpoints", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="The witness's folder, or a copy of it.")  # fmt: skip
@click.option("--key", envvar="SIGHTLINE_LOG_PUBLIC_KEY", default="",
              help="The log's public key, as `seal` says it: pin it, for who alters the folder can put a key of their own there.")  # fmt: skip
@click.option("--after", type=click.DateTime(), help="What could not be shown up to then (UTC) has been looked into.")
@_DATABASE
def verify(checkpoints: Path, key: str, after: datetime | None, database: str) -> None:
    """Say in one line whether the access log is whole. Status 0: whole; 1: altered; 2: it can't be said, of all or of the lines named."""
    signed_by = public_key(key or _in(checkpoints))
    with psycopg.connect(_conninfo(database), autocommit=True) as connection:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        looked = after.replace(tzinfo=UTC) if after else None
        verdict = compare(connection, Folder(checkpoints), signed_by, after=looked)
    at = datetime.now(UTC)
    unpinned = "" if key else f"; by the folder's own key {fingerprint(signed_by)}, which nobody pinned"
    click.echo(verdict.line(at) + unpinned)
    if not verdict.whole:
        sys.exit(1)
    if verdict.behind(at) or verdict.doubtful:
        sys.exit(2)


def _in(folder: Path) -> str:
    try:
        return (folder / KEY_FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise Refused(f"{folder} holds no {KEY_FILE}: give the public key with --key.") from error
