"""What reviewers of access decide: what an emergency opening was, what a look was, and who is kept from whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction

from sightline.access import breakglass, wall
from sightline.access.log import Action, write
from sightline.access.models import BreakGlass, LookReview
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.alerts.models import Touched
from sightline.chronology.record import record
from sightline.chronology.stepping import entry_here
from sightline.kernel.errors import Refused
from sightline.kernel.reasons import worded
from sightline.oversight.access_review.alerts import DONE, OPENED, OPENINGS
from sightline.oversight.access_review.queries import Reviewing, look_page

FOUND = {"fine": "Fine", "asked": "Asked them about it", "taken_further": "Taken further"}


def open_in_emergency(viewer: Viewer, people: Iterable[int]) -> None:
    """Open these people to the viewer, and tell those who guard access at once: by an alert that names nobody. Raises as `break_glass` does."""
    with transaction.atomic():
        for row in breakglass.break_glass(viewer, people):
            agency = Agency.objects.filter(key=viewer.agency).values_list("name", flat=True).first() or viewer.agency
            said = {"opening": row.pk, "role": role_name(viewer.role), "from_agency": agency}
            _record(viewer, OPENED, row, said | {"found": row.person_id is not None, "conflict": row.conflict})


def review_opening(viewer: Viewer, number: int, *, outcome: str, note: str) -> BreakGlass:
    """What the review of an emergency opening found. Raises NotFound, Refused as `access.breakglass.review` does."""
    with transaction.atomic():
        row = breakglass.review(viewer, number, Reviewing(viewer.at).overdue, outcome=outcome, note=note)
        _record(viewer, DONE, row, {"opening": row.pk})
        return row


@wall.working()
def _record(viewer: Viewer, kind: str, row: BreakGlass, said: dict[str, Any]) -> None:
    """Without whose record it is, and without who opened or reviewed it."""
    entry = entry_here(viewer, kind, f"emergency/{row.pk}#{kind}", {}, said, viewer.at)
    record(replace(entry, by=""), viewer)
    Touched.objects.create(person_id=OPENINGS.number)  # an entry about nobody marks nobody by itself


def review_look(viewer: Viewer, number: int, *, outcome: str, note: str) -> LookReview:
    """What the review of one look found. Raises NotFound for one that is not in the viewer's queue, Refused for one reviewed before."""
    page = look_page(viewer, number)
    if page.review is not None:
        raise Refused("This look has been reviewed already.")
    if outcome not in FOUND:
        raise Refused("Choose what you found.")
    worded(note, "Say what you did and why you find so")
    with transaction.atomic():
        write(viewer, Action.REVIEW, people=page.look.scored.look.people, fields=("access_log",), outcome=outcome,
              note=f"look {number}")  # fmt: skip
        return LookReview.objects.create(
            entry_id=number,
            outcome=outcome,
            note=note.strip(),
            reviewed_at=viewer.at,
            reviewed_by_id=viewer.user_id or 0,
        )
