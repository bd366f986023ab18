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
from sightline.kernel.lines import NULL, columns
from sightline.kernel.moments import aware
from sightline.people.foreseen import place_of

PersonKey = tuple[str, str]
_ROLES = frozenset(ROLES)


class Became(StrEnum):
    """What became of an entry. Unordered and contested: another of the same date says otherwise, and neither is later.

    Which of the two stands meanwhile goes by content, never by which came first: a contested one stands, an unordered one is kept as said.
    """

    APPLIED = "applied"
    SUPERSEDED = "superseded"
    UNCHANGED = "unchanged"
    UNORDERED = "cannot be ordered"
    CONTESTED = "cannot be ordered, and stands meanwhile"
    ERASED = "was erased here, and is not taken again"


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

    def checked(self, *, asked: bool, shared: bool = False) -> Checked:
        """The entry found valid. Raises FieldErrors, UnknownKind or ValueError naming what is wrong."""
        return checked_entry(
            self.kind, self.at, self.source, self.ref, self.people, self.data, self.recorded_at, self.extracted_at, self.precision,
            self.agency, self.by, self.place, self.note, self.supersedes, asked=asked, shared=shared,
        )  # fmt: skip


def checked_entry(
    kind: str,
    at: datetime,
    source: str,
    ref: str,
    people: Mapping[str, tuple[PersonKey, ...]],
    data: Mapping[str, Any],
    recorded_at: datetime | None = None,
    extracted_at: datetime | None = None,
    precision: str = "minute",
    agency: str = "",
    by: str = "",
    place: str = "",
    note: str = "",
    supersedes: int | None = None,
    *,
    asked: bool = False,
    shared: bool = False,
) -> Checked:
    """What an Entry of these would be, found valid: a feed says millions and needs no Entry of each. Raises as `Entry.checked`."""
    for role in people:
        if role not in _ROLES:
            raise ValueError(f"{role} is not a role that a person can have in an event")
    if "\x00" in place + note + by + ref:
        raise ValueError("holds a NUL character")
    held, written = checked_and_written(kind, data, asked=asked)
    happened = told_at(at)
    learnt = told_at(recorded_at) if recorded_at else happened
    who = [f"{role}\x1e{of}\x1e{key}" for role in sorted(people) for of, key in sorted(people[role])]
    said = (kind, happened, precision, agency, by, learnt, place, note, str(supersedes or ""), *who, written)
    # A 128-bit hash of everything the source said, apart from when we were told.
    content = hashlib.blake2b("\x1f".join(said).encode(), digest_size=16).hexdigest()
    told = columns(kind, happened, learnt, precision, source, ref, agency, by, place, note, written or "{}")
    premises = place_of(place).key if place and place != "home" else NULL
    return Checked(
        kind, source, ref, people, held, happened, learnt, told_at(extracted_at) if extracted_at else "", precision, agency, by, place, note,
        supersedes, content, shared, f"{told}\t{premises}\t{supersedes or NULL}\t{content}",
    )  # fmt: skip


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
