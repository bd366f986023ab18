"""What is asked to be recorded, before it is an event."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sightline.chronology.kinds import ROLES, checked_and_written
from sightline.chronology.lines import NULL, columns
from sightline.kernel.moments import aware
from sightline.people.premises import premises_key

PersonKey = tuple[str, str]


class Became(StrEnum):
    """What became of an entry. Unordered and contested: another of the same date says otherwise, and neither is later.

    Which of the two stands meanwhile goes by content, never by which came first: a contested one stands, an unordered one is kept as said.
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

    def validated(self, *, asked: bool) -> tuple[dict[str, Any], str]:
        """The event's fields as stored, and the same as JSON; raises FieldErrors, UnknownKind or ValueError naming what is wrong."""
        for role in self.people:
            if role not in ROLES:
                raise ValueError(f"{role} is not a role that a person can have in an event")
        if "\x00" in self.place + self.note + self.by + self.ref:
            raise ValueError("holds a NUL character")
        return checked_and_written(self.kind, self.data, asked=asked)

    def checked(self, *, asked: bool, shared: bool = False) -> Checked:
        """The entry found valid. Raises FieldErrors, UnknownKind or ValueError naming what is wrong."""
        at = told_at(self.at)
        data, written = self.validated(asked=asked)
        recorded_at = told_at(self.recorded_at) if self.recorded_at else at
        extracted_at = told_at(self.extracted_at) if self.extracted_at else ""
        content = self._content(at, recorded_at, written)
        place = str(premises_key(self.place)) if self.place and self.place != "home" else NULL
        told = columns(
            self.kind, at, recorded_at, self.precision, self.source, self.ref, self.agency, self.by, self.place, self.note, written or "{}",
        )  # fmt: skip
        line = f"{told}\t{place}\t{self.supersedes or NULL}\t{content}"
        return Checked(
            self.kind, self.source, self.ref, self.people, data, at, recorded_at, extracted_at, self.precision, self.agency, self.by,
            self.place, self.note, self.supersedes, content, shared, line,
        )  # fmt: skip

    def _content(self, at: str, recorded_at: str, written: str) -> str:
        """A 128-bit hash, in hexadecimal, of everything the source said, apart from when we were told."""
        people = [
            f"{role}\x1e{source}\x1e{key}" for role in sorted(self.people) for source, key in sorted(self.people[role])
        ]
        said = (
            self.kind, at, self.precision, self.agency, self.by, recorded_at, self.place, self.note, str(self.supersedes or ""), *people,
            written,
        )  # fmt: skip
        return hashlib.blake2b("\x1f".join(said).encode(), digest_size=16).hexdigest()


class Checked(NamedTuple):
    """An entry found valid, in plain types, so that it goes cheaply from one process to another. Moments are ISO 8601 in UTC.

    `data`: its fields as they are stored. `content`: the hash of everything it says. `line`: its columns as COPY takes them.
    `shared`: about somebody whom several rows of one extract may describe. Where two of one date disagree both are kept; one stands.
    """

    kind: str
    source: str
    ref: str
    people: Mapping[str, tuple[PersonKey, ...]]
    data: Mapping[str, Any]
    at: str
    recorded_at: str
    extracted_at: str
    precision: str
    agency: str
    by: str
    place: str
    note: str
    supersedes: int | None
    content: str
    shared: bool
    line: str

    @property
    def entry(self) -> Entry:
        """As it was asked, its fields as they are stored."""
        return Entry(
            self.kind, moment(self.at), self.source, self.ref, self.people, self.data, moment(self.recorded_at),
            moment(self.extracted_at) if self.extracted_at else None, self.precision, self.agency, self.by, self.place, self.note,
            self.supersedes,
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def told_at(at: datetime) -> str:
    """A moment as it is written and hashed. Raises ValueError for one without a zone."""
    return aware(at).isoformat()


@lru_cache(maxsize=20_000)
def moment(text: str) -> datetime:
    """A moment of an entry found valid."""
    return aware(datetime.fromisoformat(text))
