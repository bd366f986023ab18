"""Rows as they come out of a file, opened by the mapping: CSV cells, a line of JSON, an XML element."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from sightline.exchange.feeds.mapping import Mapping as Feed
from sightline.exchange.feeds.scopes import RowFault, Scope
from sightline.exchange.feeds.shapes import Held, Leaf, Shape, flat_repeats, open_node, read_leaves, shape_of

Raw = list[str] | str | bytes


class Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written, so that a key that stands twice is noticed."""


def xml_parser() -> etree.XMLParser:
    """A parser that expands no entity, loads no DTD and asks no network."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def local_name(element: Any) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "&entity;"


def xml_children(element: Any) -> Iterable[tuple[str, Any]]:
    """Elements and attributes within an element."""
    for name, value in element.attrib.items():
        yield f"@{name}", value
    for child in element:
        yield local_name(child), child


def xml_text(element: Any) -> tuple[str, bool]:
    """The text an element holds, that between its elements included, and whether it holds elements."""
    if isinstance(element, str):
        return element, False
    nested = len(element) > 0 or bool(element.attrib)
    text = element.text or ""
    if nested:
        text = " ".join(t for t in (text.strip(), *((child.tail or "").strip() for child in element)) if t)
    return text.strip(), nested


def json_children(node: Any) -> Iterable[tuple[str, Any]]:
    """Members of an object; a list's parts as members of one name."""
    for name, value in node if isinstance(node, Pairs) else ():
        for part in value if isinstance(value, list) and not isinstance(value, Pairs) else (value,):
            yield name, part


def json_text(node: Any) -> tuple[str, bool]:
    """A scalar as it was written; nothing for null."""
    if isinstance(node, list):
        return "", True
    return ("" if node is None else ("true" if node else "false") if isinstance(node, bool) else str(node)), False


class Opener:
    """Opens the rows of one file. `columns` is a CSV file's first line; `outside` what an XML file's header says."""

    def __init__(self, feed: Feed, columns: Sequence[str] = (), outside: Held | None = None) -> None:
        self.form, self.shape = feed.form, shape_of(feed, feed)
        self.outside = outside or Held()
        self.width = len(columns)
        self.cells = _bound(self.shape, columns) if feed.form == "csv" else []
        self.parser = xml_parser()
        self.slotted = any(leaf.slot for leaf in self.shape.leaves)

    def open(self, raw: Raw) -> Scope:
        """One row. Raises RowFault naming the field that cannot be taken."""
        if isinstance(raw, list):
            return self._open_cells(raw)
        if isinstance(raw, bytes):
            node, children, texts = etree.fromstring(raw, self.parser), xml_children, xml_text
            return open_node(node, self.shape, children, texts, self.outside.values, self.outside.raw)
        try:
            line = json.loads(raw, object_pairs_hook=Pairs, parse_float=str, parse_int=str)
        except (ValueError, RecursionError) as error:
            raise RowFault("", f"is not a line of JSON: {error}") from error
        if not isinstance(line, Pairs):
            raise RowFault("", "is not a JSON object")
        return open_node(line, self.shape, json_children, json_text, self.outside.values, self.outside.raw)

    def _open_cells(self, cells: list[str]) -> Scope:
        if len(cells) != self.width:
            raise RowFault("", f"has {len(cells)} cells where the first line has {self.width}")
        if self.slotted:
            held, slots = read_leaves(self.shape, {leaf: [cells[at]] for at, leaf in self.cells if cells[at]})
        else:
            held, slots = self._plain(cells), {}
        scope = Scope({**self.outside.values, **held.values}, {**self.outside.raw, **held.raw})
        for name, inner in self.shape.inner.items():
            scope.within[name] = [s for s in flat_repeats(scope, inner, slots) if inner.applies(s)]
        return scope

    def _plain(self, cells: list[str]) -> Held:
        """Cells each of which stands once: what makes a text unsound is looked for in all of them together."""
        values: dict[str, Any] = {}
        raw: dict[str, str] = {}
        held, row = Held(values, raw), "".join(cells)
        sound = row.isascii() and "\x00" not in row
        for at, leaf in self.cells:
            if text := cells[at]:
                if not sound:
                    leaf.read_one(text, held)
                elif (text := text.strip()) and text not in leaf.nothing:
                    try:
                        value = leaf.parse(text)
                    except ValueError as error:
                        raise RowFault(leaf.path, str(error)) from error
                    if value is not None:
                        values[leaf.name] = value
                        raw[leaf.name] = text
            if leaf.required and leaf.name not in values:
                raise RowFault(leaf.path, "is missing")
        return held


def _bound(shape: Shape, columns: Sequence[str]) -> list[tuple[int, Leaf]]:
    """Each column's place. Raises RowFault for one that the mapping does not know, that stands twice or is missing."""
    found: list[tuple[int, Leaf]] = []
    for at, name in enumerate(columns):
        known = shape.children.get(name)
        if known is None:
            raise RowFault(name, "is not in the mapping")
        if name in columns[:at]:
            raise RowFault(name, "stands twice in the first line")
        if known.leaf is not None:
            found.append((at, known.leaf))
    for path, known in shape.children.items():
        if known.leaf is not None and known.leaf.required and known.leaf.slot is None and path not in columns:
            raise RowFault(path, "is not in the first line")
    return found
