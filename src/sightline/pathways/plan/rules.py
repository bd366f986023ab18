"""Standing facts of plans and placements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening

PLANS = {"child_protection": "child_protection_plan", "child_in_need": "child_in_need"}


def _still_open(chronology: Chronology, started: str, ended: str) -> Iterable[Happening]:
    """The last start of each source with no end at or after it; a plan's kind is kept apart where both say it."""
    for source in sorted({h.source for h in chronology.of_kind(started)}):
        starts = [
            h for h in chronology.of_kind(started) if h.source == source and h.concerns(chronology.subject, "child")
        ]
        for kind in sorted({str(h.get("kind")) for h in starts}):
            last = [h for h in starts if str(h.get("kind")) == kind][-1]
            if not any(e.at >= last.at and e.source == source and _same(e, last) for e in chronology.of_kind(ended)):
                yield last


def _same(end: Happening, start: Happening) -> bool:
    """An end speaks of the start that shares its reference; where neither says, of the one before it."""
    begun, over = start.ref.rsplit("/", 1)[0], end.ref.rsplit("/", 1)[0]
    return begun == over or not over.startswith(begun.split("/", 1)[0]) or begun.count("/") == 0


def plans(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Subject of a child protection plan, or child in need, and the plan has not ended."""
    for start in _still_open(chronology, "plan.started", "plan.ended"):
        if start.pointer:
            continue
        kind = PLANS.get(str(start.get("kind")))
        if kind and start.at <= as_of:
            said = [f"category {start.get('category')}"] if start.get("category") else []
            said += [f"lead worker {start.get('lead')}"] if start.get("lead") else []
            yield Standing(kind, ", ".join(said), start.at, None, start.source, start.recorded_at, (start.event_id,))


def placements(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Looked after: placed, and the placement has not ended."""
    for start in _still_open(chronology, "placement.started", "placement.ended"):
        if start.at <= as_of:
            kind = str(start.get("kind") or "placement, kind not supplied").replace("_", " ")
            area = f", {start.get('area')}" if start.get("area") else ""
            yield Standing(
                "looked_after", kind + area, start.at, None, start.source, start.recorded_at, (start.event_id,)
            )


STANDING = [
    StandingFact("child_protection_plan", "Subject of a child protection plan", 88, plans),
    StandingFact("looked_after", "Looked after", 80, placements),
    StandingFact("child_in_need", "Child in need", 60, lambda _c, _t: ()),
]
