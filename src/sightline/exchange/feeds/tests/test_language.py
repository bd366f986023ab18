"""The mapping language: what it says, and every mistake in it found with its line before a file is opened."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.exchange.feeds.catalogue import every_mapping, feeds, read_mapping
from sightline.exchange.feeds.parsing import Around, Read, read_all
from sightline.exchange.feeds.shapes import Held
from sightline.exchange.feeds.written import BadMapping

START = """\
source: crime
agency: police
form: csv
files: ["crime*.csv"]
key: "{REF}"
updated: UPDATED
date_formats: ["%d/%m/%Y"]
moment_formats: ["%d/%m/%Y %H:%M"]
bools: {yes: [Y], no: [N], unknown: [U]}
columns:
  REF: {required: true}
  UPDATED: moment
  BORN: date
  WHEN: moment
  SAFE: bool
  GRADE: {codes: {"1": immediate, "2": priority, "9": null}}
  WARN: {type: list, separator: ";"}
  NAME: text
  KEY: text
  AGE: text
  CHILD1: text
  CHILD2: text
"""


def mapping(tmp_path: Path, more: str, start: str = START):
    path = tmp_path / "mapping.yaml"
    path.write_text(start + more)
    read_mapping.cache_clear()
    return read_mapping(path)


def read(tmp_path: Path, more: str, **cells: str) -> Read:
    feed = mapping(tmp_path, more)
    row = {"REF": "R1", "UPDATED": "02/03/2026 10:00", **cells}
    return Around(feed, list(row), Held(), None).parser().read(1, list(row.values()))


CALL = """\
people:
  child: {key: [KEY, "{REF}/child"], record: {full_name: NAME, born: BORN, born_or_age: AGE}, at: WHEN, when: NAME}
events:
  - event: contact.received
    at: WHEN
    people: {child: child}
    data: {graded: GRADE, told_child_is_safe: SAFE}
    note: ["Warnings: {WARN}", "Safe: {SAFE}"]
"""


def test_what_is_not_supplied_is_left_out_and_never_defaulted(tmp_path: Path) -> None:
    (call,) = read(tmp_path, CALL, WHEN="01/03/2026 09:30", GRADE="", SAFE="U").said
    assert call.data == {}
    assert (call.entry.note, call.entry.people) == ("", {})
    assert call.entry.ref == "R1/contact.received"
    assert call.entry.extracted_at == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    (call,) = read(tmp_path, CALL, WHEN="01/03/2026 09:30", GRADE="9").said
    assert call.data == {}, "a code that says not known is not supplied either"
    assert read(tmp_path, CALL, GRADE="1").said == (), "no date, no event"


def test_local_times_become_utc_and_days_stay_days(tmp_path: Path) -> None:
    said = read(tmp_path, CALL, WHEN="01/07/2026 09:30", NAME="Mo Hussein", BORN="14/06/2016").said
    assert said[1].entry.at == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert said[0].data == {"forenames": "Mo", "surname": "Hussein", "born": "2016-06-14"}
    more = "events:\n  - {event: assessment.started, at: BORN}\n"
    (started,) = read(tmp_path, more, BORN="14/06/2016").said
    assert (started.entry.precision, started.entry.at) == ("day", datetime(2016, 6, 13, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("age", "born"),
    [
        ("14/06/2016", {"born": "2016-06-14"}),
        ("ABOUT 9", {"born_text": "2016 to 2017: said to be “ABOUT 9”"}),
        ("not sure", {"born_text": "not sure"}),
    ],
)
def test_an_age_becomes_the_years_it_allows(tmp_path: Path, age: str, born: dict[str, str]) -> None:
    said = read(tmp_path, CALL, WHEN="01/07/2026 09:30", NAME="Mo", AGE=age).said
    assert said[0].data == {"forenames": "Mo"} | born
    assert said[0].entry.people == {"subject": (("crime", "R1/child"),)}


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"REF": ""}, "REF", "is missing"),
        ({"BORN": "31/02/2016"}, "BORN", "'31/02/2016' is no date"),
        ({"BORN": "2016-02-03"}, "BORN", "is not written as %d/%m/%Y"),
        ({"WHEN": "01/03/2026"}, "WHEN", "is not written as"),
        ({"GRADE": "7"}, "GRADE", "'7' is not among the codes 1, 2, 9"),
        ({"SAFE": "maybe"}, "SAFE", "is not among the codes"),
        ({"NAME": "a\x00b"}, "NAME", "NUL"),
        ({"UPDATED": ""}, "UPDATED", "say when it was extracted"),
    ],
)
def test_a_row_with_anything_wrong_says_which_field_and_why(
    tmp_path: Path, cells: dict[str, str], field: str, reason: str
) -> None:
    bad = read(tmp_path, CALL, **cells)
    assert bad.said == ()
    assert bad.field == field
    assert reason in bad.reason


def test_somebody_described_without_a_key_is_not_lost(tmp_path: Path) -> None:
    more = "people:\n  child: {key: KEY, record: {full_name: NAME}, at: WHEN}\n"
    bad = read(tmp_path, more, NAME="Mo", WHEN="01/03/2026 09:30")
    assert (bad.field, bad.said) == ("KEY", ())
    assert "describes a person" in bad.reason


def test_numbered_columns_and_lists_repeat(tmp_path: Path) -> None:
    more = """\
repeats:
  child:
    numbered: ["1", "2"]
    columns: {ID: {path: "CHILD{n}"}}
    people: {child: {key: ID}}
  warning:
    each: WARN
    codes: {VI: violent, DR: null}
    markers: [{marker: warning, of: child, at: WHEN}]
events:
  - {event: crime.recorded, at: WHEN, people: {child: child}}
"""
    start = START.replace("  CHILD1: text\n  CHILD2: text\n", "")
    row = {
        "REF": "R1",
        "UPDATED": "02/03/2026 10:00",
        "WHEN": "01/03/2026 09:30",
        "WARN": "VI; DR",
        "CHILD1": "A",
        "CHILD2": "B",
    }
    parser = Around(mapping(tmp_path, more, start), list(row), Held(), None).parser()
    crime, *markers = parser.read(1, list(row.values())).said
    assert crime.entry.people == {"child": (("crime", "A"), ("crime", "B"))}
    assert {m.entry.ref for m in markers} == {"marker/A/violent", "marker/B/violent"}


def test_conditions_and_recoding(tmp_path: Path) -> None:
    more = """\
events:
  - event: crime.recorded
    at: WHEN
    when: {GRADE: [immediate, priority], KEY: absent}
    unless: {SAFE: true}
    data: {child_is: {column: GRADE, codes: {immediate: victim}, otherwise: present}}
"""
    at = {"WHEN": "01/03/2026 09:30"}
    (said,) = read(tmp_path, more, GRADE="1", **at).said
    assert said.data == {"child_is": "victim"}
    assert read(tmp_path, more, GRADE="2", **at).said[0].data == {"child_is": "present"}
    for cells in ({"GRADE": "9"}, {"GRADE": "1", "KEY": "K"}, {"GRADE": "1", "SAFE": "Y"}):
        assert read(tmp_path, more, **cells, **at).said == ()


def test_a_marker_that_does_not_hold_is_cleared_and_one_not_supplied_says_nothing(tmp_path: Path) -> None:
    more = """\
people: {child: {key: KEY}}
markers: [{marker: {value: looked_after}, of: child, holds: SAFE, at: WHEN}]
"""
    at = {"KEY": "K", "WHEN": "01/03/2026 09:30"}
    said = {answer: read(tmp_path, more, SAFE=answer, **at).said for answer in "YNU"}
    assert [s.entry.kind for s in said["Y"]] == ["marker.set"]
    assert [s.entry.kind for s in said["N"]] == ["marker.cleared"]
    assert said["Y"][0].entry.ref == said["N"][0].entry.ref
    assert said["U"] == ()


def test_a_row_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    more = """\
events:
  - {event: crime.recorded, at: WHEN, ref: "x/{KEY}", data: {offence: NAME}}
  - {event: crime.recorded, at: WHEN, ref: "x/{NAME}", data: {offence: KEY}}
"""
    bad = read(tmp_path, more, WHEN="01/03/2026 09:30", KEY="same", NAME="same")
    assert len(bad.said) == 2, "the same thing said twice is one thing"
    more = more.replace('"x/{NAME}", data: {offence: KEY}', '"x/{NAME}"')
    bad = read(tmp_path, more, WHEN="01/03/2026 09:30", KEY="same", NAME="same")
    assert "says two different things of crime.recorded" in bad.reason


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("events:\n  - {event: crime.recordd, at: WHEN}\n", 24, "no slice declares an event called crime.recordd"),
        ("events:\n  - event: crime.recorded\n    at: WHEEN\n", 25, "there is no column WHEEN here"),
        (
            "events:\n  - event: crime.recorded\n    at: WHEN\n    data:\n      offense: NAME\n",
            27,
            "crime.recorded does not take",
        ),
        ("events:\n  - event: contact.received\n    at: WHEN\n    data: {graded: NAME}\n", 26, "text without codes"),
        ("events:\n  - event: contact.received\n    at: WHEN\n    people: {boss: x}\n", 26, "is not a role"),
        (
            "events:\n  - event: contact.received\n    at: WHEN\n    people: {child: x}\n",
            26,
            "there is no person called x",
        ),
        ("events:\n  - event: contact.received\n    att: WHEN\n", 25, "is not a word of the mapping language"),
        (
            "events:\n  - {event: crime.recorded, at: WHEN}\n  - {event: crime.recorded, at: BORN}\n",
            25,
            "give each its own",
        ),
        ("repeats:\n  x: {path: a/b}\n", 24, "needs a key"),
        ("key: again\n", 23, "stands twice"),
        ("stated: [NAME]\n", 23, "NAME is no column of dates"),
        ("events: [\n", 24, ""),
    ],
)
def test_mistakes_are_found_with_their_line(tmp_path: Path, more: str, line: int, words: str) -> None:
    with pytest.raises(BadMapping) as caught:
        mapping(tmp_path, more)
    said = [f for f in caught.value.faults if words in str(f)]
    assert [f.line for f in said] == [line], str(caught.value)


def test_a_source_outside_the_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMapping, match="line 1, source: fax is no record system that sends a feed"):
        mapping(tmp_path, "", START.replace("source: crime", "source: fax"))


def test_codes_stay_as_written(tmp_path: Path) -> None:
    codes = "{01: immediate, NO: priority, 1E5: scheduled}"
    more = f"events:\n  - {{event: contact.received, at: WHEN, data: {{graded: {{column: KEY, codes: {codes}}}}}}}\n"
    for code, grade in {"01": "immediate", "NO": "priority", "1E5": "scheduled"}.items():
        assert read(tmp_path, more, KEY=code, WHEN="01/03/2026 09:30").said[0].data == {"graded": grade}


@pytest.mark.requirement("JD-28")
def test_a_feed_is_a_folder_and_every_one_there_is_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(every_mapping()) >= 20
    (tmp_path / "fax").mkdir()
    (tmp_path / "fax" / "mapping.yaml").write_text(START)
    monkeypatch.setattr("sightline.exchange.feeds.catalogue.FEEDS", tmp_path)
    assert list(feeds()) == ["fax"], "a new folder is a new feed, and nothing else had to change"


def test_rows_read_in_another_process_say_the_same(tmp_path: Path) -> None:
    feed = mapping(tmp_path, CALL)
    good = {"REF": "R1", "UPDATED": "02/03/2026 10:00", "KEY": "A", "NAME": "Zoë\tByrne", "WHEN": "01/03/2026 09:30"}
    cells = [list(good.values()), list({**good, "WHEN": "soon"}.values())]
    around, rows = Around(feed, list(good), Held(), None), list(enumerate(cells, 1))
    here, there = ([read for batch in read_all(around, rows, workers=n) for read in batch] for n in (0, 1))
    assert there == here
    assert (len(here[0].said), here[1].field, here[1].raw) == (2, "WHEN", cells[1])
