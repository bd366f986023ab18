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

from sightline.access.wall import building
from sightline.kernel.postgres import APP, SERVES, WORK
from sightline.web import walling

pytest_plugins = ["cast", "mutants.plugin"]
_TEST_DATABASE = "sightline_test_"


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
            pid = name.removeprefix(_TEST_DATABASE).split("_")[0]  # of several processes each has a database
            if pid.isdigit() and int(pid) != os.getpid() and not Path(f"/proc/{pid}").exists():
                db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _app_serves(**_: object) -> None:
    """The run-time roles get in the test database what `prepare` gives them in the real one, before any table is made."""
    building.take_down()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[APP, WORK]])
        for (role,) in cursor.fetchall():
            for rights, things in SERVES:
                cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {things} TO {role}")


@pytest.fixture(scope="session", autouse=True)
def _grants() -> Iterator[None]:
    pre_migrate.connect(_app_serves, dispatch_uid="app_serves")
    yield
    pre_migrate.disconnect(dispatch_uid="app_serves")
    if settings.EMBEDDED and "SIGHTLINE_SERVER" in os.environ:
        settings.SERVER.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:  # noqa: ARG001
    """Transactional tests flush with TRUNCATE: in the test database those triggers go, and only those. Requests stand behind the second wall."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        walling.build()
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [r"%\_no\_truncate"]
        )
        for trigger, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{trigger}" ON {table}')


@pytest.fixture(autouse=True)
def _no_jobs_left(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """A transactional test commits the jobs that it asks for, and the flush after it knows nothing of their tables."""
    yield
    mark = request.node.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction")
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs")
