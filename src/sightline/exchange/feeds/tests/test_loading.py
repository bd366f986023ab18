"""A file taken in: every row counted once, the same file twice changes nothing, any order of files ends the same, and bad rows are named."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from cast import NOW, feed_viewer
from sightline.access.models import AccessEntry
from sightline.agencies.systems import SourceState, states
from sightline.chronology.models import Event
from sightline.chronology.tests.test_supersession import state
from sightline.exchange.feeds.catalogue import read_mapping
from sightline.exchange.feeds.mapping import Mapping
from sightline.exchange.feeds.models import Load, QuarantinedRow
from sightline.exchange.feeds.queries import foresee
from sightline.exchange.feeds.services import load
from sightline.people.models import SourceRecord

pytestmark = pytest.mark.django_db
WORDS = """\
source: missing
agency: police
form: csv
files: ["missing*.csv"]
key: "{ID}"
updated: UPDATED
stated: [REPORTED]
moment_formats: ["%Y-%m-%d %H:%M"]
columns:
  ID: {required: true}
  REPORTED: {type: moment, required: true}
  RISK: {codes: [low, medium, high]}
  FOUND: moment
  IN_CARE: {type: bool, codes: {Y: true, N: false}}
  PERSON: text
  FORENAMES: text
  SURNAME: text
  ADDRESS: text
  MOTHER: text
  UPDATED: moment
people:
  child: {key: PERSON, record: {forenames: FORENAMES, surname: SURNAME}, address: {lines: ADDRESS}}
  mother: {key: MOTHER}
relationships:
  - {subject: mother, is: {value: parent}, of: child}
markers:
  - {marker: {value: looked_after}, of: child, holds: IN_CARE}
events:
  - {event: missing.reported, at: REPORTED, people: {child: child}, data: {graded: RISK}}
  - {event: missing.returned, at: FOUND, recorded_at: UPDATED, people: {child: child}}
"""
COLUMNS = (
    "ID",
    "REPORTED",
    "RISK",
    "FOUND",
    "IN_CARE",
    "PERSON",
    "FORENAMES",
    "SURNAME",
    "ADDRESS",
    "MOTHER",
    "UPDATED",
)
E1 = ("E1", "2026-03-01 10:00", "low", "", "Y", "P1", "Mo", "Hussein", "4 Mill Lane", "M1", "2026-03-01 11:00")
E1_FOUND = (
    "E1",
    "2026-03-01 10:00",
    "medium",
    "2026-03-02 08:00",
    "Y",
    "P1",
    "Mo",
    "Hussain",
    "4 Mill Lane",
    "M1",
    "2026-03-02 09:00",
)
E2 = ("E2", "2026-03-03 20:00", "high", "", "N", "P1", "Mohammed", "Hussain", "9 Canal Row", "M1", "2026-03-03 21:00")
E2_WRONG = (
    "E2",
    "2026-03-03 20:00",
    "low",
    "2026-03-04 01:00",
    "N",
    "P1",
    "Mohammed",
    "Hussain",
    "9 Canal Row",
    "M1",
    "2026-03-04 02:00",
)
E2_BACK = (
    "E2",
    "2026-03-03 20:00",
    "high",
    "2026-03-04 01:00",
    "Y",
    "P1",
    "Mohammed",
    "Hussain",
    "9 Canal Row",
    "M1",
    "2026-03-05 02:00",
)
E3 = ("E3", "2026-03-03 21:00", "high", "", "", "P2", "Ada", "Byrne", "", "", "2026-03-03 22:00")


@pytest.fixture
def feed(tmp_path: Path) -> Mapping:
    (tmp_path / "mapping.yaml").write_text(WORDS)
    read_mapping.cache_clear()
    return read_mapping(tmp_path / "mapping.yaml")


def extract(tmp_path: Path, name: str, *rows: tuple[str, ...]) -> Path:
    file = tmp_path / f"{name}.csv"
    file.write_text("\n".join(",".join(cells) for cells in (COLUMNS, *rows)) + "\n")
    return file


def counts(done: Load) -> tuple[int, int, int, int, int]:
    assert done.rows == done.applied + done.superseded + done.unchanged + done.quarantined
    return (done.rows, done.applied, done.superseded, done.unchanged, done.quarantined)


@pytest.mark.requirement("JD-26")
def test_every_row_is_counted_once_and_the_file_again_changes_nothing(feed: Mapping, tmp_path: Path) -> None:
    bad = ("E9", "yesterday", *E1[2:])
    first = extract(tmp_path, "first", E1, E3, bad, E1)
    assert counts(load(feed, first, feed_viewer(), workers=0)) == (4, 2, 0, 1, 1)
    before, events = state(), Event.objects.count()
    assert counts(load(feed, first, feed_viewer(at=NOW + timedelta(days=1)), workers=0)) == (4, 0, 0, 3, 1)
    assert (state(), Event.objects.count()) == (before, events)
    assert counts(load(feed, extract(tmp_path, "second", E1_FOUND, E2), feed_viewer(), workers=0)) == (2, 1, 1, 0, 0)
    assert counts(load(feed, extract(tmp_path, "late", E1), feed_viewer(), workers=0)) == (1, 0, 0, 1, 0)


@pytest.mark.requirement("JD-26")
def test_a_bad_row_is_quarantined_whole_with_where_and_why(feed: Mapping, tmp_path: Path) -> None:
    bad = ("E9", "2026-03-01 10:00", "huge", "", "Y", "P9", "Zed", "Zane", "1 High Street", "M9", "2026-03-01 11:00")
    held = load(feed, extract(tmp_path, "missing_mixed", E1, bad, E3), feed_viewer(), workers=0)
    row = held.quarantine.get()
    assert (row.file, row.row, row.field) == ("missing_mixed.csv", 2, "RISK")
    assert row.reason == "'huge' is not among the codes low, medium, high"
    assert "Zane" in row.raw
    assert not SourceRecord.objects.filter(key__in=["P9", "M9"]).exists(), "nothing of a bad row is taken"
    assert (counts(held), held.state) == ((3, 2, 0, 0, 1), "whole")


@pytest.mark.requirement("JD-26", "IS-11")
def test_any_order_of_files_ends_the_same(feed: Mapping, tmp_path: Path) -> None:
    files = [
        extract(tmp_path, "one", E1), extract(tmp_path, "two", E1_FOUND, E2, E3),
        extract(tmp_path, "three", E2_WRONG), extract(tmp_path, "four", E1_FOUND, E2_BACK),
    ]  # fmt: skip
    ended = []
    for order in list(permutations(files))[::3]:  # each file first, each last: a third of the orders
        with transaction.atomic():
            for file in order:
                load(feed, file, feed_viewer(), workers=0)
            ended.append(state())
            transaction.set_rollback(True)
    assert all(after == ended[0] for after in ended)
    current = {row[1]: row[5] for row in ended[0]["events"]}
    assert '"graded": "high"' in str(current["E2/missing.reported"]), (
        "high, low, high again: the last extract stands in every order"
    )
    assert [row[2:4] for row in ended[0]["people"] if row[1] == "P1"] == [("Mohammed", "Hussain")]
    assert [(row[2], row[3]) for row in ended[0]["markers"]] == [("looked_after", True)]
    assert {row[2] for row in ended[0]["addresses"]} == {"4 Mill Lane", "9 Canal Row"}, "an old address is kept"


@pytest.mark.requirement("IS-11")
def test_what_was_replaced_is_kept_and_does_not_stand(feed: Mapping, tmp_path: Path) -> None:
    for number, rows in enumerate((E1, E1_FOUND)):
        load(feed, extract(tmp_path, f"x{number}", rows), feed_viewer(), workers=0)
    versions = Event.objects.filter(ref="E1/missing.reported").order_by("extracted_at")
    assert [v.data for v in versions] == [{"graded": "low"}, {"graded": "medium"}]
    assert [hasattr(v, "superseded") for v in versions] == [True, False]


@pytest.mark.requirement("IS-17")
def test_when_it_happened_when_it_was_learnt_and_when_it_came_are_three_times(feed: Mapping, tmp_path: Path) -> None:
    load(feed, extract(tmp_path, "x", E1_FOUND), feed_viewer(), workers=0)
    back = Event.objects.get(kind="missing.returned")
    assert [f"{t:%d %H:%M}" for t in (back.at, back.recorded_at, back.received_at)] == [
        "02 08:00",
        "02 09:00",
        f"{NOW:%d %H:%M}",
    ]


def test_two_versions_of_one_date_are_quarantined_and_the_same_one_stands(feed: Mapping, tmp_path: Path) -> None:
    other = (*E1[:2], "high", *E1[3:])
    ended = []
    for order in ((E1, other), (other, E1)):
        with transaction.atomic():
            done = [
                load(feed, extract(tmp_path, f"x{n}", row), feed_viewer(), workers=0) for n, row in enumerate(order)
            ]
            ended.append((state(), [counts(d) for d in done], done[1].quarantine.get().reason))
            again = [
                load(feed, extract(tmp_path, f"x{n}", row), feed_viewer(), workers=0) for n, row in enumerate(order)
            ]
            assert {d.applied + d.superseded for d in again} == {0}
            assert state() == ended[-1][0]
            transaction.set_rollback(True)
    assert ended[0][0] == ended[1][0]
    assert [e[1] for e in ended] == [[(1, 1, 0, 0, 0), (1, 0, 0, 0, 1)]] * 2, "whichever comes later cannot be ordered"
    assert all("cannot be ordered" in e[2] for e in ended)


def test_a_file_that_breaks_off_is_taken_to_the_break_and_its_source_is_down(feed: Mapping, tmp_path: Path) -> None:
    file = extract(tmp_path, "cut", E1, E3)
    file.write_text(file.read_text().rstrip("\n").replace("Ada", '"Ada'))
    held = load(feed, file, feed_viewer(), workers=0)
    assert (counts(held), held.state) == ((2, 1, 0, 0, 1), "broken")
    assert QuarantinedRow.objects.get().row == 2
    down = states(as_of=NOW)["missing"]
    assert down.state is SourceState.DOWN
    load(feed, extract(tmp_path, "whole", E1, E3), feed_viewer(at=NOW + timedelta(hours=1)), workers=0)
    answered = states(as_of=NOW + timedelta(hours=2))["missing"]
    assert answered.state is not SourceState.DOWN
    assert answered.heard_at is not None
    assert f"{answered.heard_at:%Y-%m-%d %H:%M}" == "2026-03-03 22:00", "as new as its newest row"


def test_a_file_that_cannot_be_taken_at_all_is_refused_by_name(feed: Mapping, tmp_path: Path) -> None:
    file = extract(tmp_path, "odd", E1)
    file.write_text(file.read_text().replace("RISK", "RISKY"))
    held = load(feed, file, feed_viewer(), workers=0)
    assert (held.state, held.reason) == ("refused", "odd.csv, field RISKY: is not in the mapping")
    assert counts(held) == (0, 0, 0, 0, 0)
    assert states(as_of=NOW)["missing"].state is SourceState.DOWN


def test_checking_says_what_loading_does_and_writes_nothing(feed: Mapping, tmp_path: Path) -> None:
    load(feed, extract(tmp_path, "x", E1, E3), feed_viewer(), workers=0)
    before = (Event.objects.count(), AccessEntry.objects.count(), Load.objects.count())
    file = extract(tmp_path, "y", E1_FOUND, E3, E2, ("", *E2[1:]), E2)
    foreseen = [str(o.outcome) for o in foresee(feed, file, at=NOW)]
    assert foreseen == ["superseded", "unchanged", "applied", "quarantined", "unchanged"]
    assert (Event.objects.count(), AccessEntry.objects.count(), Load.objects.count()) == before
    assert counts(load(feed, file, feed_viewer(), workers=0)) == (5, 1, 1, 2, 1)


def test_other_processes_read_the_same(feed: Mapping, tmp_path: Path) -> None:
    file = extract(tmp_path, "x", E1, E3, ("E9", "never", *E1[2:]), E2)
    with transaction.atomic():
        alone = (counts(load(feed, file, feed_viewer(), workers=0)), state())
        transaction.set_rollback(True)
    assert (counts(load(feed, file, feed_viewer(), workers=1)), state()) == alone


def test_the_people_of_each_batch_are_in_the_access_log(feed: Mapping, tmp_path: Path) -> None:
    load(feed, extract(tmp_path, "x", E1), feed_viewer(), workers=0)
    entry = AccessEntry.objects.latest("id")
    assert (entry.action, len(entry.people)) == ("collection", 2)
    assert "missing.reported" in entry.fields
    assert "Hussein" not in f"{entry.note}{entry.fields}{entry.reason}"


def test_counts_that_do_not_add_up_cannot_be_stored() -> None:
    with pytest.raises(IntegrityError, match="load_adds_up"), transaction.atomic():
        Load.objects.create(source="missing", file="x", digest="", begun_at=NOW, by="x", rows=2, applied=1)
