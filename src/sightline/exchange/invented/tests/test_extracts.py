"""The extracts keep their contract, and the truth speaks of exactly the records in them."""

import hashlib
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from sightline.exchange.invented.extracts import moment_text
from sightline.exchange.invented.invent import block_diary, invent
from sightline.exchange.invented.layouts.catalogue import LAYOUTS
from sightline.exchange.invented.layouts.columns import columns

SYSTEMS = sorted(LAYOUTS)
EVENTS_EXPECTED = {
    "command_and_control", "crime", "custody", "missing", "domestic_abuse", "child_abuse", "intelligence", "offender_management",
    "marac", "mappa", "social_care", "child_protection", "placements", "health", "education", "youth_offending", "probation", "prison",
}  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


def test_all_eighteen_systems_are_written(force):
    assert set(SYSTEMS) == EVENTS_EXPECTED
    for system in SYSTEMS:
        assert len(force.rows(system)) == force.done.rows[system] > 0, system


def test_two_runs_are_byte_identical_whatever_the_hash_seed(tmp_path):
    code = (
        "import sys; from pathlib import Path; from sightline.exchange.invented.invent import invent; "
        "invent(400, 3, Path(sys.argv[1]), deltas=1)"
    )
    found = []
    for hash_seed in ("0", "4242"):
        out = tmp_path / hash_seed
        source = str(Path(__file__).parents[4])
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": source}
        subprocess.run([sys.executable, "-c", code, str(out)], check=True, env=environment)
        found.append(digests(out))
    assert found[0] == found[1]
    assert len(found[0]) == 18 * 2 + 4


def test_another_seed_gives_other_people(tmp_path):
    invent(100, 1, tmp_path / "one")
    invent(100, 2, tmp_path / "two")
    first, second = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert first["truth/people.csv"] != second["truth/people.csv"]


def test_a_block_is_the_same_alone_as_among_others():
    alone = block_diary(2, 9, date(2026, 3, 31))
    block_diary(0, 9, date(2026, 3, 31))
    again = block_diary(2, 9, date(2026, 3, 31))
    assert [(row.key, row.updated) for row in alone.rows] == [(row.key, row.updated) for row in again.rows]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_cell_keeps_the_contract_of_its_column(force, system):
    layout = LAYOUTS[system]
    known = {column.name: column for column in layout.columns}
    keys = set()
    for row in force.rows(system):
        assert set(row) <= set(known)
        keys.add(row[layout.row_key])
        for name, value in row.items():
            column = known[name]
            if value in ("", None):
                continue
            if column.form.startswith("%") and not (column.part == "born" and len(str(value)) == 4):
                datetime.strptime(str(value), column.form)  # noqa: DTZ007 - raises where the cell does not fit
            elif column.form == "flag":
                assert value in (*layout.flags, True, False), (name, value)
            elif column.form == "list":
                assert not column.codes or set(str(value).split("; ")) <= set(column.codes), (name, value)
            elif column.form == "code":
                assert value in column.codes, (name, value)
            elif column.form == "number":
                assert int(str(value)) >= 0
    assert len(keys) == force.done.rows[system], "row keys must not repeat"


@pytest.mark.parametrize("system", SYSTEMS)
def test_histories_only_fill_columns_of_the_contract(system):
    known = {column.name for column in LAYOUTS[system].columns if not column.role}
    for number in (0, 1, 2, 3):
        for row in block_diary(number, 5, date(2026, 3, 31)).rows:
            if row.system == system:
                assert set(row.cells) <= known
                assert set(row.people) <= set(LAYOUTS[system].roles())


def test_truth_names_exactly_the_records_of_the_extracts(force):
    told = {(row["system"], row["record_key"]) for row in force.truth("records")}
    assert len(told) == len(force.truth("records")), "a record is of one person"
    found = set()
    for system, layout in LAYOUTS.items():
        names = [column.name for column in layout.columns if column.part == "key"]
        for day in ("2026-03-31", "2026-04-07"):
            for row in force.rows(system, day):
                found |= {(system, str(row[name])) for name in names if row.get(name)}
    assert told == found


def test_truth_files_fit_together(force):
    people = {row["person_id"] for row in force.truth("people")}
    homes = {row["household_id"] for row in force.truth("households")}
    assert len(people) == 3000 == force.done.people
    assert {row["person_id"] for row in force.truth("records")} <= people
    assert {row["household_id"] for row in force.truth("people")} - {""} <= homes
    for row in force.truth("relationships"):
        assert row["person_id"] in people and row["other_id"] in people and row["person_id"] != row["other_id"]


def test_nothing_is_dated_after_the_last_day(force):
    for system, layout in LAYOUTS.items():
        form = layout.column(layout.updated).form
        latest = max(datetime.strptime(str(row[layout.updated]), form) for row in force.rows(system))  # noqa: DTZ007
        assert latest < datetime(2026, 4, 1), system  # noqa: DTZ001


def test_later_extracts_supersede_rows_that_were_sent_before(force):
    changed = 0
    for system, layout in LAYOUTS.items():
        before = {row[layout.row_key]: row for row in force.rows(system)}
        for row in force.rows(system, "2026-04-07"):
            assert row[layout.row_key] in before
            changed += 1
    assert changed == sum(force.done.delta_rows.values()) > 20


def test_utc_columns_follow_summer_time():
    summer, winter = datetime(2025, 7, 1, 0, 30), datetime(2025, 12, 1, 0, 30)  # noqa: DTZ001
    assert moment_text(summer, "%Y-%m-%dT%H:%M:%SZ") == "2025-06-30T23:30:00Z"
    assert moment_text(winter, "%Y-%m-%dT%H:%M:%SZ") == "2025-12-01T00:30:00Z"


def test_a_table_of_columns_reads_codes_people_and_continued_lines():
    found = columns("""
        ID | key | number
        KIND | code | which | A=first
        + ; B
        @child key:C_ID born:C_DOB
    """)
    assert [column.name for column in found] == ["ID", "KIND", "C_ID", "C_DOB"]
    assert found[1].codes == {"A": "first", "B": "b"}
    assert (found[3].role, found[3].form) == ("child", "%d/%m/%Y")


def test_one_record_reads_alike_in_rows_of_one_day(force):
    """What a system holds of a person changes with the day, never with the row: else two rows of a day could not be ordered."""
    for system, layout in LAYOUTS.items():
        held: dict[tuple[object, ...], tuple[object, ...]] = {}
        for role in layout.roles() if layout.keeps_people else ():
            parts = [column.name for column in layout.columns if column.role == role and column.part != "age"]
            key = next(column.name for column in layout.columns if column.role == role and column.part == "key")
            for row in force.rows(system):
                if row.get(key):
                    mark = (role, row[key], str(row[layout.updated])[:11])
                    said = tuple(row.get(name) for name in parts)
                    assert held.setdefault(mark, said) == said, mark
