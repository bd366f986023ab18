"""A paper set as a PDF/UA-1: tagged, with a title, a language and an outline. The same paper at the same moment gives the same bytes."""

from __future__ import annotations

import json
import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst

from sightline.kernel.home import LOCAL
from sightline.ui.paper.written import Paper, Section, Words

TEMPLATE = Path(__file__).parent / "paper.typ"
FONTS = LOCAL / "fonts"
UNSET = "\N{REPLACEMENT CHARACTER}"
SAYS_UNSET = f"Signs that cannot be printed here are shown as {UNSET}. Read them on the screen."
_KEPT = "\n"
_PLAIN, _FULL = 4, 12  # the formats of a font's table of characters that are read here


class NoFonts(RuntimeError):
    """The fonts that papers are set in are not there."""


def pdf(paper: Paper) -> bytes:
    """The paper's bytes. What is said in a record comes to the template as values, and can be no markup. Raises NoFonts without `make setup`."""
    said = _settable(paper.plainly())
    if UNSET in json.dumps(said, ensure_ascii=False):
        said["sections"].append(_settable(_remark()))
    made = typst.Compiler(TEMPLATE, font_paths=_fonts(), ignore_system_fonts=True).compile(
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"paper": json.dumps(said)},
        timestamp=paper.marks.at.replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("one paper is one file")
    return made


def _remark() -> dict[str, Any]:
    one = Section("About this paper", (Words(SAYS_UNSET),))
    return {"title": one.title, "level": one.level, "blocks": [vars(b) for b in one.blocks]}


@cache
def _fonts() -> typst.Fonts:
    _files()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _files() -> list[Path]:
    files = sorted(FONTS.glob("*.ttf"))
    if not files:
        raise NoFonts(f"{FONTS} holds no fonts: run make setup first")
    return files


def _settable(said: Any) -> Any:
    """The same values with every text as it can be set: a sign that no font has would otherwise stop the whole paper."""
    if isinstance(said, str):
        return "".join(c if c in _KEPT or c in _signs() else _instead(c) for c in unicodedata.normalize("NFC", said))
    if isinstance(said, dict):
        return {name: _settable(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [_settable(value) for value in said]
    return said


def _instead(sign: str) -> str:
    """What is set for a sign that cannot be: nothing for one that is itself not seen."""
    if sign in "\t\v\f":
        return " "
    return "" if _unseen(sign) else UNSET


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf") or "\ufe00" <= sign <= "\ufe0f"


@cache
def _signs() -> frozenset[str]:
    """The signs that every one of the fonts has; none of private use, which mean nothing to whoever has the text read out."""
    each = [characters(file.read_bytes()) for file in _files()]
    return frozenset(c for c in map(chr, set.intersection(*each)) if not _unseen(c) and unicodedata.category(c) != "Co")


def characters(font: bytes) -> set[int]:
    """The code points for which a TrueType font has a glyph, by its `cmap` table."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    parts = struct.unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for n in range(parts):
        at = start + struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2]
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == _PLAIN:
            found |= _segments(font, at)
        if kind == _FULL:
            found |= _groups(font, at)
    return found


def _segments(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    return {c for first, last in zip(starts, ends, strict=True) for c in range(first, last + 1) if c != 0xFFFF}


def _groups(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">I", font, at + 12)[0]
    groups = (struct.unpack_from(">III", font, at + 16 + 12 * n) for n in range(count))
    return {c for first, last, _ in groups for c in range(first, last + 1)}
