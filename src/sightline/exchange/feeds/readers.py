"""Files read row by row, however long. A file that breaks off says so; nothing after the break is taken for read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from sightline.exchange.feeds.cells import read_moment
from sightline.exchange.feeds.mapping import Block
from sightline.exchange.feeds.mapping import Mapping as Feed
from sightline.exchange.feeds.rows import Raw, local_name, xml_children, xml_text
from sightline.exchange.feeds.scopes import RowFault
from sightline.exchange.feeds.shapes import Held, open_node, shape_of
from sightline.kernel.errors import BadInput
from sightline.kernel.moments import start_of

LONGEST_CELL = 10_000_000


@dataclass
class Extract:
    """One file as it is read: its rows, what its header says, and its own date where it has one."""

    file: Path
    feed: Feed
    columns: list[str] = field(default_factory=list)
    outside: Held = field(default_factory=Held)
    extracted_at: datetime | None = None

    @property
    def name(self) -> str:
        """As it is named to people."""
        return self.file.name

    def fault(self, row: int, column: str, reason: str) -> BadInput:
        """What is wrong in it, and where."""
        return BadInput(self.name, row, column, reason)


Rows = Iterator[tuple[int, Raw]]


def open_extract(file: Path, feed: Feed) -> tuple[Extract, Rows]:
    """A file and its rows, counted from 1. Raises BadInput where it breaks off, or cannot be taken as a whole (row 0)."""
    extract = Extract(file, feed)
    extract.extracted_at = _date_in_name(extract)
    rows = {"csv": _csv_rows, "jsonl": _json_rows, "xml": _xml_rows}[feed.form](extract)
    return extract, rows


def _date_in_name(extract: Extract) -> datetime | None:
    told = extract.feed.extracted
    found = re.search(told.file_name, extract.name) if told.file_name else None
    return read_moment(found[1], (told.format,)) if found else None


def _csv_rows(extract: Extract) -> Rows:
    told = extract.feed.csv
    csv.field_size_limit(LONGEST_CELL)
    row = 0
    try:
        with extract.file.open(encoding=told.encoding, newline="") as text:
            reader = csv.reader(text, delimiter=told.delimiter, quotechar=told.quote, strict=True)
            extract.columns = [name.strip() for name in next(reader, [])]
            if not any(extract.columns):
                raise extract.fault(0, "", "is empty: it has no first line naming its columns")
            for cells in reader:
                if cells:
                    row += 1
                    yield row, cells
    except (csv.Error, UnicodeError, OSError) as error:
        raise extract.fault(row + 1 if extract.columns else 0, "", f"cannot be read on: {error}") from error


def _json_rows(extract: Extract) -> Rows:
    row = 0
    try:
        with extract.file.open("rb") as lines:
            for line in io.TextIOWrapper(lines, encoding=extract.feed.encoding, newline="\n"):
                if not line.strip():
                    continue
                row += 1
                if not line.endswith("\n") and not line.rstrip().endswith("}"):
                    raise extract.fault(row, "", "breaks off in the middle of a line")
                yield row, line.strip()
    except (UnicodeError, OSError) as error:
        raise extract.fault(row + 1, "", f"cannot be read on: {error}") from error


def _xml_rows(extract: Extract) -> Rows:
    steps = extract.feed.row.split("/")
    row = 0
    try:
        with extract.file.open("rb") as source:
            elements = etree.iterparse(
                source, events=("end",), tag=[steps[-1], f"{{*}}{steps[-1]}"], resolve_entities=False, load_dtd=False,
                no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            for _, element in elements:
                _no_doctype(extract, element)
                if _path(element) != steps:
                    continue
                if not row:
                    _read_header(extract, element.getroottree().getroot(), steps)
                row += 1
                element.tail = None
                yield row, etree.tostring(element, with_tail=False)
                element.clear()
                while (before := element.getprevious()) is not None and local_name(before) == steps[-1]:
                    element.getparent().remove(before)
            _read_header(extract, elements.root, steps)
    except (etree.XMLSyntaxError, OSError) as error:
        raise extract.fault(row + 1, "", f"cannot be read on: {error}") from error


def _no_doctype(extract: Extract, element: Any) -> None:
    if element.getroottree().docinfo.doctype:
        raise extract.fault(0, "", "has a document type declaration, which no extract needs and which can do harm")


def _path(element: Any) -> list[str]:
    return [*(local_name(above) for above in reversed(list(element.iterancestors()))), local_name(element)]


def _read_header(extract: Extract, root: Any, steps: list[str]) -> None:
    """What stands outside the rows: before the first of them, and again at the end for what follows."""
    feed = extract.feed
    if local_name(root) != steps[0]:
        raise extract.fault(0, local_name(root), f"is not in the mapping: the file should begin with {steps[0]}")
    told = Block(columns=feed.header.columns, ignored=[*feed.header.ignored, "/".join(steps[1:])])
    try:
        scope = open_node(root, shape_of(told, feed), xml_children, xml_text, {}, {})
    except RowFault as error:
        raise extract.fault(0, error.field, error.reason) from error
    if not extract.outside.values:
        extract.outside = Held(scope.values, scope.raw)
    at = scope.values.get(feed.extracted.header)
    if at is not None:
        extract.extracted_at = at if isinstance(at, datetime) else start_of(at) if isinstance(at, date) else None
