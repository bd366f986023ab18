"""A page's form filled in again with what had been typed in it, whatever form it is: by the names of its fields, in the page itself.

Nothing hidden is put back, no password and no file: of what keeps a form one entry, and of how far a case had come, the page says what
holds now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urlsplit

Typed = Mapping[str, Sequence[str]]
LEFT = ("hidden", "submit", "button", "image", "reset", "file", "password")
Attrs = list[tuple[str, str | None]]


@dataclass
class _Filler(HTMLParser):
    """Finds what is to change in a page, and where."""

    page: str
    typed: dict[str, list[str]]
    action: str
    here: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    offered: dict[str, set[str]] = field(default_factory=dict)  # what can be chosen, by field
    main: int = -1

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0, *accumulate(len(line) + 1 for line in self.page.split("\n"))]
        self.inside, self.select, self.area, self.taken = False, "", "", dict[str, int]()
        self.area_from, self.shut = 0, list[tuple[int, int, dict[str, str]]]()

    def start(self) -> int:
        """Where in the page the tag at hand begins."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        """One tag: of the form, one of its fields, or the beginning of the page's content."""
        held = {name: value or "" for name, value in attrs}
        begins = self.start()
        ends = begins + len(self.get_starttag_text() or "")
        if tag == "main":
            self.main = ends
        elif tag == "details":
            self.shut.append((begins, ends, held))
        elif tag == "form":
            to = held.get("action") or self.here
            self.inside = held.get("method", "").lower() == "post" and urlsplit(to).path == self.action
        elif self.inside:
            self._field(tag, held, begins, ends)

    def handle_startendtag(self, tag: str, attrs: Attrs) -> None:
        """A tag that is its own end."""
        self.handle_starttag(tag, attrs)

    def _field(self, tag: str, held: dict[str, str], begins: int, ends: int) -> None:
        name = held.get("name", "")
        if tag in ("input", "textarea", "select", "button"):
            self.known.add(name)
            self._open(name if held.get("type") not in LEFT else "")
        if tag == "input" and held.get("type", "text").lower() not in LEFT:
            self._input(name, held, begins, ends)
        elif tag == "textarea" and name in self.typed:
            self.area, self.area_from = name, ends
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select in self.typed:
            chosen = held.get("value", "") in self.typed[self.select]
            self.offered.setdefault(self.select, set()).add(held.get("value", ""))
            self.edits.append((begins, ends, _tag(tag, held, "selected", chosen)))

    def _open(self, name: str) -> None:
        """What is folded away is opened where something was typed in it."""
        if any(self.typed.get(name, ())):
            self.edits += [
                (b, e, _tag("details", held, "open", True)) for b, e, held in self.shut if "open" not in held
            ]
            self.shut = [(b, e, held | {"open": ""}) for b, e, held in self.shut]

    def _input(self, name: str, held: dict[str, str], begins: int, ends: int) -> None:
        kind = held.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            if kind == "checkbox" or name in self.typed:
                chosen = held.get("value", "on") in self.typed.get(name, ())
                self.offered.setdefault(name, set()).add(held.get("value", "on"))
                self.edits.append((begins, ends, _tag("input", held, "checked", chosen)))
        elif name in self.typed:
            self.edits.append((begins, ends, _tag("input", held | {"value": self._next(name)})))

    def _next(self, name: str) -> str:
        """What was typed in the field of this name that comes next: there may be several."""
        number = self.taken[name] = self.taken.get(name, -1) + 1
        said = self.typed[name]
        return said[number] if number < len(said) else ""

    def left_of(self, name: str, said: Sequence[str]) -> list[str]:
        """What was typed or chosen and can be put nowhere: the field is not there, or no longer offers it."""
        if name in self.known and name not in self.offered:
            return []
        return [value for value in said if value and value not in self.offered.get(name, ())]

    def handle_endtag(self, tag: str) -> None:
        """The end of the form, of a list, or of a long text, which is where its words are put."""
        if tag == "textarea" and self.area:
            self.edits.append((self.area_from, self.start(), escape(self._next(self.area))))
            self.area = ""
        elif tag == "select":
            self.select = ""
        elif tag == "details" and self.shut:
            self.shut.pop()
        elif tag == "form":
            self.inside = False


def _tag(tag: str, held: Mapping[str, str], marked: str = "", whether: bool = False) -> str:
    said = " ".join(f'{name}="{escape(value)}"' for name, value in held.items() if name != marked)
    return f"<{tag} {said}{f' {marked}' if whether else ''}>"


def put_back(page: str, typed: Typed, *, action: str, here: str) -> tuple[_Filler, dict[str, list[str]]]:
    """A page with what was typed in its form that is sent to `action`; and what has no field there now."""
    found = _Filler(page, {name: list(said) for name, said in typed.items()}, action, here)
    found.feed(page)
    found.close()
    return found, {name: left for name, said in typed.items() if (left := found.left_of(name, said))}


def whole(found: _Filler, notice: str) -> str:
    """The page as it is sent: the fields filled in, and the notice first."""
    page = found.page
    edits = [*found.edits, *([(found.main, found.main, notice)] if found.main >= 0 else [])]
    for begins, ends, text in sorted(edits, reverse=True):
        page = page[:begins] + text + page[ends:]
    return page
