"""What was erased stays erased: a feed that says it again is not taken at its word, and nothing of what it said is kept to know it by.

A tombstone is found by a keyed hash. The key lies outside the database, so that neither the database nor a copy of it tells whose entry was
erased. Whatever a source has learnt since is new and is taken; and with something new about a person their description is taken again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection

from sightline.chronology.entries import Checked, PersonKey, moment
from sightline.kernel.arrays import text_array
from sightline.kernel.errors import Refused
from sightline.kernel.home import LOCAL
from sightline.people.anchors import found
from sightline.people.projections import PROJECTED

# One key is used for all of them (erasing refuses another), so that one of each source says which.
_BURIED = (
    "SELECT a.source, t.key FROM unnest(%s::text[]) AS a(source)"
    " CROSS JOIN LATERAL (SELECT key FROM chronology_tombstone WHERE source = a.source LIMIT 1) AS t"
)
_UNTIL = "SELECT ref::text, max(until_at) FROM chronology_tombstone WHERE source = ANY(%s::text[]) AND ref = ANY(%s::uuid[]) GROUP BY ref"


class Marks:
    """Marks a ref, or a person's part in it, by a keyed hash that says nothing of either."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.name = hashlib.blake2b(b"name", key=key, digest_size=8).hexdigest()

    def of(self, source: str, ref: str, who: PersonKey | None = None) -> str:
        """32 hexadecimal digits."""
        said = "\x1f".join((source, ref, *(who or ())))
        return hashlib.blake2b(said.encode(), key=self._key, digest_size=16).hexdigest()


def key_file() -> Path:
    """Where the key lies: `SIGHTLINE_TOMBSTONE_KEY`, else with what the installation keeps for itself."""
    return Path(os.environ.get("SIGHTLINE_TOMBSTONE_KEY", LOCAL / "tombstone.key"))


def marks(*, make: bool = False) -> Marks:
    """With the installation's key, made at the first erasure. Raises Refused where there is none: what was erased could not be told."""
    path = key_file()
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
    try:
        key = path.read_bytes()
    except OSError:
        key = b""
    if len(key) != 32:
        raise Refused(
            f"The key that erased entries are known by is not in {path.name}, so they might come back: nothing is taken in. "
            "Put it back, or say where it is with SIGHTLINE_TOMBSTONE_KEY."
        )
    return Marks(key)


def without_erased(checked: Sequence[Checked]) -> tuple[list[Checked], set[int]]:
    """The entries without the parts of people that were erased from them; and which of them, by place, were erased whole."""
    with connection.cursor() as cursor:
        cursor.execute(_BURIED, [text_array({c.source for c in checked})])
        buried = dict(cursor.fetchall())
    if not buried:
        return list(checked), set()
    by = marks()
    if set(buried.values()) != {by.name}:
        raise Refused(
            f"Some entries were erased under another key than the one in {key_file().name}: nothing is taken in."
        )
    until = _until(checked, buried, by)
    if not until:
        return list(checked), set()
    gone = {n for n, c in enumerate(checked) if _erased(c, until.get(by.of(c.source, c.ref)))}
    left = [c if n in gone or c.source not in buried else _less(c, until, by) for n, c in enumerate(checked)]
    return left, gone - _told_anew(left, gone)


def _until(checked: Sequence[Checked], buried: Iterable[str], by: Marks) -> dict[str, datetime]:
    asked: set[str] = set()
    for c in checked:
        if c.source in buried:
            asked.add(by.of(c.source, c.ref))
            asked |= {by.of(c.source, c.ref, who) for held in c.people.values() for who in held}
    with connection.cursor() as cursor:
        cursor.execute(_UNTIL, [text_array(set(buried)), text_array(asked)])
        return {ref.replace("-", ""): at for ref, at in cursor.fetchall()}


def _erased(said: Checked, until: datetime | None) -> bool:
    return until is not None and moment(said.recorded_at) <= until


def _less(said: Checked, until: Mapping[str, datetime], by: Marks) -> Checked:
    """The entry without the people whose part in it was erased. Its content stays what it was, so that it is known again."""
    left = {
        role: tuple(who for who in held if not _erased(said, until.get(by.of(said.source, said.ref, who))))
        for role, held in said.people.items()
    }
    return (
        said if left == dict(said.people) else said._replace(people={role: held for role, held in left.items() if held})
    )


def _told_anew(checked: Sequence[Checked], gone: set[int]) -> set[int]:
    """Erased descriptions of people who are held again, or of whom something new is said here: they are needed to know who that is."""
    descriptions = [n for n in gone if checked[n].kind in PROJECTED]
    if not descriptions:
        return set()
    new = {who for n, c in enumerate(checked) if n not in gone for held in c.people.values() for who in held}
    known = new | found({who for n in descriptions for held in checked[n].people.values() for who in held}).keys()
    return {n for n in descriptions if all(who in known for held in checked[n].people.values() for who in held)}
