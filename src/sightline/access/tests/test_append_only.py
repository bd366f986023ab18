"""What is written stays as it was written: the database refuses, whoever asks."""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from cast import write_person
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
