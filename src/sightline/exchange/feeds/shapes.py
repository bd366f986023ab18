"""How a row is opened: each column or element to its place, and whatever the mapping does not know refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sightline.exchange.feeds.cells import Parser, cell_parser, coded, sound_text
from sightline.exchange.feeds.mapping import Block, Column
from sightline.exchange.feeds.mapping import Mapping as Feed
from sightline.exchange.feeds.scopes import RowFault, Scope
from sightline.exchange.feeds.values import applies, table, template

Children = Callable[[Any], Iterable[tuple[str, Any]]]
Texts = Callable[[Any], tuple[str, bool]]


@dataclass(frozen=True, eq=False, slots=True)
class Leaf:
    """One column, ready to be read. `slot` is the numbered repeat it belongs to, and its number there."""

    name: str
    path: str
    parse: Parser
    many: bool
    required: bool
    nothing: frozenset[str]
    slot: tuple[str, str] | None = None

    def read(self, texts: list[str], into: Held) -> None:
        """Takes what stands in the cell. Raises RowFault for what cannot be read."""
        if len(texts) == 1:
            return self.read_one(texts[0], into)
        try:
            cleaned = [t for text in texts if (t := sound_text(text)) and t not in self.nothing]
            if len(cleaned) > 1 and not self.many:
                raise ValueError("stands more than once")
            if not cleaned:
                return None
            value = [v for t in cleaned for v in self.parse(t)] if self.many else self.parse(cleaned[0])
        except ValueError as error:
            raise RowFault(self.path, str(error)) from error
        if value is not None:
            into.values[self.name] = value
            into.raw[self.name] = ", ".join(cleaned)
        return None

    def read_one(self, text: str, into: Held) -> None:
        """The same for what stands there once, as nearly everything does."""
        try:
            text = sound_text(text)
            if not text or text in self.nothing:
                return
            value = self.parse(text)
        except ValueError as error:
            raise RowFault(self.path, str(error)) from error
        if value is not None:
            into.values[self.name] = value
            into.raw[self.name] = text


@dataclass(slots=True)
class Held:
    """Values under the names of one scope, and the text they were read from."""

    values: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Shape:
    """What may stand in a row, or in one of its repeats."""

    children: dict[str, Shape] = field(default_factory=dict)
    leaf: Leaf | None = None
    ignored: bool = False
    repeat: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    inner: dict[str, Inner] = field(default_factory=dict)

    def at(self, steps: Iterable[str]) -> Shape:
        """The shape at a path, made where there is none."""
        here = self
        for step in steps:
            here = here.children.setdefault(step, Shape())
        return here


@dataclass(frozen=True)
class Inner:
    """A repeat: how its scopes are found, whether each counts, and what tells them apart."""

    name: str
    shape: Shape
    each: str
    numbers: tuple[str, ...]
    parse: Parser
    key: Callable[[Scope], str | None]
    applies: Callable[[Scope], bool]


def shape_of(block: Block, feed: Feed) -> Shape:
    """The shape that a mapping gives to its rows."""
    shape = Shape()
    for name, column in block.columns.items():
        _add(shape, _leaf(name, column, feed), _steps(column.path or name, feed))
    for path in block.ignored:
        shape.at(_steps(path, feed)).ignored = True
    for name, repeat in block.repeats.items():
        inner = shape_of(repeat, feed) if repeat.path else Shape()
        if repeat.path:
            found = shape.at(_steps(repeat.path, feed))
            found.repeat = name
        for number in repeat.numbered:
            for column_name, column in repeat.columns.items():
                path = (column.path or column_name).replace("{n}", number)
                _add(shape, _leaf(column_name, column, feed, path=path, slot=(name, number)), _steps(path, feed))
        if not repeat.path:
            inner.inner = shape_of(Block(repeats=repeat.repeats), feed).inner
        codes = table(repeat.codes, feed.tables)
        default = "" if repeat.path else "{n}" if repeat.numbered else f"{{{name}}}"
        shape.inner[name] = Inner(
            name, inner, repeat.each, tuple(repeat.numbered), coded(codes) if codes is not None else str,
            template(repeat.key or default, raw=True), applies(repeat.when, repeat.unless),
        )  # fmt: skip
    return shape


def _steps(path: str, feed: Feed) -> list[str]:
    return [path] if feed.form == "csv" else path.split("/")


def _add(shape: Shape, leaf: Leaf, steps: list[str]) -> None:
    shape.at(steps).leaf = leaf
    shape.leaves.append(leaf)


def _leaf(name: str, column: Column, feed: Feed, *, path: str = "", slot: tuple[str, str] | None = None) -> Leaf:
    formats = tuple(column.formats or (feed.date_formats if column.type == "date" else feed.moment_formats))
    bools: dict[str, Any] = {
        **dict.fromkeys(feed.bools.yes, True), **dict.fromkeys(feed.bools.no, False), **dict.fromkeys(feed.bools.unknown),
    }  # fmt: skip
    parse = cell_parser(
        column.type, formats=formats, codes=table(column.codes, feed.tables), separator=column.separator, bools=bools
    )
    nothing = frozenset(feed.not_supplied)
    return Leaf(name, path or column.path or name, parse, column.type == "list", column.required, nothing, slot)


def open_node(
    node: Any, shape: Shape, children: Children, texts: Texts, outside: Mapping[str, Any], raw: Mapping[str, str]
) -> Scope:
    """A row of a nested form (XML, JSON) as scopes; `outside` is what the file's header says. Raises RowFault."""
    found: dict[Leaf, list[str]] = {}
    repeats: dict[str, list[Any]] = {}
    _gather(node, shape, "", children, texts, found, repeats)
    held, slots = read_leaves(shape, found)
    scope = Scope({**outside, **held.values}, {**raw, **held.raw})

    def open_inner(inner: Inner, one: Any) -> Scope:
        return open_node(one, inner.shape, children, texts, scope.values, scope.raw)

    for name, inner in shape.inner.items():
        nested = [open_inner(inner, one) for one in repeats.get(name, ())]
        scope.within[name] = [s for s in (*nested, *flat_repeats(scope, inner, slots)) if inner.applies(s)]
    return scope


def _gather(
    node: Any,
    shape: Shape,
    path: str,
    children: Children,
    texts: Texts,
    found: dict[Leaf, list[str]],
    repeats: dict[str, list[Any]],
) -> None:
    stray, _ = texts(node)
    if stray:
        raise RowFault(path.rstrip("/"), f"holds text where only elements belong: {stray!r}")
    for tag, child in children(node):
        sub = shape.children.get(tag)
        if sub is None:
            raise RowFault(path + tag, "is not in the mapping")
        if sub.ignored:
            continue
        if sub.repeat:
            repeats.setdefault(sub.repeat, []).append(child)
        elif sub.leaf is None:
            _gather(child, sub, f"{path}{tag}/", children, texts, found, repeats)
        else:
            text, nested = texts(child)
            if nested:
                raise RowFault(path + tag, "holds elements where text belongs")
            found.setdefault(sub.leaf, []).append(text)


def read_leaves(shape: Shape, found: Mapping[Leaf, list[str]]) -> tuple[Held, dict[tuple[str, str], Held]]:
    """The cells of one scope read, in the mapping's order, with those of its numbered repeats apart."""
    held = Held()
    slots: dict[tuple[str, str], Held] = {}
    for leaf in shape.leaves:
        texts = found.get(leaf)
        into = held if leaf.slot is None else slots.setdefault(leaf.slot, Held())
        if texts is not None:
            leaf.read(texts, into)
        if leaf.required and leaf.slot is None and leaf.name not in into.values:
            raise RowFault(leaf.path, "is missing")
    for leaf in shape.leaves:
        if leaf.slot and leaf.required and slots[leaf.slot].values and leaf.name not in slots[leaf.slot].values:
            raise RowFault(leaf.path, "is missing")
    return held, slots


def flat_repeats(scope: Scope, inner: Inner, slots: Mapping[tuple[str, str], Held]) -> list[Scope]:
    """The scopes of numbered columns that hold anything, and those of the parts of a list."""
    found = []
    for number in inner.numbers:
        held = slots.get((inner.name, number))
        if held is not None and held.values:
            found.append(scope.inner({"n": number, **held.values}, {"n": number, **held.raw}))
    for part in scope.values.get(inner.each) or () if inner.each else ():
        try:
            value = inner.parse(str(part))
        except ValueError as error:
            raise RowFault(inner.each, str(error)) from error
        if value is not None:
            found.append(scope.inner({inner.name: value}, {inner.name: str(part)}))
    for one in found:
        for name, deeper in inner.shape.inner.items():
            one.within[name] = [s for s in flat_repeats(one, deeper, {}) if deeper.applies(s)]
    return found
