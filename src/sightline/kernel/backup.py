"""A whole copy of the database in one encrypted file, and the proof that it can be restored: it is, beside, and every table compared.

The copy and what is counted of it come from one snapshot, so that work goes on meanwhile. What the file holds is everything, sealed records too.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sightline.kernel.errors import Refused
from sightline.kernel.postgres import ServerFailed, binaries

MAGIC = b"sightline-backup-1\n"
PIECE = 1 << 20
CHECKED = ".checked.json"
_MARK = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
_AS_WRITTEN = "-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1 -c row_security=off"
Contents = dict[
    str, list[Any]
]  # by table: how many rows, and a sum over all of them that does not depend on their order


def key_at(file: Path) -> bytes:
    """The key that backups are encrypted with; made, for its owner's eyes alone, where there is none. Without it no backup can be read."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    if len(key) != 32:
        raise Refused(f"{file.name} is no key of 32 bytes.")
    return key


def back_up(database: str, folder: Path, key: bytes, *, at: datetime) -> Path:
    """Write one encrypted file of everything in a database and give its path. `database`: a login that row-level security does not bind.

    Raises ServerFailed where the copy could not be made; then no file is left.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"sightline-{at:%Y%m%dT%H%M%SZ}.backup"
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as making,
        psycopg.connect(database, options=_AS_WRITTEN) as held,
    ):
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = _one(held, "SELECT pg_export_snapshot()")
        dump = Path(making) / "dump"
        _tool("pg_dump", database, "--format=custom", f"--snapshot={snapshot}", f"--file={dump}")
        said = {"at": at.isoformat(), "sha256": _digest(dump), "tables": contents(held), "mark": _one(held, _MARK)}
        encrypted = Path(making) / target.name
        _encrypt(json.dumps(said, sort_keys=True).encode(), dump, encrypted, key)
        encrypted.chmod(0o600)
        encrypted.rename(target)
    return target


def contents(held: psycopg.Connection[Any]) -> Contents:
    """How many rows each table has, and a sum over them."""
    found: Contents = {}
    tables = held.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename").fetchall()
    for (table,) in tables:
        asked = sql.SQL(
            "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM public.{} AS t"
        )
        found[table] = list(cast(tuple[Any, ...], held.execute(asked.format(sql.Identifier(table))).fetchone()))
    return found


def check(backup: Path, server: str, key: bytes, *, at: datetime) -> list[str]:
    """Restore a backup into a database of its own, compare every table with what was counted when it was made, and drop it again.

    Gives what differs, in words: nothing, where it can be restored. What was found is written beside the backup. Raises Refused where the
    file cannot be read with this key or was changed, ServerFailed where it cannot be restored.
    """
    name = f"sightline_check_{secrets.token_hex(6)}"
    try:
        made = restore(backup, server, key, name)
        with psycopg.connect(make_conninfo(server, dbname=name), options=_AS_WRITTEN) as held:
            differs = list(_compared(made["tables"], contents(held)))
    finally:
        with psycopg.connect(server, autocommit=True) as db:
            db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    rows = sum(count for count, _ in made["tables"].values())
    found = {"at": at.isoformat(), "made": made["at"], "tables": len(made["tables"]), "rows": rows, "differs": differs}
    backup.with_name(backup.name + CHECKED).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return differs


def restore(backup: Path, server: str, key: bytes, name: str) -> dict[str, Any]:
    """Restore a backup into a new database, and give what was written of it when it was made. Raises Refused where there is one of that name."""
    with tempfile.TemporaryDirectory(dir=backup.parent, prefix=".restoring-") as working:
        dump = Path(working) / "dump"
        said: dict[str, Any] = json.loads(_decrypt(backup, dump, key))
        if _digest(dump) != said["sha256"]:
            raise Refused(f"{backup.name} is not what was written.")
        with psycopg.connect(server, autocommit=True) as db:
            try:
                db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            except psycopg.errors.DuplicateDatabase as there:
                raise Refused(f"There is a database {name} already: nothing is ever restored over one.") from there
        _tool("pg_restore", make_conninfo(server, dbname=name), "--exit-on-error", str(dump))
    if said.get("mark"):
        with psycopg.connect(server, autocommit=True) as db:
            db.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(said["mark"])))
    return said


def _compared(before: Contents, after: Contents) -> Iterator[str]:
    for table in sorted(before.keys() | after.keys()):
        was, now = before.get(table), after.get(table)
        if was is None or now is None:
            yield f"{table}: {'not in the backup' if was is None else 'not restored'}"
        elif was != now:
            yield (
                f"{table}: {was[0]} rows when it was made, {now[0]} restored"
                if was[0] != now[0]
                else f"{table}: rows that differ"
            )


def _tool(name: str, database: str, *arguments: str) -> None:
    """One of PostgreSQL's own tools; a password goes by the environment, never on the command line."""
    said = conninfo_to_dict(database)
    secret = {"PGPASSWORD": str(said.pop("password"))} if "password" in said else {}
    command = [str(binaries() / name), f"--dbname={make_conninfo('', **said)}", *arguments]
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerFailed(f"{name} failed:\n{done.stderr[-2000:]}")


def _one(held: psycopg.Connection[Any], asked: str) -> Any:
    return cast(tuple[Any, ...], held.execute(asked.encode()).fetchone())[0]


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


# AES-256-GCM, a mebibyte at a time: each piece is bound to its place and to whether it is the last, so that none can be moved, or left off the end.


def _encrypt(head: bytes, content: Path, target: Path, key: bytes) -> None:
    with target.open("xb") as out, content.open("rb") as source:
        nonce = secrets.token_bytes(8)
        out.write(MAGIC + nonce)
        pieces, number = _pieces(head, source), 0
        piece: bytes | None = next(pieces)
        while piece is not None:
            following = next(pieces, None)
            mark = b"last" if following is None else b"more"
            sealed = AESGCM(key).encrypt(nonce + number.to_bytes(4, "big"), piece, mark)
            out.write(len(sealed).to_bytes(4, "big") + sealed)
            piece, number = following, number + 1


def _pieces(head: bytes, source: Any) -> Iterator[bytes]:
    """The head first, in a piece of its own."""
    yield head
    while piece := source.read(PIECE):
        yield piece


def _decrypt(backup: Path, target: Path, key: bytes) -> bytes:
    """The head; what follows it goes into `target`. Raises Refused for another key and for a file that was changed or cut short."""
    with backup.open("rb") as source, target.open("xb") as out:
        if source.read(len(MAGIC)) != MAGIC:
            raise Refused(f"{backup.name} is no backup of Sightline.")
        nonce, head, number, whole = source.read(8), b"", 0, False
        while length := source.read(4):
            sealed = source.read(int.from_bytes(length, "big"))
            piece, whole = _opened(AESGCM(key), nonce + number.to_bytes(4, "big"), sealed, backup.name)
            if number:
                out.write(piece)
            else:
                head = piece
            number += 1
        if not whole:
            raise Refused(f"{backup.name} is cut short.")
    return head


def _opened(cipher: AESGCM, nonce: bytes, sealed: bytes, name: str) -> tuple[bytes, bool]:
    for mark in (b"more", b"last"):
        try:
            return cipher.decrypt(nonce, sealed, mark), mark == b"last"
        except InvalidTag:
            continue
    raise Refused(f"{name} cannot be read with this key, or was changed.")


def newest(folder: Path) -> Path:
    """The newest backup in a folder. Raises Refused where there is none."""
    found = sorted(folder.glob("sightline-*.backup"))
    if not found:
        raise Refused(f"There is no backup in {folder}.")
    return found[-1]
