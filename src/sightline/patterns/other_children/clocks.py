"""How long until the other children around somebody must have been considered."""

from __future__ import annotations

from sightline.clocks.limits import Limit
from sightline.clocks.spans import Hours
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
    )
]
