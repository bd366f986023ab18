"""Standing facts of plans and placements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sightline.chronology.courses import key_of
from sightline.chronology.goes_on import GoesOn, while_it_stands
from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local

PLANS = {"child_protection": "child_protection_plan", "child_in_need": "child_in_need"}


def runs(chronology: Chronology, started: str, ended: str) -> list[tuple[Happening, Happening | None]]:
    """The latest run of each kind in each source, with its end where one is recorded.

    An end made here names its start. One from elsewhere belongs to the start whose record it shares; one that shares none, to the last
    start of its source before it.
    """
    starts = [h for h in chronology.of_kind(started) if h.concerns(chronology.subject, "child")]
    ends: dict[int, Happening] = {}
    for end in chronology.of_kind(ended):
        same = [s for s in starts if s.source == end.source and _named(s, end)]
        before = same or [s for s in starts if s.source == end.source and s.at <= end.at]
        if before:
            ends[before[-1].event_id] = end
    latest = {(s.source, str(s.get("kind"))): s for s in starts}
    return [(s, ends.get(s.event_id)) for s in latest.values()]


def _named(start: Happening, end: Happening) -> bool:
    if "#" in end.ref:
        return end.ref.partition("#")[0] == key_of(start)
    return _record(start) == _record(end)


def _record(happening: Happening) -> str:
    return happening.ref.rsplit("/", 1)[0]


def _standing(kind: str, says: str, start: Happening, end: Happening | None) -> Standing:
    if end is not None:
        return Standing(
            kind, says, end.at, None, end.source, end.recorded_at, (start.event_id, end.event_id), holds=False
        )
    return Standing(kind, says, start.at, None, start.source, start.recorded_at, (start.event_id,))


def plans(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Subject of a child protection plan, or child in need, and whether the plan has ended."""
    for start, end in runs(chronology, "plan.started", "plan.ended"):
        kind = PLANS.get(str(start.get("kind")))
        if kind and start.at <= as_of:
            said = [f"category {str(start.get('category')).replace('_', ' ')}"] if start.get("category") else []
            said += [f"lead worker {start.get('lead')}"] if start.get("lead") else []
            yield _standing(kind, ", ".join(said), start, end if end and end.at <= as_of else None)


def placements(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Looked after: placed, and whether the placement has ended."""
    found = [(s, e) for s, e in runs(chronology, "placement.started", "placement.ended") if s.at <= as_of]
    for start, end in found:
        kind = str(start.get("kind") or "placement, kind not supplied").replace("_", " ")
        area = f", {start.get('area')}" if start.get("area") else ""
        yield _standing("looked_after", kind + area, start, end if end and end.at <= as_of else None)


def orders(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Each order of a family court about this child, or that binds this adult, which has neither ended nor run out."""
    ended = {(h.source, _record(h)) for h in chronology.of_kind("order.ended") if h.at <= as_of}
    for made in chronology.of_kind("order.made"):
        until = date.fromisoformat(str(made.get("until"))) if made.get("until") else None
        over = (made.source, _record(made)) in ended or (until is not None and until <= local(as_of).date())
        if over or made.at > as_of or not made.concerns(chronology.subject, "child", "adult", "subject"):
            continue
        kind = str(made.get("order") or "order, kind not supplied").replace("_", " ")
        says = f"{kind}: {made.get('detail')}" if made.get("detail") else kind
        yield Standing("court_order", says, made.at, until, made.source, made.recorded_at, (made.event_id,))


STANDING = [
    StandingFact("child_protection_plan", "Subject of a child protection plan", plans),
    StandingFact("looked_after", "Looked after", placements),
    StandingFact("court_order", "Family court order in force", orders),
]
GOES_ON = [GoesOn("looked_after", while_it_stands(placements), keeps=True)]
