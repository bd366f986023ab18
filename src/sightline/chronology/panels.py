"""What a slice says on a person's page, and what the viewer may begin from there. A slice declares a `Panel` in its panels.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from sightline.access.viewer import Viewer
from sightline.chronology.view import Chronology


@dataclass(frozen=True)
class PanelLine:
    """One thing: what it is, since when, where it stands (`state`, a tag of `colour`), and its page."""

    text: str
    at: datetime | None = None
    state: str = ""
    href: str = ""
    colour: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Begin:
    """Something this viewer may begin: `Make a referral`, and where."""

    words: str
    href: str


@dataclass(frozen=True)
class Table:
    """Figures: what of, the heads of the columns, and rows that begin with their own. `picture`: the same, drawn; the table says it in words."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    picture: Markup | None = None


@dataclass(frozen=True)
class Told:
    """A panel for one viewer. With neither lines nor anything to begin it is left out."""

    lines: tuple[PanelLine, ...] = ()
    begins: tuple[Begin, ...] = ()
    table: Table | None = None

    def __bool__(self) -> bool:
        return bool(self.lines or self.begins)


@dataclass(frozen=True)
class Panel:
    """`of` is given the person's chronology as the page has read it and its viewer may; for what it reads besides it passes the gate by itself."""

    title: str
    order: int
    of: Callable[[Viewer, Chronology, datetime], Told]
