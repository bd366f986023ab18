"""A line of the access log as a leaf: what it says in one fixed form, so that whoever reads the row gets the same hash.

A line's id and its transaction's number say only where it stands, which the tree says too; so they are no part of the leaf.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from .merkle import leaf_hash

COLUMNS = (
    "id", "written_in", "written_at", "salt", "at", "user_id", "role", "agency", "action", "route", "reason", "people", "fields",
    "outcome", "note", "request_ref",
)  # fmt: skip
READ = f"SELECT {', '.join(COLUMNS)} FROM access_accessentry"


def leaf_of(row: tuple[Any, ...]) -> bytes:
    """The leaf's hash of a row of COLUMNS. The salt keeps a leaf that lies with a witness from being guessed."""
    said = [_plain(value) for value in row[2:]]
    return leaf_hash(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return str(value)
