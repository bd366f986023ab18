"""How long after something happened an entry of it is late."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default

LATE = Limit(
    "entry.late_hours",
    24,
    local_default(provision="IS-17"),
    "hours after which an entry is late, or an old one that arrives is back-dated",
)
LIMITS = [LATE]
