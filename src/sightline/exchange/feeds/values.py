"""How the mapping's words become values: columns, constants, templates, conditions. Pure functions of a scope."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sightline.exchange.feeds.cells import coded
from sightline.exchange.feeds.mapping import Condition, Given, Named
from sightline.exchange.feeds.scopes import RowFault, Scope

Getter = Callable[[Scope], Any]
_FIELD = re.compile(r"\{([^{}]*)\}")


def table(named: Named | None, tables: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A code table, spelt out or by name."""
    return tables[named] if isinstance(named, str) else named


def words_of(template: str) -> list[str]:
    """The names that a template speaks of."""
    return _FIELD.findall(template)


def template(text: str, *, raw: bool = False) -> Getter:
    """Text with columns in it; nothing where any of them is not supplied. `raw`: as written, for keys and refs."""
    pieces = _FIELD.split(text)
    literals, names = pieces[::2], pieces[1::2]

    def fill(scope: Scope) -> str | None:
        out = literals[0]
        for name, literal in zip(names, literals[1:], strict=True):
            if name not in scope.values:
                return None
            out += (as_key(scope, name) if raw else _worded(scope, name)) + literal
        return out

    return fill


def as_key(scope: Scope, name: str) -> str:
    """A column as part of a key: as written, save a day, which must give the same key however the next extract writes it."""
    value = scope.values[name]
    return value.isoformat() if type(value) is date else scope.raw[name]


def _worded(scope: Scope, name: str) -> str:
    value = scope.values[name]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    return value if isinstance(value, str) else scope.raw[name]


def getter(given: Given, tables: Mapping[str, Any], *, raw: bool = False) -> Getter:
    """How a value is come by; None is not supplied."""
    if given.column is not None:
        return _column(given.column, table(given.codes, tables), given.otherwise, raw=raw)
    if given.text is not None:
        return template(given.text, raw=raw)
    if given.held is not None:
        name = given.held
        return lambda scope: True if name in scope.values else None
    if given.first is not None:
        return _first([getter(g, tables, raw=raw) for g in given.first])
    if given.all is not None:
        return _all([getter(g, tables, raw=raw) for g in given.all])
    constant = given.value
    return lambda _: constant


def _column(name: str, codes: Mapping[str, Any] | None, otherwise: Any, *, raw: bool) -> Getter:
    if codes is None:
        return (
            (lambda scope: as_key(scope, name) if name in scope.values else None)
            if raw
            else (lambda scope: scope.values.get(name))
        )
    recode = coded(codes)

    def get(scope: Scope) -> Any:
        value = scope.values.get(name)
        if value is None:
            return None
        if isinstance(value, list):
            return [r for v in value if (r := codes.get(str(v), otherwise)) is not None]
        said = ("true" if value else "false") if isinstance(value, bool) else str(value)
        if otherwise is not None and said not in codes:
            return otherwise
        try:
            return recode(said)
        except ValueError as error:
            raise RowFault(name, str(error)) from error

    return get


def _first(getters: list[Getter]) -> Getter:
    def get(scope: Scope) -> Any:
        for one in getters:
            if (value := one(scope)) is not None:
                return value
        return None

    return get if len(getters) != 1 else getters[0]


def _all(getters: list[Getter]) -> Getter:
    def get(scope: Scope) -> Any:
        found: list[Any] = []
        for one in getters:
            value = one(scope)
            found.extend(value if isinstance(value, list) else [] if value is None else [value])
        return found or None

    return get


def columns_of(given: Given | None) -> list[str]:
    """The columns that a value is made from, for saying which one is wrong."""
    if given is None:
        return []
    names = [n for n in (given.column, given.held) if n is not None]
    names += words_of(given.text) if given.text is not None else []
    for part in (*(given.first or ()), *(given.all or ())):
        names += columns_of(part)
    return names


def applies(when: Condition | None, unless: Condition | None) -> Callable[[Scope], bool]:
    """Whether something is said at all: columns that must be held, or hold one of the values given, and those that must not."""
    said, denied = _condition(when), _condition(unless)
    if said is None and denied is None:
        return lambda _: True
    return lambda scope: (said is None or said(scope)) and not (denied is not None and denied(scope))


def _condition(when: Condition | None) -> Callable[[Scope], bool] | None:
    if when is None:
        return None
    if isinstance(when, str | list):
        names = [when] if isinstance(when, str) else when
        return lambda scope: all(n in scope.values for n in names)
    tests = [_test(name, wanted if isinstance(wanted, list) else [wanted]) for name, wanted in when.items()]
    return lambda scope: all(test(scope) for test in tests)


def _test(name: str, wanted: list[Any]) -> Callable[[Scope], bool]:
    literal = {w if isinstance(w, bool) else str(w) for w in wanted}

    def test(scope: Scope) -> bool:
        if name not in scope.values:
            return "absent" in literal
        value = scope.values[name]
        if "held" in literal:
            return True
        if isinstance(value, list):
            return any(v in literal for v in value)
        return (value if isinstance(value, bool) else str(value)) in literal or scope.raw[name] in literal

    return test
