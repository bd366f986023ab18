"""How long until the other children around somebody must have been considered."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours
from sightline.kernel.law import Source, Standing

GUIDE = Source(
    "Working Together to Safeguard Children",
    "strategy discussion: other children who may be at risk",
    Standing.GUIDANCE,
    "2023",
)
LIMITS = [
    Limit(
        "other_children.considered",
        Hours(24),
        GUIDE,
        "considering every other child around a person who may have harmed one",
    ),
    Limit(
        "violent_adult.learnt",
        Days(28),
        local_default(provision="RA-18"),
        "a record of violence that comes to light so soon after an adult joined a home is told as the joining",
    ),
]
