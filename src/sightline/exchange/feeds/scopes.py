"""What one row holds, and the things that repeat within it, as values under the mapping's names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PersonKey = tuple[str, str]


class RowFault(Exception):
    """Something in a row that cannot be taken: in which field, and why."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(f"{field_name}: {reason}")
        self.field, self.reason = field_name, reason


@dataclass(slots=True)
class Scope:
    """One row, or one repeat in it. A name that is not there was not supplied. `raw` holds the text as it was written."""

    values: dict[str, Any]
    raw: dict[str, str]
    key: str = ""
    root: str = ""
    people: dict[str, list[PersonKey]] = field(default_factory=dict)
    within: dict[str, list[Scope]] = field(default_factory=dict)

    def inner(self, values: dict[str, Any], raw: dict[str, str]) -> Scope:
        """A scope within this one: it knows what this one knows; its own names come first."""
        return Scope({**self.values, **values}, {**self.raw, **raw})
