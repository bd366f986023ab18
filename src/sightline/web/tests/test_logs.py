"""A fault is in the log, with its place, and nothing of anybody's."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.db import IntegrityError, connection, transaction

from sightline.web.logs import PlacesOnly


def _line() -> dict[str, str]:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "f", 1, "Internal Server Error: %s", ("/person/7/",), sys.exc_info()
    )
    return json.loads(PlacesOnly().format(record))


def test_a_fault_is_logged_when_nothing_else_listens() -> None:
    ours = [h for h in logging.getLogger().handlers if isinstance(h.formatter, PlacesOnly)]
    assert len(ours) == 1


@pytest.mark.django_db
def test_what_a_database_says_of_a_row_is_not_logged() -> None:
    # Of a table behind the second wall PostgreSQL says no row; of one about nobody it still does.
    insert = "INSERT INTO agencies_agency (key, name) VALUES ('k', 'Hussein')"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert)
    except IntegrityError as error:
        assert "Hussein" in str(error), "or this test shows nothing"
        line = _line()
    assert "Hussein" not in json.dumps(line)
    assert "IntegrityError" in line["fault"] and "test_logs.py" in line["fault"]
    assert line["event"] == "Internal Server Error: /person/7/"
