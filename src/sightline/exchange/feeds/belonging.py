"""Invented people and real ones are never in one database: a file is held against what was said of the database before any row is taken."""

from __future__ import annotations

import re
from pathlib import Path

from sightline.kernel.errors import BadInput
from sightline.kernel.live_or_invented import People, people_here

MARK = "INVENTED"
LOOKED_AT = 1 << 20  # bytes from its beginning
_TEST_NUMBER = re.compile(rb"(?<![0-9])999[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9])")


def mark_invented(folder: Path) -> None:
    """Say beside extracts that nobody in them is real."""
    (folder / MARK).write_text(
        "Everybody in these files is invented. Never load them into a database of real people.\n", encoding="utf-8"
    )


def is_invented(file: Path) -> bool:
    """Whether a file says that its people are invented: by the mark beside it, or by an NHS number of the range that nobody is ever given."""
    if (file.parent / MARK).exists():
        return True
    with file.open("rb") as content:
        return any(_valid(found.group()) for found in _TEST_NUMBER.finditer(content.read(LOOKED_AT)))


def _valid(number: bytes) -> bool:
    digits = [int(d) for d in number.decode() if d.isdigit()]
    return (11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11) % 11 == digits[9]


def must_belong(file: Path) -> None:
    """Raises BadInput where a file of invented people comes to a live database, or one that does not say so to an invented one."""
    here = people_here()
    if here is People.UNSAID or not file.is_file() or is_invented(file) is (here is People.INVENTED):
        return
    why = (
        "everybody in it is invented, and this database is live: training has a database of its own"
        if here is People.LIVE
        else "nothing says that the people in it are invented, and this database is for invented people only: a live feed has no place here"
    )
    raise BadInput(file.name, 0, "", why)
