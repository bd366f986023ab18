"""What the worklists say of grades that wait for a second look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.chronology.worklists import Owed, Worklist
from sightline.oversight.grading.queries import count_waiting
from sightline.oversight.grading.rules import ALWAYS, FOR_ONE


def _waits(viewer: Viewer, team: bool, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    """For the specialists who look again, at any hour: that something waits, and by when the first is to be looked at."""
    if viewer.role not in (*ALWAYS, *FOR_ONE):
        return
    rows = count_waiting(viewer)
    if rows:
        babies = sum(1 for r in rows if r.under_one)
        says = f"{len(rows)} wait{'s' if len(rows) == 1 else ''}" + (
            f", {babies} about a child under one" if babies else ""
        )
        yield Owed(
            "Look again at grades set at the scene", None, min(r.due for r in rows), reverse("grades-waiting"), says
        )


WORK = Worklist("second_looks", "Second looks at grades", 20, also=_waits)
