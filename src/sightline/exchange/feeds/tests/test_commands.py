"""`load` and `feed check` as typed at a terminal."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest
from click.testing import CliRunner

from sightline.exchange.feeds.catalogue import FEEDS
from sightline.exchange.feeds.commands import feed, load
from sightline.exchange.feeds.models import Load

pytestmark = pytest.mark.django_db
CENSUS = FEEDS / "cin_census" / "sample_2026.xml"


def run(command: object, *words: object) -> tuple[int, str]:
    done = CliRunner().invoke(command, [str(w) for w in words])  # type: ignore[arg-type]
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


@pytest.mark.requirement("JD-26")
def test_load_ends_with_a_table_that_adds_up() -> None:
    code, said = run(load, "cin_census", CENSUS)
    assert code == 0
    assert said.splitlines()[1].split() == ["sample_2026.xml", "4", "4", "0", "0", "0", "whole"]
    assert "referral.made" in said
    assert run(load, "cin_census", CENSUS)[1].splitlines()[1].split() == [
        "sample_2026.xml",
        "4",
        "0",
        "0",
        "4",
        "0",
        "whole",
    ]


def test_a_folder_is_told_by_file_names_and_columns(tmp_path: Path) -> None:
    copy(FEEDS / "ssda903" / "missing_sample.csv", tmp_path / "missing_return.csv")
    copy(FEEDS / "missing" / "sample.csv", tmp_path / "missing_2026-03.csv")
    (tmp_path / "truth.csv").write_text("a,b\n1,2\n")
    code, said = run(load, tmp_path)
    assert code == 0
    assert "no feed knows their names: truth.csv" in said
    assert set(Load.objects.values_list("source", "file")) == {
        ("ssda903", "missing_return.csv"),
        ("missing", "missing_2026-03.csv"),
    }


def test_check_spells_rows_out_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "clean_2026.xml"
    file.write_text(CENSUS.read_text().replace("2025-09-10", "2025-09-31"))
    code, said = run(feed, "check", "cin_census", file)
    assert code == 1
    assert "row 2: quarantined: clean_2026.xml, row 2, field CINreferralDate: '2025-09-31' is no date" in said
    assert "2025-05-29 plan.started child=330/SL0000000001 kind='child_protection' category='neglect'" in said
    assert "4 rows = 3 applied + 0 superseded + 0 unchanged + 1 quarantined" in said
    assert not Load.objects.exists()


def test_a_mapping_by_its_path_and_what_is_refused(tmp_path: Path) -> None:
    assert run(feed, "check", FEEDS / "cin_census" / "mapping.yaml", CENSUS)[0] == 0
    (tmp_path / "bad.yaml").write_text("source: crime\nform: cvs\n")
    for words, reason in {
        ("fax", CENSUS): "There is no feed called fax",
        ("ssda903", CENSUS): "fits none of the file names of ssda903",
        ("cin_census",): "Say which feed, then which files",
        (tmp_path / "bad.yaml", CENSUS): "line 2, form",
        ("cin_census", tmp_path / "nowhere.xml"): "nowhere.xml",
    }.items():
        code, said = run(load, *words)
        assert code != 0
        assert reason in said, (words, said)
    assert "is no moment" in run(load, "cin_census", CENSUS, "--extracted-at", "tomorrow")[1]


def test_the_feeds_there_are() -> None:
    assert run(feed, "list")[1].count("\n") >= 20
