"""By when an emergency opening is reviewed."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import WorkingDays

REVIEWED = Limit(
    "emergency.review",
    WorkingDays(2),
    local_default("the review of an emergency opening by the next working days; no law or guidance gives a number"),
    "the data guardian's review of a record opened in an emergency",
)
LIMITS = [REVIEWED]
