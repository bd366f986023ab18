"""The class of every field (fields.yaml): of the models', of the events', and of the names by which the access log speaks of a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from sightline.access.policy import Of

NONE = "none"  # a field about nobody


@cache
def declared() -> Mapping[str, Mapping[str, str]]:
    """Three lists: `models` (app.Model.field), `events` (kind.field, where it is not sensitive) and `looks` (what the log says of a look)."""
    held: dict[str, dict[str, str]] = {}
    for part, lists in yaml.safe_load((Path(__file__).parent / "fields.yaml").read_text()).items():
        held[part] = _flat(lists)
    return held


def _flat(lists: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """`{of: {class: [fields]}}` as `of.field: class`. Raises ValueError for a field classified twice, or by a class that nobody declared."""
    found: dict[str, str] = {}
    for of, classes in lists.items():
        for what, names in classes.items():
            if what != NONE:
                Of(what)
            for name in str(names).split():
                if f"{of}.{name}" in found:
                    raise ValueError(f"{of}.{name} is classified twice")
                found[f"{of}.{name}"] = what
    return found


def of_event(kind: str, name: str) -> Of:
    """The class of a field of an event's own data: sensitive, unless it says nothing about anybody."""
    found = declared()["events"].get(f"{kind}.{name}", Of.SENSITIVE.value)
    return Of.FREE if found == NONE else Of(found)


@cache
def _of_look(name: str) -> frozenset[Of]:
    found = declared()["looks"].get(f"log.{name}", Of.SENSITIVE.value)
    return frozenset() if found == NONE else frozenset([Of(found)])


def classes_of(names: Iterable[str]) -> frozenset[Of]:
    """The classes of what a look names: of one that nobody classified, the most sensitive."""
    return frozenset(what for name in names for what in _of_look(name))
