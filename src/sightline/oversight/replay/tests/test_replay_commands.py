"""The commands of replay: a case whose expectation is missed, a file that is no case, a person's own record, and changed limits."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sightline.access.models import AccessEntry
from sightline.access.viewer import Viewer
from sightline.alerts.models import Alert
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.oversight.replay.commands import backtest, replay
from sightline.people.anchors import anchored, identities_of

CALLED = datetime(2026, 3, 4, 18, 20, tzinfo=UTC)
CASE = """
id: T1
source: a test
kind: failure
title: a call to which nobody comes
people:
  child: {born: 2014-05-05, sex: F}
events:
  - {at: 2026-03-04 18:20:00, type: contact.received, source: command_and_control, people: {child: child},
     data: {graded: immediate, kind: assault}}
until: 2026-03-04 20:00:00
expect:
  - {alert: attendance_overdue, subject: child, by: %s, to: duty_inspector}
"""


def replayed(folder: Path, text: str, *options: str) -> Result:
    file = folder / "case.yaml"
    file.write_text(text)
    return CliRunner().invoke(replay, [str(file), *options])


@pytest.mark.parametrize(
    ("by", "status", "fared"), [("2026-03-04 18:35:00", 0, "met"), ("2026-03-04 18:34:00", 1, "late")]
)
def test_the_status_says_whether_every_expectation_holds(tmp_path: Path, by: str, status: int, fared: str) -> None:
    found = replayed(tmp_path, CASE % by, "--json")
    said = json.loads(found.output.splitlines()[-1])["summary"]
    assert (found.exit_code, said[fared], said["expected"]) == (status, 1, 1)


def test_an_alert_that_never_comes_is_missed(tmp_path: Path) -> None:
    found = replayed(tmp_path, (CASE % "2026-03-04 18:35:00").replace("graded: immediate", "graded: no_attendance"))
    assert found.exit_code == 1 and "MISSED  attendance_overdue about child" in found.output


def test_what_is_forbidden_and_raised_is_a_failure_too(tmp_path: Path) -> None:
    found = replayed(tmp_path, CASE % "2026-03-04 18:35:00" + "forbid: [attendance_overdue]\n")
    assert found.exit_code == 1 and "1 forbidden" in found.output


def test_a_file_that_is_no_case_is_named_with_line_and_field(tmp_path: Path) -> None:
    found = replayed(tmp_path, (CASE % "2026-03-04 18:35:00").replace("contact.received", "contact.imagined"))
    assert found.exit_code == 2 and "case.yaml:9: type:" in found.stderr


def entry(kind: str, at: datetime, child: str, data: dict[str, Any]) -> Entry:
    return Entry(kind=kind, source="command_and_control", ref=f"{kind}/{child}", at=at, extracted_at=at,
                 people={"child": (("command_and_control", child),)}, data=data)  # fmt: skip


def ledger() -> int:
    """Two calls to which nobody came for half an hour, an arrival elsewhere long before; gives the first child."""
    calls = [entry("contact.received", CALLED, c, {"graded": "immediate", "kind": "assault"}) for c in ("one", "two")]
    arrivals = [entry("attendance.arrived", CALLED + timedelta(minutes=30), c, {}) for c in ("one", "two")]
    elsewhere = entry("attendance.arrived", CALLED - timedelta(days=9), "three", {})
    for one in (elsewhere, *calls, *arrivals):
        record_many([one], Viewer(None, "", "", "", 0, None, one.at, "test"))
    return identities_of(anchored([("command_and_control", "one")], at=CALLED).values()).popitem()[1]


@pytest.mark.django_db
def test_a_person_is_replayed_from_their_own_record_and_nothing_is_changed() -> None:
    child = ledger()
    found = CliRunner().invoke(replay, ["--person", str(child), "--until", "2026-03-04 19:00:00"])
    (overdue,) = [line for line in found.output.splitlines() if "attendance_overdue" in line]
    assert found.exit_code == 0
    assert overdue.startswith(
        f"2026-03-04 18:35, until 2026-03-04 18:50  attendance_overdue  about {child}  to duty_inspector"
    )
    assert not Alert.objects.exists()
    assert AccessEntry.objects.filter(note=f"replay of {child}", people__contains=[child]).exists()


@pytest.mark.django_db
def test_what_is_not_yet_known_at_the_moment_is_not_seen() -> None:
    child = ledger()
    early = CliRunner().invoke(replay, ["--person", str(child), "--until", "2026-03-04 18:40:00"]).output
    assert "attendance_overdue" in early and ", until " not in early
    before = CliRunner().invoke(replay, ["--person", str(child), "--until", "2026-03-04 18:34:00"]).output
    assert "attendance_overdue" not in before


def test_a_person_and_files_are_not_replayed_together(tmp_path: Path) -> None:
    assert replayed(tmp_path, CASE % "2026-03-04 18:35:00", "--person", "1").exit_code == 2


def tried(folder: Path, rules: str) -> Result:
    file = folder / "rules.yaml"
    file.write_text(rules)
    return CliRunner().invoke(backtest, ["--rules", str(file), "--from", "2026-03-01", "--until", "2026-03-11"])


@pytest.mark.django_db
def test_a_changed_limit_is_told_with_what_it_would_have_raised(tmp_path: Path) -> None:
    ledger()
    found = tried(tmp_path, "- {limit: attendance.immediate, amount: 45, unit: minutes, from: 2020-01-01}\n")
    (row,) = [line.split() for line in found.stdout.splitlines() if "attendance_overdue" in line]
    assert found.exit_code == 0
    assert row == ["attendance_overdue", "to", "duty_inspector", "2", "0", "0.20", "0.00"]
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_limit_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = tried(tmp_path, "- {limit: attendance.imagined, amount: 45, unit: minutes}\n")
    assert found.exit_code == 2 and "rules.yaml:1: limit:" in found.stderr
