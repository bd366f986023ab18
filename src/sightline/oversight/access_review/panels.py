"""What the worklists say of records opened in an emergency: to whoever has the record, without whose it is, and to whoever reviews it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access import breakglass
from sightline.access.models import BreakGlass
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.chronology.worklists import Owed, Worklist
from sightline.oversight.access_review.queries import Reviewing


def _openings(viewer: Viewer, team: bool, at: datetime) -> Iterator[Owed]:
    """Those that this viewer reviews, and of their own records those that nobody has reviewed yet. Never a team's: whose it is is not said."""
    if team:
        return
    reviewing = Reviewing(at)
    mine = breakglass.to_review(viewer, reviewing.overdue)
    for row in mine:
        yield Owed(
            "Review an emergency opening", None, reviewing.by(row), reverse("emergency-review", args=[row.pk]), _by(row)
        )
    for row in breakglass.told_to(viewer):
        if row.reviewed_at is None and row not in mine:
            said = f"{_by(row)}. Ring the control room if you do not know why; the data guardian reviews it by then"
            yield Owed(
                "A record of yours was opened in an emergency",
                None,
                reviewing.by(row),
                reverse("home") + "#opened",
                said,
            )


def _by(row: BreakGlass) -> str:
    return f"By {role_name(row.post.role).lower()}, {row.post.agency.name}"


WORK = Worklist("emergencies", "Emergency openings", 90, also=_openings)
