"""What reviewers of access decide: what an emergency opening was, what a look was, and who is kept from whom."""

from __future__ import annotations

from django.db import transaction

from sightline.access import breakglass
from sightline.access.log import Action, write
from sightline.access.models import BreakGlass, LookReview
from sightline.access.viewer import Viewer
from sightline.kernel.errors import Refused
from sightline.kernel.reasons import worded
from sightline.oversight.access_review.queries import Reviewing, look_page

FOUND = {"fine": "Fine", "asked": "Asked them about it", "taken_further": "Taken further"}


def review_opening(viewer: Viewer, number: int, *, outcome: str, note: str) -> BreakGlass:
    """What the review of an emergency opening found. Raises NotFound, Refused as `access.breakglass.review` does."""
    with transaction.atomic():
        return breakglass.review(viewer, number, Reviewing(viewer.at).overdue, outcome=outcome, note=note)


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
