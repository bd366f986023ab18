"""Records from a CSV file, as `match` and `lookup` take them, and the tables they write."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from sightline.kernel.errors import BadInput

from .records import Record

# Column of the file: field of a record. Others are passed over; any but the id may be absent.
_TEXTS = {
    "forenames": "forenames",
    "surname": "surname",
    "middle_names": "middle_names",
    "born": "born",
    "sex": "sex",
    "postcode": "postcode",
    "nhs_number": "nhs_number",
    "pnc_id": "pnc_id",
    "upn": "upn",
    "source": "source",
}
# What a byte that is no UTF-8 is read as.
_ESCAPED = frozenset(map(chr, range(0xDC80, 0xDD00)))
_LISTS = {"aliases": "aliases", "phone": "phone", "other_postcodes": "other_postcodes"}


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row and its number, the heading being 0. A quote that is never closed would swallow the rows after it: refused."""
    row, raw = 0, list[str]()

    def kept(file: TextIO) -> Iterator[str]:
        for line in file:
            if not (line.isascii() or _ESCAPED.isdisjoint(line)):
                raise BadInput(path.name, row, "", "not UTF-8 text: save the file as CSV UTF-8")
            raw.append(line)
            yield line

    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        reader = csv.reader(kept(file), strict=True)
        while True:
            raw.clear()
            try:
                yield row, next(reader)
            except StopIteration:
                return
            except csv.Error as trouble:
                if len(raw) != 1 or raw[0].count('"') % 2 or len(raw[0]) > csv.field_size_limit():
                    raise BadInput(path.name, row, "", f"not CSV: a stray or unclosed quote ({trouble})") from trouble
                yield row, next(csv.reader(raw))
            row += 1


def _heading(path: Path, heading: Sequence[str], id_column: str) -> dict[str, int]:
    """Where each named column is; a column without a name is passed over, as spreadsheets leave some behind."""
    named = [(name.strip().lower(), place) for place, name in enumerate(heading) if name.strip()]
    names = [name for name, _ in named]
    if id_column not in names:
        raise BadInput(path.name, 0, id_column, "this column is needed, and the first line does not have it")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(path.name, 0, twice[0], "this column is there more than once")
    return dict(named)


def _age(text: str) -> float | None:
    try:
        age = float(text)
    except ValueError:
        return None
    return age if 0 <= age < 120 else None


def _record(line: Sequence[str], places: dict[str, int], record_id: str) -> Record:
    texts = {field: line[places[column]] for column, field in _TEXTS.items() if column in places}
    lists = {
        field: tuple(part.strip() for part in line[places[column]].split(";") if part.strip())
        for column, field in _LISTS.items()
        if column in places and line[places[column]]
    }
    said_age = line[places["approx_age"]].strip() if "approx_age" in places else ""
    age = _age(said_age) if said_age else None
    if said_age and age is None and not texts.get("born", "").strip():
        texts["born"] = f"aged {said_age}"
    return Record(record_id, approx_age=age, **texts, **lists)  # type: ignore[arg-type]


def read_records(path: Path, id_column: str = "record_id") -> list[Record]:
    """The records of a CSV file with a heading line; rows are counted from 1 after it.

    Text that is odd is kept, never refused. Raises: BadInput naming the file, row and field for a missing, empty or
    repeated id, a row of another length than the heading, a NUL character, or a file that is no UTF-8 CSV.
    """
    lines = _lines(path)
    _, heading = next(lines, (0, []))
    places = _heading(path, heading, id_column)
    records: list[Record] = []
    seen: set[str] = set()
    for row, line in lines:
        if not line:
            continue
        if len(line) != len(heading):
            raise BadInput(path.name, row, "", f"{len(line)} fields where the heading has {len(heading)}")
        record_id = line[places[id_column]]
        if not record_id.strip():
            raise BadInput(path.name, row, id_column, "is empty")
        if record_id in seen:
            raise BadInput(path.name, row, id_column, f"{record_id} is there a second time")
        held = next((name for name, place in places.items() if "\0" in line[place]), None)
        if held is not None:
            raise BadInput(path.name, row, held, "holds a NUL character")
        seen.add(record_id)
        records.append(_record(line, places, record_id))
    return records


def writable(path: Path) -> None:
    """Whether a file can be written here, asked before the work and not after it. Raises: BadInput."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.touch()
        part.unlink()
    except OSError as trouble:
        raise BadInput(str(path), 0, "", f"cannot be written: {trouble.strerror}") from trouble


def write_rows(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file in UTF-8, written whole or, on trouble, not left half written under its name."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
    part.replace(path)
