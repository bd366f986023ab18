"""What is held under the refs of a batch is looked up by index, although a table that is being filled has no statistics yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from cast import NOW, feed_viewer
from sightline.chronology.record import record_many
from sightline.chronology.tests.extracts import DAY, said
from sightline.chronology.versions import held, said_before

pytestmark = pytest.mark.django_db


def test_no_table_is_read_whole_to_find_what_was_said_before() -> None:
    entries = [said(0, f"r{n}", "P1", "person.recorded", f"name{n}") for n in range(2000)]
    record_many(entries, feed_viewer())
    record_many([replace(e, extracted_at=e.extracted_at + DAY) for e in entries], feed_viewer())
    plans: list[str] = []

    def explained(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "chronology_event" in sql:
            with connection.connection.cursor() as beside:
                plans.extend(line for (line,) in beside.execute(f"EXPLAIN {sql}", params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        said_before([e.checked(asked=False) for e in entries], NOW)
        held({(e.source, e.ref) for e in entries})
    assert len([line for line in plans if "Index" in line and "chronology_event" in line]) >= 2, plans
    assert not [line for line in plans if "Seq Scan" in line], "\n".join(plans)
