"""How much waited when a grade was set; and which low grades set under pressure are looked at again, chosen by no one."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sightline.access import wall
from sightline.alerts.stored import Stored
from sightline.patterns.backlogs.alerts import ABUSE, CONTACT, GRADE_QUEUE, GRADED, INCIDENT_QUEUE

LOOKS_BACK = timedelta(days=14)
LOW = ("no_apparent", "low", "standard")


def waiting(at: datetime, *, first: bool) -> int:
    """How many waited at a moment: for a first grade, domestic incidents that had none; for a later one, first grades nobody had looked at again.

    Counted over two weeks, and of everybody: it names nobody.
    """
    with wall.working():
        queue = Stored(at).chronology((INCIDENT_QUEUE if first else GRADE_QUEUE).number)
    lately = [h for h in queue.of_kind(CONTACT, GRADED) if h.at > at - LOOKS_BACK]
    graded = [h for h in lately if h.kind == GRADED]
    if first:
        return max(sum(bool(h.kind == CONTACT and h.get("kind") == ABUSE) for h in lately) - len(graded), 0)
    again = sum(bool(h.get("stage") != "initial") for h in graded)
    return max(len(graded) - 2 * again, 0)


def sampled(ref: str, every: int) -> bool:
    """Whether a grade is one of the sample: one in so many, by its ref alone, so that nobody picks and it is the same each time."""
    return int.from_bytes(hashlib.sha256(ref.encode()).digest()[:8], "big") % every == 0
