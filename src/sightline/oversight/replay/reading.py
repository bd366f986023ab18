"""Reads a case written up as a timeline; what is wrong in it is named by file, line and field."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from sightline.kernel.moments import from_local, start_of


class Invalid(ValueError):
    """A file that is no valid case: which file, which line, which field, why."""

    def __init__(self, file: Path, line: int, field: str, why: str) -> None:
        self.file, self.line, self.field, self.why = file, line, field, why
        super().__init__(f"{file}:{line}: {field}: {why}")


class Written(dict[str, Any]):
    """A mapping that knows the line on which it stands."""

    line: int = 1


class _Loader(yaml.SafeLoader):
    """Keeps the line of every mapping, and refuses the same name twice in one."""

    def written(self, node: yaml.MappingNode) -> Written:
        """One mapping. Raises ConstructorError."""
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := {n for n in names if names.count(n) > 1}:
            raise yaml.constructor.ConstructorError(
                None, None, f"given twice: {', '.join(sorted(twice))}", node.start_mark
            )
        found = Written({str(k): v for k, v in self.construct_mapping(node, deep=True).items()})
        found.line = node.start_mark.line + 1
        return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _Loader.written)


def _loaded(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise Invalid(file, 1, "file", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise Invalid(file, 1, "file", f"not UTF-8: {error.reason}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Invalid(file, mark.line + 1 if mark else 1, "file", error.problem or "not YAML") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Invalid(file, 1, "file", str(error)) from error


def written_list(file: Path) -> list[Any]:
    """A file's list of mappings. Raises Invalid."""
    found = _loaded(file)
    if not isinstance(found, list) or not all(isinstance(row, Written) for row in found):
        raise Invalid(file, 1, "file", "no list of mappings")
    return found


def written(file: Path) -> Written:
    """A file's mapping. Raises Invalid where it cannot be read, or is no mapping."""
    found = _loaded(file)
    if not isinstance(found, Written):
        raise Invalid(file, 1, "file", "no mapping of id, kind, people, events, until")
    return found


class Reader:
    """Takes fields out of one file's mappings."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def fault(self, of: Written, field: str, why: str) -> Invalid:
        """To be raised."""
        return Invalid(self.file, of.line, field, why)

    def need(self, of: Written, field: str, kind: type | tuple[type, ...]) -> Any:
        """A field that must be there and of a type. Raises Invalid."""
        if field not in of or of[field] is None:
            raise self.fault(of, field, "missing")
        return self.typed(of, field, kind)

    def typed(self, of: Written, field: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """A field that may be left out. Raises Invalid where it is there and of another type."""
        value = of.get(field)
        if value is None:
            return default
        if not isinstance(value, kind):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            raise self.fault(of, field, f"{value!r} is no {' or '.join(k.__name__ for k in kinds)}")
        return value

    def only(self, of: Written, *fields: str) -> None:
        """Raises Invalid for a field that the format does not have."""
        if strange := set(of) - set(fields):
            raise self.fault(of, sorted(map(str, strange))[0], "no such field")

    def moment(self, of: Written, field: str) -> datetime | None:
        """A local time with seconds, or a day, in UTC; None where it is left out. Raises Invalid."""
        value = self.typed(of, field, (datetime, date))
        if value is None:
            return None
        return from_local(value) if isinstance(value, datetime) else start_of(value)
