"""Writes rows as each system's extract: its columns, its codes, its dates, its kind of file. Streams; keeps nothing."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from sightline.exchange.invented.diary import Cell, Row
from sightline.exchange.invented.layouts.columns import Column, Layout
from sightline.exchange.invented.recording import Mention, Recorder

_LONDON = ZoneInfo("Europe/London")
_FAST = {"%Y-%m-%d": 10, "%Y-%m-%dT%H:%M:%S": 19}


def moment_text(value: date, form: str) -> str:
    """A day or a local moment in a column's pattern; a pattern that ends in Z wants UTC."""
    if form.endswith("Z") and isinstance(value, datetime):
        return value.replace(tzinfo=_LONDON).astimezone(UTC).strftime(form)
    if form in _FAST and isinstance(value, datetime):
        return value.isoformat(timespec="seconds")[: _FAST[form]]
    return value.strftime(form)


def cell_text(column: Column, value: Cell | object, layout: Layout) -> str:
    """A cell as text: empty for what is not held."""
    if column.form == "flag":
        yes, no, unknown = layout.flags
        return unknown if value is None else yes if value else no
    if value is None:
        return ""
    if isinstance(value, date) and column.form.startswith("%"):
        return moment_text(value, column.form)
    if isinstance(value, list | tuple):
        return "; ".join(value)
    return str(value)


class Sink(Protocol):
    """Something that takes the cells of a row, in column order."""

    def write(self, values: Iterable[tuple[Column, object]]) -> None:
        """Write one row."""

    def close(self) -> None:
        """Finish the file."""


class _Csv:
    def __init__(self, stream: TextIO, layout: Layout) -> None:
        self._layout, self._stream = layout, stream
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(column.name for column in layout.columns)

    def write(self, values: Iterable[tuple[Column, object]]) -> None:
        self._writer.writerow([cell_text(column, value, self._layout) for column, value in values])

    def close(self) -> None:
        self._stream.close()


class _JsonLines:
    def __init__(self, stream: TextIO, layout: Layout) -> None:
        self._layout, self._stream = layout, stream

    def write(self, values: Iterable[tuple[Column, object]]) -> None:
        cells = {column.name: self._plain(column, value) for column, value in values}
        self._stream.write(json.dumps(cells, ensure_ascii=False) + "\n")

    def _plain(self, column: Column, value: object) -> object:
        if value is None or value == [] or isinstance(value, bool):
            return None if value == [] else value
        if column.form == "number":
            return value
        return cell_text(column, value, self._layout)

    def close(self) -> None:
        self._stream.close()


class _Xml:
    def __init__(self, stream: TextIO, layout: Layout) -> None:
        self._layout, self._stream = layout, stream
        stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{layout.root}>\n')

    def write(self, values: Iterable[tuple[Column, object]]) -> None:
        lines = [f"  <{self._layout.element}>"]
        for column, value in values:
            text = cell_text(column, value, self._layout)
            if text:
                lines.append(f"    <{column.name}>{escape(text)}</{column.name}>")
        lines.append(f"  </{self._layout.element}>\n")
        self._stream.write("\n".join(lines))

    def close(self) -> None:
        self._stream.write(f"</{self._layout.root}>\n")
        self._stream.close()


_SINKS: Mapping[str, Callable[[TextIO, Layout], Sink]] = {"csv": _Csv, "jsonl": _JsonLines, "xml": _Xml}


class Extracts:
    """The extracts of all systems at one date, open for writing."""

    def __init__(self, out: Path, day: date, layouts: Mapping[str, Layout]) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.rows = dict.fromkeys(layouts, 0)
        self._layouts = layouts
        self._sinks: dict[str, Sink] = {}
        for system, layout in layouts.items():
            path = out / f"{system}_{day.isoformat()}.{layout.form}"
            stream = path.open("w", encoding="utf-8", newline="")
            self._sinks[system] = _SINKS[layout.form](stream, layout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for sink in self._sinks.values():
            sink.close()

    def write(self, row: Row, recorder: Recorder, *, corrected: bool = False) -> list[tuple[str, int]]:
        """Write one row; gives the records that it speaks of, as (record key, person's number)."""
        layout = self._layouts[row.system]
        mentions = {
            role: recorder.parts(layout, row, role, corrected=corrected)
            for role in layout.roles()
            if role in row.people
        }
        self._sinks[row.system].write((column, _value(column, row, layout, mentions)) for column in layout.columns)
        self.rows[row.system] += 1
        return [(key, row.people[role].number) for role, (key, _) in mentions.items()]


def _value(column: Column, row: Row, layout: Layout, mentions: Mapping[str, tuple[str, Mention]]) -> object:
    if not column.role:
        if column.name == layout.row_key:
            return row.key
        return row.updated if column.name == layout.updated else row.cells.get(column.name)
    if column.role not in mentions:
        return None
    key, mention = mentions[column.role]
    if column.part == "key":
        return key
    value = mention.get(column.part)
    if column.part == "sex":
        return layout.sexes[2 if value is None else "FM".index(str(value))]
    return value
