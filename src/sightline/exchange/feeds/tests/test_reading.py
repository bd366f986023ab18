"""Files read row by row: three forms, and what happens to those that break off, hold more than they should, or mean harm."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.exchange.feeds.catalogue import read_mapping
from sightline.exchange.feeds.parsing import Read
from sightline.exchange.feeds.services import read_rows
from sightline.kernel.errors import BadInput

WORDS = """\
source: missing
files: ["*"]
key: "{id}"
undated: true
columns:
  id: {required: true}
  at: {type: date, formats: ["%Y-%m-%d"]}
  name: text
events:
  - {event: missing.reported, at: at, data: {circumstances: name}}
"""
_HEADER = "row: File/Rows/Row\nheader: {columns: {made: {path: Header/Made, type: date}}}\nextracted: {header: made}\n"
_STOPS = """\
repeats:
  stop:
    path: stops/stop
    key: '{day}'
    columns: {day: date}
    events: [{event: missing.enquiry, at: day, data: {result: name}}]
"""
NESTED = WORDS.replace("columns:\n", f"{_HEADER}columns:\n").replace("events:", f"{_STOPS}events:")


def rows_of(tmp_path: Path, form: str, content: str | bytes, words: str = WORDS) -> tuple[list[Read], str]:
    path, file = tmp_path / "mapping.yaml", tmp_path / f"extract.{form}"
    path.write_text(f"form: {form}\n{words}")
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    read_mapping.cache_clear()
    found: list[Read] = []
    try:
        for rows in read_rows(read_mapping(path), file, extracted_at=None, workers=0):
            found += rows
    except BadInput as fault:
        return found, str(fault)
    return found, ""


def faults(rows: list[Read]) -> list[tuple[int, str, str]]:
    return [(r.row, r.field, r.reason) for r in rows if r.reason]


def test_csv_with_a_mark_quotes_and_lines_in_a_cell(tmp_path: Path) -> None:
    rows, broken = rows_of(tmp_path, "csv", '\ufeffid,at,name\n1,2026-03-01,"by the window,\nin ""pyjamas"""\n')
    assert (broken, faults(rows)) == ("", [])
    assert rows[0].said[0].data == {"circumstances": 'by the window,\nin "pyjamas"'}


def test_csv_columns_that_are_not_known_or_stand_twice_or_lack(tmp_path: Path) -> None:
    assert (
        rows_of(tmp_path, "csv", "id,at,mood\n1,2026-03-01,x\n")[1] == "extract.csv, field mood: is not in the mapping"
    )
    assert "field at: stands twice" in rows_of(tmp_path, "csv", "id,at,at\n1,,\n")[1]
    assert "field id: is not in the first line" in rows_of(tmp_path, "csv", "at,name\n2026-03-01,\n")[1]
    assert "is empty" in rows_of(tmp_path, "csv", "")[1]


def test_csv_rows_too_short_or_long_and_a_quote_never_closed(tmp_path: Path) -> None:
    rows, broken = rows_of(tmp_path, "csv", "id,at,name\n1,2026-03-01\n2,2026-03-01,x,y\n3,2026-03-01,x\n")
    assert [r[0] for r in faults(rows)] == [1, 2]
    assert "has 2 cells where the first line has 3" in faults(rows)[0][2]
    rows, broken = rows_of(tmp_path, "csv", 'id,at,name\n1,2026-03-01,x\n2,2026-03-01,"x\n')
    assert len(rows) == 1
    assert broken.startswith("extract.csv, row 2: cannot be read on")
    rows, broken = rows_of(tmp_path, "csv", b"id,at,name\n1,2026-03-01,x\n2,2026-03-01,\xff\xfe\n")
    assert "cannot be read on" in broken


def test_json_lines_nested_and_wrong(tmp_path: Path) -> None:
    words = NESTED.replace(_HEADER, "")
    good = (
        '{"id": 1, "at": "2026-03-01", "name": null, "stops": {"stop": [{"day": "2026-03-02"}, {"day": "2026-03-03"}]}}'
    )
    rows, broken = rows_of(
        tmp_path, "jsonl", f'{good}\n{{"id": 2, "mood": 1}}\n{{"id": 3, "id": 4}}\n[]\nnot json\n', words
    )
    assert broken == ""
    assert [s.entry.ref for s in rows[0].said] == [
        "1/missing.reported",
        "1/2026-03-02/missing.enquiry",
        "1/2026-03-03/missing.enquiry",
    ]
    assert [(row, field) for row, field, _ in faults(rows)] == [(2, "mood"), (3, "id"), (4, ""), (5, "")]
    rows, broken = rows_of(tmp_path, "jsonl", f'{good}\n{{"id": 2, "at', words)
    assert (len(rows), broken) == (1, "extract.jsonl, row 2: breaks off in the middle of a line")


XML = """<File><Header><Made>2026-03-31</Made></Header><Rows>
<Row><id>1</id><at>2026-03-01</at><stops><stop><day>2026-03-02</day></stop></stops></Row>
<Row><id>2</id><at>2026-03-01</at></Row></Rows></File>"""


def test_xml_rows_know_the_header_and_what_is_nested(tmp_path: Path) -> None:
    rows, broken = rows_of(tmp_path, "xml", XML, NESTED)
    assert (broken, faults(rows)) == ("", [])
    assert [s.entry.ref for r in rows for s in r.said] == [
        "1/missing.reported",
        "1/2026-03-02/missing.enquiry",
        "2/missing.reported",
    ]
    assert rows[0].said[0].entry.extracted_at == datetime(2026, 3, 30, 23, tzinfo=UTC)
    rows, broken = rows_of(tmp_path, "xml", XML.replace("<File>", '<File xmlns="urn:x">'), NESTED)
    assert (broken, faults(rows), len(rows)) == ("", [], 2)


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("<id>1</id>", "<id>1</id><mood/>", "mood", "is not in the mapping"),
        ("<day>2026", "<hour>9</hour><day>2026", "hour", "is not in the mapping"),
        ("<id>1</id>", "<id>1</id><id>9</id>", "id", "stands more than once"),
        ("<id>1</id>", "<id>1<b/></id>", "id", "holds elements where text belongs"),
        ("<id>1</id>", '<id a="1">1</id>', "id", "holds elements where text belongs"),
        ("<id>1</id>", "<id>1</id> stray", "", "holds text where only elements belong: 'stray'"),
        ("<stops>", "<stops>stray", "stops", "holds text where only elements belong: 'stray'"),
    ],
)
def test_xml_that_is_not_in_the_mapping_is_quarantined_by_name(
    tmp_path: Path, old: str, new: str, field: str, reason: str
) -> None:
    rows, broken = rows_of(tmp_path, "xml", XML.replace(old, new, 1), NESTED)
    assert broken == ""
    assert len(rows) == 2
    assert [(row, name) for row, name, _ in faults(rows)] == [(1, field)]
    assert reason in faults(rows)[0][2]


def test_xml_that_breaks_off_or_says_more_outside_its_rows(tmp_path: Path) -> None:
    rows, broken = rows_of(tmp_path, "xml", XML[: XML.index("<id>2") + 4], NESTED)
    assert len(rows) == 1
    assert broken.startswith("extract.xml, row 2: cannot be read on")
    assert (
        "field Header/Mood: is not in the mapping"
        in rows_of(tmp_path, "xml", XML.replace("</Made>", "</Made><Mood/>"), NESTED)[1]
    )
    assert (
        "field Trailer: is not in the mapping"
        in rows_of(tmp_path, "xml", XML.replace("</Rows>", "</Rows><Trailer/>"), NESTED)[1]
    )
    assert "should begin with File" in rows_of(tmp_path, "xml", XML.replace("File>", "Other>"), NESTED)[1]


def test_xml_that_means_harm_is_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden")
    for declared in (
        f'<!DOCTYPE File [<!ENTITY e SYSTEM "{tmp_path / "secret"}">]>',
        '<!DOCTYPE File [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE File SYSTEM "http://127.0.0.1:9/x.dtd">',
    ):
        rows, broken = rows_of(tmp_path, "xml", declared + XML.replace("<id>1</id>", "<id>&e;</id>"), NESTED)
        assert rows == []
        assert "document type declaration" in broken or "cannot be read on" in broken
        assert "hidden" not in broken
