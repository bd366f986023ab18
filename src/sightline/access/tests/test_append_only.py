"""What is written stays as it was written: the database refuses, whoever asks."""

from __future__ import annotations

from importlib import import_module

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from cast import write_person
from sightline.kernel.append_only import forbid_changes
from sightline.kernel.postgres import APP

pytestmark = pytest.mark.django_db
TABLES = ("chronology_event", "chronology_eventperson", "access_accessentry")


def refused(statement: str, *, role: str | None) -> str:
    with pytest.raises(ProgrammingError) as error, transaction.atomic(), connection.cursor() as cursor:
        if role:
            cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(statement)
    assert isinstance(error.value.__cause__, psycopg.errors.InsufficientPrivilege)
    return str(error.value)


@pytest.mark.requirement("IS-11", "IS-03")
@pytest.mark.parametrize("role", [APP, None], ids=["app", "owner"])
@pytest.mark.parametrize("table", TABLES)
def test_nothing_written_is_changed_or_removed(table: str, role: str | None) -> None:
    write_person("crime", "N1", forenames="Ada", surname="Byrne")
    column = "record_id" if table == "chronology_eventperson" else "id"
    refused(f"UPDATE {table} SET {column} = {column}", role=role)
    refused(f"DELETE FROM {table}", role=role)


@pytest.mark.requirement("IS-11", "IS-03")
@pytest.mark.parametrize("table", TABLES)
def test_the_app_may_not_empty_a_table(table: str) -> None:
    refused(f"TRUNCATE {table} CASCADE", role=APP)


@pytest.mark.requirement("IS-11", "IS-03")
def test_not_even_the_owner_empties_a_table_that_only_grows() -> None:
    """On a table of its own: in the test database the others have lost that trigger, so that they can be flushed."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE only_grows (id int); INSERT INTO only_grows VALUES (1)")
        cursor.execute(forbid_changes("only_grows"))
    for statement in ("TRUNCATE only_grows", "DELETE FROM only_grows", "UPDATE only_grows SET id = 2"):
        refused(statement, role=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM only_grows")
        assert cursor.fetchall() == [(1,)]


@pytest.mark.requirement("IS-11")
def test_every_table_that_only_grows_is_guarded_by_its_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [r"%\_append\_only"])
        guarded = {table for (table,) in cursor.fetchall()}
    assert guarded >= set(TABLES)
    for migration in ("chronology", "access"):
        module = import_module(f"sightline.{migration}.migrations.0002_append_only")
        assert all("BEFORE TRUNCATE" in operation.sql for operation in module.Migration.operations)


def test_the_app_cannot_pretend_to_be_erasing() -> None:
    write_person("crime", "N1", forenames="Ada", surname="Byrne")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL sightline.erasing = 'on'")
    refused("DELETE FROM chronology_eventperson", role=APP)


def test_the_owner_erases_only_after_saying_so() -> None:
    write_person("crime", "N1", forenames="Ada", surname="Byrne")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL sightline.erasing = 'on'")
        cursor.execute("DELETE FROM chronology_eventperson")
        assert cursor.rowcount == 1
