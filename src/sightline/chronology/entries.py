"""What is asked to be recorded, before it is an event."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sightline.chronology.kinds import ROLES, checked
from sightline.kernel.moments import aware

PersonKey = tuple[str, str]
_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


class Became(StrEnum):
    """What became of an entry. Unordered and contested: another of the same date says otherwise, and neither is later.

    Which of the two stands meanwhile goes by content, never by which came first: a contested one was written, an unordered one was not.
    """

    APPLIED = "applied"
    SUPERSEDED = "superseded"
    UNCHANGED = "unchanged"
    UNORDERED = "cannot be ordered"
    CONTESTED = "cannot be ordered, and stands meanwhile"


@dataclass(frozen=True)
class Entry:
    """One event as a source says it. `people` maps roles to (source, key) of each person.

    `precision` "day" means the clock time is not known. `extracted_at` orders what a source says under one ref.
    """

    kind: str
    at: datetime
    source: str
    ref: str
    people: Mapping[str, tuple[PersonKey, ...]]
    data: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None
    extracted_at: datetime | None = None
    precision: str = "minute"
    agency: str = ""
    by: str = ""
    place: str = ""
    note: str = ""
    supersedes: int | None = None

    def validated(self, *, asked: bool) -> dict[str, Any]:
        """The event's fields as stored; raises FieldErrors, UnknownKind or ValueError naming what is wrong."""
        for role in self.people:
            if role not in ROLES:
                raise ValueError(f"{role} is not a role that a person can have in an event")
        if "\x00" in self.place + self.note + self.by + self.ref:
            raise ValueError("holds a NUL character")
        aware(self.at)
        return checked(self.kind, self.data, asked=asked)

    def content(self, data: Mapping[str, Any]) -> UUID:
        """A 128-bit hash of everything the source said, apart from when we were told."""
        at = aware(self.at)
        recorded_at = aware(self.recorded_at) if self.recorded_at else at
        people = [
            f"{role}\x1e{source}\x1e{key}" for role, held in sorted(self.people.items()) for source, key in sorted(held)
        ]
        said = (
            self.kind, at.isoformat(), self.precision, self.agency, self.by, recorded_at.isoformat(), self.place, self.note,
            str(self.supersedes or ""), *people, _ENCODE(data) if data else "",
        )  # fmt: skip
        return UUID(bytes=hashlib.blake2b("\x1f".join(said).encode(), digest_size=16).digest())

    def checked(self, *, asked: bool, shared: bool = False) -> Checked:
        """The entry found valid. Raises FieldErrors, UnknownKind or ValueError naming what is wrong."""
        data = self.validated(asked=asked)
        return Checked(self, data, self.content(data), shared)


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry found valid: its fields as they are stored, and the hash of everything it says.

    `shared`: about somebody whom several rows of one extract may describe. Where two of one date disagree both are kept; one stands.
    """

    entry: Entry
    data: dict[str, Any]
    content: UUID
    shared: bool = False
