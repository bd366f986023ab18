"""`match` and `lookup` as they are run, on files as they come."""

from __future__ import annotations

import csv
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from sightline.people.matching.commands import lookup, match
from sightline.people.matching.files import read_records

RECORDS = """record_id,forenames,surname,born,sex,postcode,shoe_size
1,Mohammed,Hussain,2016-05-04,M,ZZ5 6AB,3
2,Mo,Hussein,2016-05-04,M,ZZ5 6AB,
3,Ali,Hussain,2016-05-04,M,ZZ5 6AB,3
4,"Smith, Jack",,about 9,,,
"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.csv"
    path.write_text(RECORDS, encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_match_writes_people_and_pairs(records: Path, tmp_path: Path) -> None:
    people, pairs = tmp_path / "people.csv", tmp_path / "pairs.csv"
    done = CliRunner().invoke(match, [str(records), "--out", str(people), "--pairs", str(pairs)])
    assert done.exit_code == 0, done.output
    assert "4 records, 3 people" in done.output
    assert [row["record_id"] for row in rows(people)] == ["1", "2", "3", "4"]
    person = {row["record_id"]: row["person_id"] for row in rows(people)}
    assert person["1"] == person["2"]
    assert len(set(person.values())) == 3
    assert list(rows(pairs)[0]) == ["record_id_l", "record_id_r", "bits"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("forenames,surname\nA,B\n", "records.csv, field record_id: this column is needed"),
        ("record_id,surname\n1,B\n,C\n", "records.csv, row 2, field record_id: is empty"),
        ("record_id,surname\n1,B\n1,C\n", "records.csv, row 2, field record_id: 1 is there a second time"),
        ("record_id,surname\n1,B,C\n", "records.csv, row 1: 3 fields where the heading has 2"),
        ("record_id,surname\n1,B\0\n", "row 1, field surname: holds a NUL"),
        ("", "this column is needed"),
        (
            'record_id,surname,born\n1,"Smith,2016\n2,"Jones,2015\n',
            "records.csv, row 1: not CSV: a stray or unclosed quote",
        ),
        ('record_id,surname\n1,A\n\n2,"B\n3,C\n', "records.csv, row 3: not CSV: a stray or unclosed quote"),
        ("record_id,surname\n1,B\n2,Zo\udce9\n", "records.csv, row 2: not UTF-8 text"),
    ],
)
def test_match_names_file_row_and_field(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = CliRunner().invoke(match, [str(path), "--out", str(tmp_path / "people.csv")])
    assert done.exit_code != 0
    assert said in done.output
    assert not (tmp_path / "people.csv").exists()


ODD = """\ufeffRecord_ID , SURNAME,forenames,born,approx_age,,\r
 a ,O'Neil,"Mo" Ali,2016-05,,,\r
\r
b,"O""Neil, Jnr",Seán,,about nine,,\r
c,,,no idea,forty,,\r
"d
e",Smith,"Jo
Ann",31/02/2016,9,x,y\r
"""


def test_match_keeps_every_row_of_an_odd_file(tmp_path: Path) -> None:
    path, people = tmp_path / "records.csv", tmp_path / "people.csv"
    path.write_bytes(ODD.encode())
    done = CliRunner().invoke(match, [str(path), "--out", str(people)])
    assert done.exit_code == 0, done.output
    assert [row["record_id"] for row in rows(people)] == [" a ", "b", "c", "d\ne"]
    read = {record.record_id: record for record in read_records(path)}
    assert (read[" a "].forenames, read["b"].surname, read["b"].born) == ("Mo Ali", 'O"Neil, Jnr', "aged about nine")
    assert (read["c"].born, read["d\ne"].approx_age) == ("no idea", 9)


def test_where_nothing_can_be_written_is_said_before_the_work(records: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "no such folder" / "people.csv"
    done = CliRunner().invoke(match, [str(records), "--out", str(tmp_path / "p.csv"), "--pairs", str(nowhere)])
    assert done.exit_code != 0
    assert "cannot be written" in done.output
    assert not (tmp_path / "p.csv").exists()


def test_match_on_a_heading_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("record_id,surname\n", encoding="utf-8")
    done = CliRunner().invoke(match, [str(path), "--out", str(tmp_path / "people.csv")])
    assert done.exit_code == 0, done.output
    assert rows(tmp_path / "people.csv") == []


@pytest.mark.requirement("JD-03")
def test_lookup_finds_who_was_spoken_of(records: Path, tmp_path: Path, database: str) -> None:
    queries, hits = tmp_path / "queries.csv", tmp_path / "hits.csv"
    queries.write_text(
        "query_id,forenames,surname,born,postcode\nq1,Mo,Hussein,nine or ten,ZZ5\nq2,Zebedee,Nobody,1950-02-03,\n",
        encoding="utf-8",
    )
    arguments = ["--records", str(records), "--queries", str(queries), "--out", str(hits)]
    # As `./sightline` gives it, which wins over an application role's DATABASE_URL.
    done = CliRunner().invoke(lookup, arguments, env={"SIGHTLINE_CONNINFO": database, "DATABASE_URL": "host=/nowhere"})
    assert done.exit_code == 0, done.output
    assert "p50" in done.output
    assert "loaded in" in done.output
    first = rows(hits)[0]
    assert (first["query_id"], first["rank"]) == ("q1", "1")
    assert first["record_id"] in {"1", "2"}
    assert not [row for row in rows(hits) if row["query_id"] == "q2"]
    shown = {row["record_id"] for row in rows(hits)}
    assert not {"1", "2"} <= shown, "two records of one person are one answer"
    with psycopg.connect(database) as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'sightline_scratch%'"
        ).fetchone()
    assert left == (0,)


def test_lookup_without_a_database_says_so(records: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    queries.write_text("query_id,surname\nq1,Hussain\n", encoding="utf-8")
    arguments = ["--records", str(records), "--queries", str(queries), "--out", str(tmp_path / "hits.csv")]
    done = CliRunner().invoke(lookup, arguments, env={"SIGHTLINE_CONNINFO": "", "DATABASE_URL": ""})
    assert done.exit_code != 0
    assert "no database" in done.output
    done = CliRunner().invoke(lookup, [*arguments, "--database", f"host={tmp_path} dbname=x"])
    assert done.exit_code != 0
    assert "the database does not answer" in done.output


def test_lookup_of_nothing_or_among_nobody_is_an_empty_answer(records: Path, tmp_path: Path, database: str) -> None:
    none, hits = tmp_path / "none.csv", tmp_path / "hits.csv"
    none.write_text("record_id,query_id\n", encoding="utf-8")
    asked = tmp_path / "asked.csv"
    asked.write_text("query_id,surname\nq1,Hussain\nq2,\n", encoding="utf-8")
    for held, queries in ((none, asked), (records, none)):
        arguments = ["--records", str(held), "--queries", str(queries), "--out", str(hits), "--database", database]
        done = CliRunner().invoke(lookup, arguments)
        assert done.exit_code == 0, done.output
        assert rows(hits) == []
