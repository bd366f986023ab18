"""What an entry said before it was corrected: every version is kept, and the one that stands says what it replaced, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from sightline.chronology.view import Chronology, Happening
from sightline.chronology.wording import in_words
from sightline.ui.jinja import when, words

BECAUSE = "Corrected because: "  # in a correction's note, before its reason
_STANDS = """
WITH RECURSIVE chain AS (
    SELECT event_id, by_event_id FROM chronology_superseded WHERE event_id = ANY(%s)
    UNION SELECT c.event_id, s.by_event_id FROM chain c JOIN chronology_superseded s ON s.event_id = c.by_event_id)
SELECT event_id, by_event_id FROM chain c WHERE NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = c.by_event_id)
"""


@dataclass(frozen=True)
class Version:
    """An earlier version: who said it and when, what of it reads otherwise now, and who replaced it, when, why where that was said."""

    entry: Happening
    differs: tuple[tuple[str, str, str], ...]  # what, before, now
    replaced_at: datetime
    replaced_by: str
    reason: str


def earlier_versions(chronology: Chronology) -> dict[int, tuple[Version, ...]]:
    """By the entry that stands, what it said before, newest first. `chronology` has passed the gate, and is cut to what the viewer may see."""
    past = {h.event_id: h for h in chronology.past}
    standing = {h.event_id: h for h in chronology.happenings}
    found: dict[int, list[Happening]] = {}
    for old, now in _stands(past).items():
        if now in standing:
            found.setdefault(now, []).append(past[old])
    return {now: _versions(standing[now], held) for now, held in found.items()}


def _stands(events: Iterable[int]) -> dict[int, int]:
    """Which entry stands for each of these by now."""
    asked = list(events)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDS, [asked])
        return dict(cursor.fetchall())


def _versions(now: Happening, held: list[Happening]) -> tuple[Version, ...]:
    """Each beside the one that came after it."""
    ordered = sorted(held, key=lambda h: (h.replaced_held_at or h.received_at, h.received_at, h.event_id))
    after = [*ordered[1:], now]
    return tuple(_version(old, new) for old, new in zip(ordered, after, strict=True))[::-1]


def _version(old: Happening, new: Happening) -> Version:
    by_hand = (old.source, old.ref) != (new.source, new.ref)
    reason = (new.note.rpartition(BECAUSE)[2]) if by_hand and not new.pointer else ""
    return Version(old, _differs(old, new, noted=not by_hand), old.replaced_held_at or new.received_at, new.by, reason)


def _differs(old: Happening, new: Happening, *, noted: bool) -> tuple[tuple[str, str, str], ...]:
    if old.pointer or new.pointer:
        return ()
    rows: list[tuple[str, Any, Any]] = [
        (words(f), old.get(f), new.get(f)) for f in dict.fromkeys([*old.data, *new.data])
    ]
    rows += [("When", when(old.at, old.precision), when(new.at, new.precision)), ("Where", old.place, new.place)]
    rows += [("Note", old.note, new.note)] if noted else []
    return tuple((what, _said(before), _said(now)) for what, before, now in rows if before != now)


def _said(value: Any) -> str:
    return in_words(value) if value not in (None, "") else "nothing"
