"""Columns as COPY takes them: what would end a column or a row is written so that it comes back as it was."""

from __future__ import annotations

import pytest
from django.db import connection

from sightline.kernel.lines import columns


@pytest.mark.django_db
def test_texts_come_back_from_the_database_as_they_were() -> None:
    texts = [("a\tb", "c\\d", "\\N"), ("plain", "", "two\nlines\r"), ("\\.", '{"x":"\\\\n"}', "é")]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE told (one text, two text, three text) ON COMMIT DROP")
        with cursor.copy("COPY told FROM STDIN") as copy:
            copy.write("".join(f"{columns(*row)}\n" for row in texts))
        cursor.execute("SELECT * FROM told")
        assert cursor.fetchall() == texts
