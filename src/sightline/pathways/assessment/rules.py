"""What an assessment may conclude. What protects a child never stands in for somebody seeing the child. Imports no Django."""

from __future__ import annotations

from datetime import datetime

from sightline.alerts.incidents import OPENING, worrying
from sightline.chronology.courses import BEGIN, Course, Step
from sightline.chronology.view import Chronology, Happening

LEVELS = ("low", "medium", "high", "very_high")
LEAST_UNSEEN = "medium"  # the lowest level there can be of a child whom nobody has seen since the newest worry
SEEN_IN = ("child.seen", "concern.notified", "plan.visit")
ASSESSMENT = Course(
    "assessment",
    "An assessment of harm",
    {"recorded": "recorded"},
    (Step("harm.assessed", (BEGIN,), "recorded", "assess"),),
    ends=("recorded",),
)


def unseen_since(own: Chronology, at: datetime) -> Happening | None:
    """The newest worry about a child after which nobody is recorded to have seen them; None where somebody has."""
    worries = [h for h in own.of_kind(*OPENING) if h.concerns(own.subject, "child") and worrying(h) and h.at <= at]
    if not worries:
        return None
    newest = worries[-1]
    seen = any(newest.at <= h.at <= at and _seen(h) for h in own.of_kind(*SEEN_IN) if h.concerns(own.subject, "child"))
    return None if seen else newest


def _seen(entry: Happening) -> bool:
    return entry.kind == "child.seen" or entry.get("seen") is True or entry.get("child_seen") is True


def too_low(level: str) -> bool:
    """Whether a level is lower than there can be of a child who is unseen, whatever protects them."""
    return LEVELS.index(level) < LEVELS.index(LEAST_UNSEEN)
