"""What a paper says: values alone, and no words of any template."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sightline.kernel.moments import say_moment


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    says: str
    strong: bool = False
    kind: str = "words"


@dataclass(frozen=True)
class Facts:
    """Names with what is said of each."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Table:
    """Rows under a row of heads; `widths`: of the columns, as parts of the page's."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = "table"

    def __post_init__(self) -> None:
        if {len(self.heads)} != {len(self.widths), *(len(r) for r in self.rows)}:
            raise ValueError("a row of a table has another number of cells than its heads")


Block = Words | Facts | Table


@dataclass(frozen=True)
class Section:
    """A heading, of the second level or the third, and what stands under it."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class Marks:
    """What every page of a paper says of itself: who printed it, for whom, when, and what becomes of it."""

    by: str
    reader: str
    agency: str
    at: datetime
    until: str

    @property
    def footer(self) -> str:
        """The foot of every page."""
        return f"Printed by {self.by} for {self.reader}, {self.agency}, {say_moment(self.at)}. {self.until}"

    @property
    def handling(self) -> str:
        """What stands under the title."""
        return f"For {self.reader}, {self.agency}, alone. Do not copy it or pass it on."


@dataclass(frozen=True)
class Paper:
    """One paper. `language` is that of its own words: en or cy. The title names nobody: it is what a file says of itself unopened."""

    title: str
    marks: Marks
    sections: tuple[Section, ...]
    language: str = "en"

    def plainly(self) -> dict[str, Any]:
        """The same as plain values, for the template."""
        return {
            "title": self.title,
            "language": self.language,
            "by": self.marks.by,
            "watermark": self.marks.reader,
            "footer": self.marks.footer,
            "handling": self.marks.handling,
            "sections": [asdict(s) for s in self.sections],
        }
