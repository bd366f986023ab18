"""Which plans a child has at a moment, from whatever system says so. Imports no Django."""

from __future__ import annotations

from datetime import date, datetime

from sightline.alerts.case import Case
from sightline.chronology.courses import key_of
from sightline.chronology.view import Happening
from sightline.kernel.moments import local

MARKERS = {"child_protection_plan": "child_protection", "child_in_need": "child_in_need"}


def ending(case: Case, start: Happening) -> Happening | None:
    """The end of a plan: the one that names it; else the next of the same source before that source starts another; of another source, any."""
    ends = [h for h in case.of("plan.ended") if h.at >= start.at]
    named = [h for h in ends if "#" in h.ref and h.ref.partition("#")[0] == key_of(start)]
    if named:
        return named[0]
    ends = [h for h in ends if "#" not in h.ref or h.source != start.source]
    same = [h for h in ends if h.source == start.source and _record(h) == _record(start)]
    own = [h for h in ends if h.source == start.source and not _started_between(case, start, h)]
    return next(iter(same or own or [h for h in ends if h.source != start.source]), None)


def _record(entry: Happening) -> str:
    return entry.ref.rsplit("/", 1)[0] if "/" in entry.ref else ""


def _started_between(case: Case, start: Happening, end: Happening) -> bool:
    """Whether another plan began after this one and before that end, so that the end may be the other's."""
    later = [h for h in case.of("plan.started") if h.source == start.source and start.at < h.at <= end.at]
    others_ended = [h for h in case.of("plan.ended") if h.source == start.source and start.at <= h.at < end.at]
    return len(later) > len(others_ended)


def plans(case: Case, at: datetime) -> list[Happening]:
    """Plans begun by a moment and not ended by it."""
    begun = [h for h in case.of("plan.started") if h.at <= at]
    return [h for h in begun if (end := ending(case, h)) is None or end.at > at]


def marked(case: Case, at: datetime, *kinds: str) -> bool:
    """Whether a standing fact of one of these kinds holds at a moment."""
    marks = case.of("marker.set", role=("subject", "child"))
    return any(m.get("kind") in kinds and m.at <= at and not _over(case, m, at) for m in marks)


def _over(case: Case, mark: Happening, at: datetime) -> bool:
    until = mark.get("until")
    if until and date.fromisoformat(str(until)[:10]) < local(at).date():
        return True
    cleared = case.first("marker.cleared", since=mark.at, where=lambda h: h.get("kind") == mark.get("kind"))
    return cleared is not None and cleared.at <= at


def child_protection_plan(case: Case, at: datetime) -> bool:
    """Whether the child is the subject of a child protection plan."""
    if marked(case, at, "child_protection_plan"):
        return True
    return any(h.get("kind") == "child_protection" for h in plans(case, at)) or _by_conference(case, at)


def _by_conference(case: Case, at: datetime) -> bool:
    last = case.last("conference.held", before=at)
    if last is None or last.get("decision") not in ("plan", "plan_continues"):
        return False
    ended = case.first("plan.ended", since=last.at)
    return ended is None or ended.at > at


def any_plan(case: Case, at: datetime) -> bool:
    """Whether there is a plan of any kind, early help included."""
    if plans(case, at) or child_protection_plan(case, at) or marked(case, at, "child_in_need"):
        return True
    help_began = case.last("earlyhelp.started", before=at)
    if help_began is None:
        return False
    ended = case.first("earlyhelp.ended", since=help_began.at)
    return ended is None or ended.at > at
