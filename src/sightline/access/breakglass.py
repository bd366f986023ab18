"""Break-glass: a record that is sealed, excluded or nobody's business of the viewer's is opened for a while, in an emergency.

It always works, for every post that may read records. It is written down, told at once, and reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.guardians import GUARDIAN, NEXT_LEVEL, Guardians
from sightline.access.log import Action, write
from sightline.access.models import BreakGlass, Exclusion, Involvement, Restriction
from sightline.access.roles import May
from sightline.access.spans import HAS, live_at
from sightline.access.viewer import Viewer
from sightline.kernel.dated import Dated, read_dated
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import worded

WHY = "break_glass"
OUTCOMES = {"justified": "Justified", "not_justified": "Not justified", "taken_further": "Taken further"}


@dataclass(frozen=True)
class Lasts:
    """How long an opening lasts, and how long its owners see that it was made."""

    minutes: int
    notice_days: int


@cache
def _table() -> Dated[Lasts]:
    return read_dated(Path(__file__).parent / "emergency.yaml", "lasts", lambda row: Lasts(**row))


def lasts(day: date) -> Lasts:
    """What holds on a day. Raises LookupError for a day before the first row."""
    return _table().on(day)


def break_glass(viewer: Viewer, people: Iterable[int]) -> tuple[BreakGlass, ...]:
    """Open these people to the viewer at once, for 60 minutes, whatever stands in the way; with nobody, write down that it was tried.

    The look is written down first. One that is open already is not opened again.
    Raises NotPermitted for a post that reads no records, Refused for a reason too short to mean anything.
    """
    gate.require(viewer, May.READ_WHEN_INVOLVED)
    worded(viewer.reason)
    asked = set(people)
    with transaction.atomic():
        if not asked:
            write(viewer, Action.BREAK_GLASS, outcome="nobody found")
            return (_opened(viewer, None),)
        fresh = sorted(asked - gate.in_emergency(viewer, asked))
        write(viewer, Action.BREAK_GLASS, people=asked, fields=("whole_record",))
        return tuple(_opened(viewer, person) for person in fresh)


@wall.working()
def _opened(viewer: Viewer, person: int | None) -> BreakGlass:
    live = live_at(viewer.at)
    mine = {"user_id": viewer.user_id or 0, "post_id": viewer.post_id, "reason": viewer.reason, "from_at": viewer.at}
    until = viewer.at + timedelta(minutes=lasts(local(viewer.at).date()).minutes if person is not None else 0)
    if person is None:
        return BreakGlass.objects.create(**mine, person_id=None, until_at=until, conflict=False, sealed=False)
    Involvement.objects.create(**mine, person_id=person, why=WHY, until_at=until)
    barred = set(Exclusion.objects.filter(live, person_id=person).values_list("user_id", flat=True))
    owners = Involvement.objects.filter(live, person_id=person, why__in=HAS).values_list("user_id", flat=True)
    return BreakGlass.objects.create(
        **mine,
        person_id=person,
        until_at=until,
        conflict=viewer.user_id in barred,
        sealed=Restriction.objects.filter(live, person_id=person, state="sealed").exists(),
        told=sorted(set(owners) - barred - {viewer.user_id}),
    )


def told_to(viewer: Viewer) -> tuple[BreakGlass, ...]:
    """Openings of records that were this viewer's when they were opened, newest first, for as long as the notice is shown."""
    since = viewer.at - timedelta(days=lasts(local(viewer.at).date()).notice_days)
    held = BreakGlass.objects.filter(told__contains=[viewer.user_id or 0], from_at__gt=since, from_at__lte=viewer.at)
    return tuple(held.select_related("post__agency").order_by("-from_at", "-pk"))


def to_review(viewer: Viewer, overdue: Callable[[BreakGlass], bool]) -> tuple[BreakGlass, ...]:
    """Openings that wait for this viewer's review: those with a conflict of interest first, then the overdue, then the oldest.

    What is overdue is also given to the level above the data guardian. Whoever asks says what that is: working days are counted above.
    """
    if viewer.role not in (GUARDIAN, NEXT_LEVEL):
        return ()
    held = BreakGlass.objects.filter(reviewed_at__isnull=True, from_at__lte=viewer.at)
    circle, rows = Guardians(viewer.at), held.select_related("user", "post__agency").order_by("from_at", "pk")
    waiting = [(row, overdue(row)) for row in rows]
    mine = [(row, late) for row, late in waiting if viewer.user_id in _whose(circle, row, late=late)]
    return tuple(row for row, late in sorted(mine, key=lambda one: (not one[0].conflict, not one[1])))


def reviewed(viewer: Viewer, *, most: int = 50) -> tuple[BreakGlass, ...]:
    """Openings that this viewer has reviewed, newest first."""
    held = BreakGlass.objects.filter(reviewed_by=viewer.user_id or 0)
    return tuple(held.select_related("user", "post__agency").order_by("-reviewed_at", "-pk")[:most])


def opening(viewer: Viewer, number: int, overdue: Callable[[BreakGlass], bool]) -> BreakGlass:
    """One opening, for whoever reviews it or did. Raises NotFound for everybody else, the refusal written down."""
    held = BreakGlass.objects.select_related("user", "post__agency", "reviewed_by").filter(pk=number).first()
    mine = held is not None and (
        held.reviewed_by_id == viewer.user_id
        or viewer.user_id in _whose(Guardians(viewer.at), held, late=overdue(held))
    )
    if held is None or not mine or viewer.role not in (GUARDIAN, NEXT_LEVEL):
        gate.refuse(viewer, note="review of an emergency")
        raise NotFound(gate.NOT_FOUND)
    return held


def _whose(circle: Guardians, row: BreakGlass, *, late: bool) -> set[int]:
    about, agency = [row.person_id] if row.person_id is not None else [], row.post.agency_id
    above = circle.above(agency, of=row.user_id, people=about) if late else set()
    return circle.reviewers(agency, of=row.user_id, people=about) | above


def review(
    viewer: Viewer, number: int, overdue: Callable[[BreakGlass], bool], *, outcome: str, note: str
) -> BreakGlass:
    """Say what the review of an opening found. Raises Refused for one reviewed before, or a note too short to mean anything."""
    held = opening(viewer, number, overdue)
    if held.reviewed_at is not None:
        raise Refused("This has been reviewed already.")
    if outcome not in OUTCOMES:
        raise Refused("Choose what you found.")
    worded(note, "Say what you looked at and why you find so")
    about = [held.person_id] if held.person_id is not None else []
    write(
        viewer, Action.REVIEW, people=about, fields=("emergency_opening",), outcome=outcome, note=f"opening {held.pk}"
    )
    held.reviewed_at, held.outcome, held.note = viewer.at, outcome, note.strip()
    held.reviewed_by_id = viewer.user_id
    held.save()
    return held
