"""All nine police feeds: each sample goes in whole, adds up, changes nothing the second time, and a bad row is named and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.chronology.models import Event
from sightline.exchange.feeds.catalogue import FEEDS, read_mapping
from sightline.exchange.feeds.tests.police_extracts import POLICE, altered, sample_of, take_in
from sightline.exchange.invented.layouts.catalogue import LAYOUTS
from sightline.people.models import SourceRecord

pytestmark = pytest.mark.django_db
ROWS = {
    "child_abuse": 15,
    "command_and_control": 18,
    "crime": 20,
    "custody": 13,
    "domestic_abuse": 15,
    "intelligence": 18,
    "mappa": 6,
    "missing": 17,
    "offender_management": 22,
}
BROKEN = [
    ("child_abuse", "18/02/2026 16:20", "31/02/2026 16:20", "OPENED", 13),
    ("command_and_control", ",SCH,NEGLECT,2,", ",SCH,NEGLECT,7,", "GRADE", 15),
    ("crime", "14/01/2026 10:05", "14-01-26 10:05", "RECORDED", 18),
    ("custody", "<BailRefusedGround>OWN<", "<BailRefusedGround>WHY<", "BailRefusedGround", 11),
    (
        "domestic_abuse",
        '"reportedAt": "2026-01-09T07:15:00Z"',
        '"reportedAt": "9 January"',
        "reportedAt",
        15,
    ),
    ("intelligence", '"kind": "DOG", "subject_nominal": null', '"kind": "CAT", "subject_nominal": null', "kind", 17),
    ("mappa", "MPA90010002,11-Feb-2025 14:00,MA90010002", "MPA90010002,11-Feb-2025 14:00,", "OFFENDER_ID", 4),
    ("missing", ",02/02/2026 17:30,Other,", ",02/02/2026 17:30,Nobody,", "found_by", 17),
    ("offender_management", "OME90010004,BREACH", "OME90010004,BROKE", "ENTRY_TYPE", 16),
]


def columns_named(system: str) -> set[str]:
    """Every column that the mapping reads or leaves aside on purpose."""
    feed = read_mapping(FEEDS / system / "mapping.yaml")
    named = {column.path or name for name, column in feed.columns.items()} | set(feed.ignored)
    for repeat in feed.repeats.values():
        for name, column in repeat.columns.items():
            named |= {(column.path or name).replace("{n}", number) for number in repeat.numbered}
    return named


@pytest.mark.parametrize("system", POLICE)
def test_every_column_of_the_contract_is_read(system: str) -> None:
    assert columns_named(system) == {column.name for column in LAYOUTS[system].columns}


@pytest.mark.parametrize("system", POLICE)
def test_the_sample_goes_in_whole_and_again_changes_nothing(system: str) -> None:
    first = take_in(system)
    assert (first.state, first.rows, first.applied, first.quarantined) == ("whole", ROWS[system], ROWS[system], 0)
    events, people = Event.objects.count(), SourceRecord.objects.count()
    assert {*Event.objects.values_list("source", flat=True)} == {system}
    assert {*SourceRecord.objects.values_list("source", flat=True)} == {system}
    again = take_in(system)
    assert (again.rows, again.unchanged, again.events) == (ROWS[system], ROWS[system], {})
    assert (Event.objects.count(), SourceRecord.objects.count()) == (events, people)


@pytest.mark.parametrize(("system", "old", "new", "field", "row"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_bad_row_is_named_and_the_others_go_in(
    system: str, old: str, new: str, field: str, row: int, tmp_path: Path
) -> None:
    file = altered(system, tmp_path, (old, new), name=f"{system}_broken{sample_of(system).suffix}")
    held = take_in(system, file)
    bad = held.quarantine.get()
    assert (bad.file, bad.row, bad.field) == (file.name, row, field)
    assert (held.rows, held.applied, held.quarantined) == (ROWS[system], ROWS[system] - 1, 1)
    rest = Event.objects.filter(source=system).count()
    take_in(system)
    assert Event.objects.filter(source=system).count() > rest
