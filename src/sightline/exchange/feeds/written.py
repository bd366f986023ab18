"""A mapping as it is written: YAML in which yes, no and 01 are what they look like, no key stands twice, and every place has a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from sightline.kernel.errors import Refused

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One mistake in a mapping: the line, the field, and what is wrong with it."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.reason}" if self.field else f"line {self.line}: {self.reason}"


class BadMapping(Refused):
    """A mapping that cannot be used; every mistake found in it, with its line and field."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file, self.faults = file, sorted(faults, key=lambda f: (f.line, f.field))
        super().__init__(f"{file} cannot be used:\n" + "\n".join(f"  {fault}" for fault in self.faults))


class _Loader(yaml.SafeLoader):
    """Only true, false and null mean anything but themselves: codes such as 01, 1E5, NO and 12:30 stay as written."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


@dataclass(frozen=True)
class Written:
    """A mapping's content, and on which line each part of it stands."""

    file: str
    content: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """The line of a place in it, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, reason: str) -> Fault:
        """A mistake at a place."""
        return Fault(self.line(place), ".".join(str(p) for p in place), reason)


def read_written(text: str, file: str) -> Written:
    """Reads a mapping's YAML. Raises BadMapping where it is no YAML, or a key stands twice."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        faults: list[Fault] = []
        if node is not None:
            _walk(node, (), lines, faults)
        if faults:
            raise BadMapping(file, faults)
        return Written(file, loader.construct_document(node) if node is not None else None, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise BadMapping(file, [Fault(mark.line + 1 if mark else 1, "", str(reason))]) from error
    finally:
        loader.dispose()


def _walk(node: yaml.Node, place: Place, lines: dict[Place, int], faults: list[Fault]) -> None:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen and name != "<<":
                faults.append(Fault(key.start_mark.line + 1, ".".join(map(str, (*place, name))), "stands twice"))
            seen.add(name)
            lines[*place, name] = key.start_mark.line + 1
            _walk(value, (*place, name), lines, faults)
    elif isinstance(node, yaml.SequenceNode):
        for number, part in enumerate(node.value):
            _walk(part, (*place, number), lines, faults)
