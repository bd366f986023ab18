"""A backup is proved by restoring it: every row comes back, a changed or cut file is refused, and it says nothing without its key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from sightline.kernel import backup
from sightline.kernel.errors import Refused
from sightline.oversight.restoration import tasks

AT = datetime(2026, 11, 2, 1, 10, tzinfo=UTC)
CANARY = "Zqv Canary"


@pytest.fixture
def database(django_db_modify_db_settings: None) -> Iterator[str]:
    """A small database of its own, with a table that row-level security hides even from its owner."""
    server, name = settings.SERVER.conninfo("postgres", "postgres"), f"sightline_small_{AT:%H%M%S}_{id(AT)}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}"')
    held = settings.SERVER.conninfo("postgres", name)
    with psycopg.connect(held, autocommit=True) as db:
        db.execute("CREATE TABLE child (id int PRIMARY KEY, name text, seen_at timestamptz)")
        db.execute("ALTER TABLE child ENABLE ROW LEVEL SECURITY; ALTER TABLE child FORCE ROW LEVEL SECURITY")
        db.execute("CREATE TABLE nobody (id int)")
        db.execute(f"INSERT INTO child SELECT n, '{CANARY} ' || n, now() FROM generate_series(1, 500) AS n")
    yield held
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.requirement("IS-14")
def test_a_backup_is_restored_and_every_table_is_the_same(database: str, tmp_path: Path) -> None:
    key = backup.key_at(tmp_path / "keys" / "backup.key")
    made = backup.back_up(database, tmp_path / "kept", key, at=AT)
    assert backup.newest(tmp_path / "kept") == made and made.stat().st_mode & 0o077 == 0
    assert CANARY.encode() not in made.read_bytes() and b"child" not in made.read_bytes()
    assert backup.check(made, database, key, at=AT) == []
    said = json.loads((tmp_path / "kept" / (made.name + backup.CHECKED)).read_text())
    assert (said["rows"], said["differs"], said["tables"]) == (500, [], 2)
    with psycopg.connect(database) as db:
        (left,) = db.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'sightline\\_check\\_%'").fetchone()  # type: ignore[misc]
    assert left == 0
    with pytest.raises(Refused, match="with this key"):
        backup.check(made, database, bytes(32), at=AT)
    whole = made.read_bytes()
    for spoilt in (whole[:-40], whole[:300] + bytes([whole[300] ^ 1]) + whole[301:], b"something else"):
        made.write_bytes(spoilt)
        with pytest.raises(Refused):
            backup.check(made, database, key, at=AT)


@pytest.mark.requirement("IS-14")
def test_the_weekly_proof_fails_where_a_row_is_missing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGHTLINE_BACKUPS", str(tmp_path))
    monkeypatch.setenv("SIGHTLINE_BACKUP_KEY", str(tmp_path / "key"))
    monkeypatch.setenv("BACKUP_DATABASE_URL", database)
    counted = backup.contents

    def one_more(held: psycopg.Connection[object]) -> backup.Contents:
        found = counted(held)
        return found | {"child": [found["child"][0] + 1, found["child"][1]]}

    monkeypatch.setattr(backup, "contents", one_more)
    tasks.back_up_nightly(0)
    monkeypatch.setattr(backup, "contents", counted)
    with pytest.raises(Refused, match="child: 501 rows when it was made, 500 restored"):
        tasks.prove_weekly(0)
