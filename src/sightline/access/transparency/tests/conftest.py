"""A log of its own, committed and sealed, and connections to it as whoever attacks it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection

from sightline.access.transparency.checkpoints import Signer, public_key, signer_at
from sightline.access.transparency.sealer import CHECKPOINT_EVERY, Sealer
from sightline.access.transparency.witness import Folder

SUPERUSER = "postgres"
NOW = datetime.now(UTC)


@dataclass
class Log:
    """The log under test: a superuser's connection, the sealer and its witness."""

    db: psycopg.Connection[Any]
    sealer: Sealer
    folder: Folder
    signer: Signer
    began: datetime = NOW

    @property
    def key(self) -> Ed25519PublicKey:
        return public_key(self.signer.verifier_line())

    def write(self, lines: int, db: psycopg.Connection[Any] | None = None) -> None:
        """Lines as the application writes them, each in a transaction of its own unless one is open."""
        for _ in range(lines):
            (db or self.db).execute(
                "INSERT INTO access_accessentry (at, user_id, role, agency, action, route, reason, people, fields, outcome, note, request_ref)"
                " SELECT now(), 3 + n % 5, 'call_handler', 'police', 'consultation', '/people/' || n, 'a call', ARRAY[n], ARRAY['names'],"
                " 'given', '', 'r' || n FROM (SELECT coalesce(max(id), 0) + 1 AS n FROM access_accessentry) s"
            )


def sealed_up_to(log: Log, lines: int, sealer: Sealer | None = None) -> Sealer:
    """Seal until the tree has so many lines: whoever else writes on this server is waited for, five minutes at most."""
    sealer, until = sealer or log.sealer, time.monotonic() + 300
    while sealer.tree.size < lines and time.monotonic() < until:
        sealer.seal()
        time.sleep(0.02)
    assert sealer.tree.size == lines
    return sealer


def as_superuser() -> psycopg.Connection[Any]:
    """The embedded server's superuser, in the test database. The tests say that they are left out elsewhere."""
    if not settings.EMBEDDED:
        pytest.skip("attacks as a superuser are tried on the embedded server only")
    name = connection.settings_dict["NAME"]
    return psycopg.connect(settings.SERVER.conninfo(SUPERUSER, name), autocommit=True)


def empty(db: psycopg.Connection[Any]) -> None:
    db.execute(
        "SET session_replication_role = replica; TRUNCATE access_accessentry, access_seal; RESET session_replication_role"
    )


@pytest.fixture(scope="module")
def unsealed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Log]:
    with django_db_blocker.unblock(), as_superuser() as db:
        empty(db)
        signer = signer_at(Path(tmp_path_factory.mktemp("keys")) / "log.key")
        folder = Folder(Path(tmp_path_factory.mktemp("witness")))
        yield Log(db, Sealer(db, signer, folder), folder, signer)
        empty(db)


@pytest.fixture(scope="module")
def sealed(unsealed: Log) -> Log:
    """Thirty lines under three checkpoints, and three since."""
    unsealed.sealer.start()
    unsealed.began = began = datetime.now(UTC)
    for n in range(3):
        unsealed.write(10)
        sealed_up_to(unsealed, 10 * n + 10).round(began + n * CHECKPOINT_EVERY)
    unsealed.write(3)
    return unsealed


@pytest.fixture
def log(unsealed: Log, tmp_path: Path) -> Log:
    empty(unsealed.db)
    unsealed.db.execute("SELECT pg_advisory_unlock_all()")
    folder = Folder(tmp_path / "witness")
    return Log(unsealed.db, Sealer(unsealed.db, unsealed.signer, folder), folder, unsealed.signer)


def again(log: Log) -> Sealer:
    log.db.execute("SELECT pg_advisory_unlock_all()")
    sealer = Sealer(log.db, log.signer, log.folder)
    sealer.start()
    return sealer


def sealed_lines(log: Log) -> list[int]:
    return [line for (line,) in log.db.execute("SELECT entry_id FROM access_seal ORDER BY position")]


def run(command: object, log: Log, *arguments: str) -> tuple[int, str]:
    database = ["--database", log.db.info.dsn]
    done = CliRunner().invoke(command, [*arguments, *database])  # type: ignore[arg-type]
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output
