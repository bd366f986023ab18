"""Rows as COPY takes them: a feed writes millions, and a row at a time is half of the work."""

from __future__ import annotations

import re

from sightline.kernel.arrays import text_array

NULL = "\\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def columns(*texts: str) -> str:
    """Texts side by side, none of them null."""
    line = "\t".join(texts)
    plain = "\\" not in line and "\n" not in line and "\r" not in line and line.count("\t") == len(texts) - 1
    return line if plain else "\t".join(map(_escaped, texts))


def line(*values: object) -> str:
    """A whole row: None is null; lists of texts, moments and days as PostgreSQL reads them."""
    return "\t".join([NULL if value is None else _told(value) for value in values]) + "\n"


def _told(value: object) -> str:
    if type(value) is str:
        return _escaped(value) if value else value
    if isinstance(value, list | tuple):
        return _escaped(text_array(value)) if value else "{}"
    return str(value)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED[found[0]], text) if _SPECIAL.search(text) else text
