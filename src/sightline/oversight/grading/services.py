"""Taking a grade that waits for a second look: the record of the child it is about is opened to whoever takes it."""

from __future__ import annotations

from datetime import datetime

from sightline.access import gate
from sightline.access.casework import open_to
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.clocks.limits import OPENS
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.oversight.grading.queries import NOT_YOURS, waits_for
from sightline.oversight.grading.rules import ALWAYS, FOR_ONE


def take(viewer: Viewer, person: int, entry: int, *, at: datetime) -> None:
    """Open a child's record to a specialist who looks again at a grade, for as long as an alert opens one.

    Raises NotPermitted for other posts and NotFound where nothing of this child waits for this post, each refusal written down.
    """
    if viewer.role not in (*ALWAYS, *FOR_ONE):
        gate.refuse(viewer, people=[person], note="second look at a grade")
        raise NotPermitted(NOT_YOURS)
    if not waits_for(viewer, person, entry):
        gate.refuse(viewer, people=[person], note="second look at a grade")
        raise NotFound(gate.NOT_FOUND)
    open_to(
        [viewer.post_id or 0],
        [person],
        why="alert",
        reason="second look at a grade",
        at=at,
        until=limits().due(OPENS.name, at),
    )
    gate.look(viewer, [person], fields=("names", "grades"), note="second look at a grade")
