"""Slices are found, not listed: adding one changes no file outside its folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "sightline"
HALLS = ("pathways", "patterns", "oversight", "exchange")


@cache
def slices() -> tuple[str, ...]:
    """Dotted names of every slice: a folder with a charter (`__init__.py`) in a hall, in name order."""
    return tuple(
        f"{PACKAGE}.{hall}.{folder.name}"
        for hall in HALLS
        for folder in sorted((ROOT / hall).iterdir())
        if (folder / "__init__.py").exists()
    )


def modules(part: str, *, among: tuple[str, ...] | None = None) -> Iterator[ModuleType]:
    """Each slice's file of that name (`events`, `rules`, `panels`, ...), imported; slices without one are passed over."""
    for name in slices() if among is None else among:
        if find_spec(f"{name}.{part}") is not None:
            yield import_module(f"{name}.{part}")


def declared(part: str, kind: type[T]) -> list[T]:
    """Every module-level declaration of a type in the slices' files of that name, lists of them included."""
    found: list[T] = []
    for module in modules(part):
        for value in vars(module).values():
            if isinstance(value, kind):
                found.append(value)
            elif isinstance(value, list | tuple):
                found.extend(v for v in value if isinstance(v, kind))
    return list({id(f): f for f in found}.values())
