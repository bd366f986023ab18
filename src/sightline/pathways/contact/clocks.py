"""Limits of first contact: how long until somebody must have gone, and seen the child."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Hours, Minutes

LIMITS = [
    Limit("attendance.immediate", Minutes(15), local_default(), "an officer at an incident graded immediate"),
    Limit("attendance.priority", Minutes(60), local_default(), "an officer at an incident graded priority"),
    Limit("attendance.scheduled", Hours(48), local_default(), "an officer at an incident graded scheduled"),
]
