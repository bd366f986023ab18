"""The partners' feeds as a whole: every sample taken in, twice; what is wrong named; no key of one system used in another."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.chronology.models import Event
from sightline.exchange.feeds.catalogue import FEEDS, read_mapping
from sightline.exchange.feeds.models import QuarantinedRow
from sightline.exchange.feeds.tests.police_extracts import altered, sample_of, take_in
from sightline.exchange.invented.layouts.catalogue import LAYOUTS
from sightline.people.models import SourceRecord

PARTNERS = (
    *("marac", "social_care", "child_protection", "placements", "health", "education", "youth_offending"),
    *("probation", "prison"),
)


@pytest.mark.parametrize("system", PARTNERS)
@pytest.mark.django_db
def test_a_sample_is_taken_in_whole_and_changes_nothing_the_second_time(system: str) -> None:
    first = take_in(system)
    assert (first.state, first.quarantined) == ("whole", 0)
    assert first.rows == first.applied + first.superseded >= 16
    events = Event.objects.count()
    again = take_in(system)
    assert (again.rows, again.unchanged) == (first.rows, first.rows)
    assert Event.objects.count() == events


@pytest.mark.parametrize("system", PARTNERS)
@pytest.mark.django_db
def test_every_row_says_something_of_its_own(system: str) -> None:
    load = take_in(system)
    about_people = ("person", "address", "relationship", "marker")
    parts = 2 if system == "education" else 1  # how many slashes the row's own key goes to
    refs = [ref.split("/") for ref in Event.objects.filter(source=system).values_list("ref", flat=True)]
    rows = {tuple(ref[:parts]) for ref in refs if ref[0] not in about_people}
    assert len(rows) == load.rows


@pytest.mark.parametrize("system", PARTNERS)
def test_every_column_of_the_extract_is_mapped_or_known_to_be_ignored(system: str) -> None:
    feed = read_mapping(FEEDS / system / "mapping.yaml")
    mapped = {column.path or name for name, column in feed.columns.items()} | {*feed.ignored}
    for repeat in feed.repeats.values():
        mapped |= {c.path.replace("{n}", n) for c in repeat.columns.values() for n in repeat.numbered}
    assert mapped == {column.name for column in LAYOUTS[system].columns}


WRONG = [
    ("marac", "12-Feb-2026 10:30", "31-Feb-2026 10:30", 25, "MEETING", "31-Feb-2026 10:30"),
    ("social_care", '"not_safe", "person_id": "90000021"', '"perhaps", "person_id": "90000021"', 14, "consent", "not among the codes"),
    ("child_protection", "<ConferenceDate>2026-03-16<", "<ConferenceDate>2026-13-16<", 16, "ConferenceDate", "2026-13-16"),
    ("placements", "05/03/2026,05/03/2026,K1", "05/03/2026,05/03/2026,Z9", 28, "PLACE", "'Z9' is not among the codes"),
    ("health", "14/02/2026 21:40", "14/02/2026 25:40", 25, "contact_at", "14/02/2026 25:40"),
    ("education", "9000003/202601,,PU90000003", "9000003/202601,,", 26, "PupilID", "is missing"),
    ("youth_offending", "DTO,02-Feb-2026", "LIFE,02-Feb-2026", 25, "disposal", "'LIFE' is not among the codes"),
    ("probation", "2025-10-01,2026-09-30", "2025-10-01,2026-09-31", 25, "END_DATE", "2026-09-31"),
    ("prison", "2025-08-04T16:20:00", "04/08/2025", 25, "MOVED_AT", "04/08/2025"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "right", "wrong", "row", "field", "why"), WRONG, ids=[w[0] for w in WRONG])
@pytest.mark.django_db
def test_a_broken_row_is_quarantined_by_file_row_and_field_and_the_rest_is_taken(
    tmp_path: Path, system: str, right: str, wrong: str, row: int, field: str, why: str
) -> None:
    load = take_in(system, altered(system, tmp_path, (right, wrong)))
    (held,) = QuarantinedRow.objects.filter(load=load)
    assert (held.file, held.row, held.field) == (f"{system}_altered{sample_of(system).suffix}", row, field)
    assert why in held.reason
    assert load.rows == load.applied + load.superseded + load.unchanged + 1
    assert load.applied > load.rows // 2


@pytest.mark.django_db
def test_a_column_that_the_mapping_does_not_know_is_refused_by_name(tmp_path: Path) -> None:
    load = take_in("probation", altered("probation", tmp_path, ("OBJECTIVE", "AIM")))
    assert load.state == "refused"
    assert "AIM" in load.reason
    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_no_partner_uses_another_systems_key_of_a_person() -> None:
    for system in PARTNERS:
        take_in(system)
    keys = [record.key for record in SourceRecord.objects.all()]
    assert len(keys) == len(set(keys)) > 300
    assert {*SourceRecord.objects.values_list("source", flat=True)} == {*PARTNERS}
