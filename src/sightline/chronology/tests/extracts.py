"""Rows of extracts for the tests of what stands, drawn at random, and the state they leave, without internal ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from hypothesis import strategies as st

from cast import entry
from sightline.chronology.entries import Entry

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(cursor.fetchall(), key=repr)


def state() -> dict[str, list[tuple[object, ...]]]:
    """What is compared: current events, standing facts, addresses, people's descriptions and who is linked; without internal ids."""
    who = (
        "(SELECT string_agg(r.source || '/' || r.key || ':' || p.role, ',' ORDER BY r.source, r.key, p.role)"
        " FROM chronology_eventperson p JOIN people_sourcerecord r ON r.id = p.record_id WHERE p.event_id = e.id)"
    )
    return {
        "events": rows(
            f"SELECT e.source, e.ref, e.kind, e.at, e.recorded_at, e.data::text, e.place, {who} FROM chronology_event e"
            " WHERE NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = e.id)"
        ),
        "markers": rows(
            "SELECT m.source, r.key, m.kind, m.holds, m.detail, m.since, m.until, m.premises_id"
            " FROM people_marker m LEFT JOIN people_sourcerecord r ON r.id = m.record_id"
        ),
        "people": rows("SELECT source, key, forenames, surname, born, sex, details::text FROM people_sourcerecord"),
        "addresses": rows(
            "SELECT r.source, r.key, a.lines, a.since, a.until FROM people_address a JOIN people_sourcerecord r ON r.id = a.record_id"
        ),
        "links": rows(
            "SELECT string_agg(r.source || '/' || r.key, ',' ORDER BY r.source, r.key)"
            " FROM people_link l JOIN people_sourcerecord r ON r.id = l.record_id WHERE l.until_at IS NULL GROUP BY l.identity_id"
        ),
        "keys": rows(
            "SELECT r.source, r.key, k.key FROM people_matchkey k JOIN people_sourcerecord r ON r.id = k.record_id"
        ),
    }


def said(day: int, ref: str, person: str, what: str, content: str) -> Entry:
    """One row of an extract of that day."""
    data = {
        "person.recorded": {"forenames": content, "surname": "Byrne"},
        "marker.set": {"kind": "violent", "detail": content},
        "address.recorded": {"lines": f"{content} Mill Lane", "postcode": "ZS5 7AB", "kind": "home"},
    }[what]
    about = {"subject": [("crime", person)]}
    return entry(what, about, source="crime", ref=ref, at=START, extracted_at=START + day * DAY, data=data)


rows_of_extracts = st.builds(
    said,
    day=st.integers(0, 3),
    ref=st.sampled_from(["R1", "R2"]),
    person=st.sampled_from(["P1", "P2"]),
    what=st.sampled_from(["person.recorded", "marker.set", "address.recorded"]),
    content=st.sampled_from(["Ann", "Bea", "Cyd"]),
)
