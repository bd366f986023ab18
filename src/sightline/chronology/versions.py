"""What a source has said under one ref, over time: which version stands, whatever order the extracts arrive in."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.db import connection
from django.db.backends.utils import CursorWrapper

from sightline.chronology.entries import Became, Checked, moment, told_at
from sightline.kernel.arrays import text_array

Ref = tuple[str, str]


@dataclass(slots=True)
class Version:
    """One version of what a source says under one ref: first said in the extract of `first_at`, last in that of `last_at`."""

    first_at: datetime
    last_at: datetime
    content: str
    event_id: int
    said: Checked | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """By the last extract that says it; two of one date by content, so that any order of arrival ends the same."""
        return (self.last_at, self.content)


@dataclass
class Batch:
    """What a batch will write, worked out before anything is written."""

    received_at: datetime
    held: dict[Ref, list[Version]]
    fresh: list[Version] = field(default_factory=list)
    said_again: list[Version] = field(default_factory=list)

    def place(self, checked: Checked) -> Became:
        """Decide what becomes of one entry among the versions held of its ref."""
        content = checked.content
        versions = self.held[checked.source, checked.ref]
        at = moment(checked.extracted_at) if checked.extracted_at else self.received_at
        if not versions:
            return self._add(versions, 0, Version(at, at, content, 0, checked))
        if any(v.content == content and v.first_at <= at <= v.last_at for v in versions):
            return Became.UNCHANGED
        # What another version said on that very date; it may have been said again since.
        same_date = [v for v in versions if at in (v.first_at, v.last_at) and v.content != content]
        contested = not checked.shared and bool(same_date)
        # One that does not stand is kept all the same, so that what comes later finds it in whatever order they come.
        beaten = contested and any(content < v.content for v in same_date)
        position = bisect_left(versions, (at, content), key=lambda v: v.order)
        if self._told_again(versions, position, content, at):
            return Became.UNORDERED if beaten else Became.UNCHANGED
        became = self._add(versions, position, Version(at, at, content, 0, checked))
        if contested:
            return Became.UNORDERED if beaten else Became.CONTESTED
        return became

    def _told_again(self, versions: list[Version], position: int, content: str, at: datetime) -> bool:
        """Whether the version next to where this one belongs says the same: then only its dates grow."""
        if position and versions[position - 1].content == content:
            # Said again by a later extract: what arrives late from between the two must not replace it.
            same, same_last = versions[position - 1], at
        elif position < len(versions) and versions[position].content == content:
            # Said before by an older extract: the same file again must find it.
            same, same_last = versions[position], versions[position].last_at
        else:
            return False
        same.first_at, same.last_at = min(at, same.first_at), same_last
        self.said_again.append(same)
        return True

    def _add(self, versions: list[Version], position: int, new: Version) -> Became:
        versions.insert(position, new)
        self.fresh.append(new)
        return Became.SUPERSEDED if len(versions) > 1 else Became.APPLIED

    def replaced(self) -> dict[int, int]:
        """Events that a later version of their ref replaces, once the fresh ones have ids."""
        several = (versions for versions in self._versions() if len(versions) > 1)
        return {old.event_id: new.event_id for versions in several for old, new in pairwise(versions)}

    def still_standing(self) -> set[int]:
        """Events held before that still stand although an older version of their ref has just arrived."""
        fresh = {id(v) for v in self.fresh}
        return {versions[-1].event_id for versions in self._versions() if id(versions[-1]) not in fresh}

    def said_once(self) -> set[int]:
        """Fresh events whose ref has no other version, once they have ids."""
        return {versions[0].event_id for versions in self._versions() if len(versions) == 1}

    def corrected(self) -> dict[int, int]:
        """Events that a fresh correction by hand names as the one it replaces."""
        return {v.said.supersedes: v.event_id for v in self.fresh if v.said and v.said.supersedes}

    def _versions(self) -> list[list[Version]]:
        """All versions of each ref under which something fresh is written."""
        return [self.held[ref] for ref in dict.fromkeys([(v.said.source, v.said.ref) for v in self.fresh if v.said])]


_HELD = """
SELECT e.source, e.ref, least(s.first_at, e.extracted_at), coalesce(s.extracted_at, e.extracted_at), replace(e.content::text, '-', ''), e.id
FROM unnest(%s::text[], %s::text[]) AS a(source, ref) JOIN chronology_event e USING (source, ref)
LEFT JOIN chronology_saidagain s ON s.event_id = e.id
ORDER BY 4, e.content
"""
# One look at a time, each by index: OFFSET 0 keeps the inner look from being joined whole (see `_by_index`).
_SAID_BEFORE = """
SELECT a.n, held.same FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::uuid[]) WITH ORDINALITY AS a(source, ref, at, content, n)
CROSS JOIN LATERAL (
    SELECT bool_or(e.content = a.content
                   AND a.at BETWEEN least(s.first_at, e.extracted_at) AND coalesce(s.extracted_at, e.extracted_at)) AS same
    FROM chronology_event e
    LEFT JOIN LATERAL (SELECT first_at, extracted_at FROM chronology_saidagain WHERE event_id = e.id OFFSET 0) s ON true
    WHERE e.source = a.source AND e.ref = a.ref) AS held
WHERE held.same IS NOT NULL
"""


@contextmanager
def _by_index() -> Iterator[CursorWrapper]:
    """A cursor for looking up a few thousand refs: a table that a load is filling has no statistics, and is never read whole for each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true)")
        yield cursor
        cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")


def said_before(checked: Sequence[Checked], received_at: datetime) -> dict[int, bool]:
    """Of each entry, by its place in the list, under whose ref something is held: whether that is just what it says, of that very time."""
    received = told_at(received_at)
    with _by_index() as cursor:
        cursor.execute(
            _SAID_BEFORE,
            [
                text_array([c.source for c in checked]),
                text_array([c.ref for c in checked]),
                text_array([c.extracted_at or received for c in checked]),
                text_array([c.content for c in checked]),
            ],
        )
        return {n - 1: same for n, same in cursor.fetchall()}


def held(refs: set[Ref]) -> dict[Ref, list[Version]]:
    """The versions held of each ref, in their order."""
    found: dict[Ref, list[Version]] = defaultdict(list)
    asked = sorted(refs)
    with _by_index() as cursor:
        cursor.execute(_HELD, [text_array(s for s, _ in asked), text_array(r for _, r in asked)])
        for source, ref, first_at, last_at, content, pk in cursor.fetchall():
            found[source, ref].append(Version(first_at, last_at, content, pk))
    return found


def write_said_again(versions: list[Version]) -> None:
    """Keep the dates of the newest and the oldest extract that say the same."""
    said = {v.event_id: v for v in versions}
    if said:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO chronology_saidagain AS held (event_id, extracted_at, first_at)"
                " SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) ON CONFLICT (event_id) DO UPDATE"
                " SET extracted_at = greatest(held.extracted_at, excluded.extracted_at), first_at = least(held.first_at, excluded.first_at)",
                [list(said), [v.last_at for v in said.values()], [v.first_at for v in said.values()]],
            )
