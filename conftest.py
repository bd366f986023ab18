"""The embedded server for every test, under tests/ and in the slices alike, and the standing cast."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.models.signals import pre_migrate
from psycopg import sql

from sightline.kernel.postgres import APP

pytest_plugins = ["cast"]
_TEST_DATABASE = "sightline_test_"
_RIGHTS = (("SELECT, INSERT, UPDATE, DELETE", "TABLES"), ("USAGE, SELECT", "SEQUENCES"), ("EXECUTE", "FUNCTIONS"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The embedded server runs before the test database is made; databases of runs that died are dropped."""
    if settings.EMBEDDED:
        settings.SERVER.ensure()
        _drop_left_over(settings.SERVER.conninfo("postgres", "postgres"))


def _drop_left_over(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as db:
        for (name,) in db.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_TEST_DATABASE}%"]
        ).fetchall():
            pid = name.removeprefix(_TEST_DATABASE)
            if pid.isdigit() and int(pid) != os.getpid() and not Path(f"/proc/{pid}").exists():
                db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _app_serves(**_: object) -> None:
    """The app role gets in the test database what `prepare` gives it in the real one, before any table is made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP])
        if cursor.fetchone():
            for rights, things in (
                ("SELECT, INSERT, UPDATE, DELETE", "TABLES"),
                ("USAGE, SELECT", "SEQUENCES"),
                ("EXECUTE", "FUNCTIONS"),
            ):
                cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {things} TO {APP}")


@pytest.fixture(scope="session", autouse=True)
def _grants() -> Iterator[None]:
    pre_migrate.connect(_app_serves, dispatch_uid="app_serves")
    yield
    pre_migrate.disconnect(dispatch_uid="app_serves")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:  # noqa: ARG001
    """Transactional tests flush with TRUNCATE: in the test database those triggers go, and only those."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [r"%\_no\_truncate"]
        )
        for trigger, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{trigger}" ON {table}')
