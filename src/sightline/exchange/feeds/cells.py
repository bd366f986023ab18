"""What stands in one cell, as a value: dates, moments, yes and no, codes, lists. What cannot be read is refused, never guessed at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sightline.kernel.moments import from_local

Parser = Callable[[str], Any]
EARLIEST_YEAR, LATEST_YEAR = 1850, 2150
_MONTHS = {
    m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_PARTS = {
    "%d": r"(?P<d>\d{1,2})",
    "%m": r"(?P<m>\d{1,2})",
    "%Y": r"(?P<Y>\d{4})",
    "%H": r"(?P<H>\d{1,2})",
    "%M": r"(?P<M>\d{2})",
    "%S": r"(?P<S>\d{2})(?:\.\d+)?",
    "%b": r"(?P<b>[A-Za-z]{3})",
    "%z": r"(?P<z>Z|[+-]\d{2}:?\d{2})",
}


def known_format(pattern: str) -> bool:
    """Whether a date pattern uses only the parts that can be read here, and holds a year, a month and a day."""
    parts = re.findall(r"%.", pattern)
    whole = "%Y" in parts and "%d" in parts and ("%m" in parts or "%b" in parts)
    return whole and all(p in _PARTS for p in parts) and len(parts) == len(set(parts))


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(%.)", pattern)
    return re.compile("".join(_PARTS.get(p) or re.escape(p) for p in pieces))


def _read(text: str, patterns: tuple[str, ...]) -> tuple[datetime, str]:
    for pattern in patterns:
        found = _compiled(pattern).fullmatch(text)
        if found is None:
            continue
        part = found.groupdict()
        year, month = int(part["Y"]), _MONTHS.get(part["b"].lower(), 0) if "b" in part else int(part["m"])
        clock = int(part.get("H", 0)), int(part.get("M", 0)), int(part.get("S", 0))
        moment = datetime(year, month, int(part["d"]), *clock)  # noqa: DTZ001 - a wall-clock time, made aware below
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise ValueError(f"{text!r} is in no plausible year")
        return moment, part.get("z", "Z" if pattern.endswith("Z") else "")
    raise ValueError(f"{text!r} is not written as {' or '.join(patterns)}")


@lru_cache(maxsize=200_000)
def read_date(text: str, patterns: tuple[str, ...]) -> date:
    """A day. Raises ValueError for one that does not exist or is written otherwise."""
    try:
        return _read(text, patterns)[0].date()
    except ValueError as error:
        raise ValueError(_plainly(text, error)) from error


@lru_cache(maxsize=200_000)
def read_moment(text: str, patterns: tuple[str, ...]) -> datetime:
    """A moment in UTC: as a wall clock in England and Wales shows it, unless the text says its zone."""
    try:
        moment, zone = _read(text, patterns)
        if not zone:
            return from_local(moment)
        return from_local(datetime.fromisoformat(f"{moment.isoformat()}{zone.replace('Z', '+00:00')}"))
    except (ValueError, OverflowError) as error:
        raise ValueError(_plainly(text, error)) from error


def _plainly(text: str, error: Exception) -> str:
    said = str(error)
    return said if repr(text) in said else f"{text!r} is no date: {said}"


def _number(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,15}", text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", text):
        raise ValueError(f"{text!r} is not a number")
    return float(text)


def coded(table: Mapping[str, Any]) -> Parser:
    """A code by its table; one that is not in it is refused, so that a new code is noticed."""

    def parse(text: str) -> Any:
        try:
            return table[text]
        except KeyError:
            raise ValueError(f"{text!r} is not among the codes {', '.join(table)}") from None

    return parse


def _listed(separator: str, parts: Parser) -> Parser:
    def parse(text: str) -> list[Any]:
        pieces = text.split(separator) if separator else [text]
        return [value for piece in pieces if piece.strip() and (value := parts(piece.strip())) is not None]

    return parse


def cell_parser(
    kind: str, *, formats: tuple[str, ...], codes: Mapping[str, Any] | None, separator: str, bools: Mapping[str, Any]
) -> Parser:
    """How a column's text becomes a value; None where the code says that it is not known."""
    by_code = coded(codes) if codes is not None else None
    if kind == "date":
        return lambda text: read_date(text, formats)
    if kind == "moment":
        return lambda text: read_moment(text, formats)
    if kind == "list":
        return _listed(separator, by_code or str)
    if kind == "bool":
        return by_code or coded(bools)
    plain: dict[str, Parser] = {"int": _number, "number": _decimal}
    return by_code or plain.get(kind, str)


def sound_text(text: str) -> str:
    """The text without spaces around it. Raises ValueError for what no database can hold."""
    text = text.strip()
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError("holds half a character") from None
    return text
