"""How many days of a unit's work may wait there before somebody is told."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default

LIMITS = [
    Limit("concern.depth_days", 2, local_default(provision="CN-22"), "days of work by which concern forms sent may exceed those looked at"),
    Limit("contact.depth_days", 2, local_default(provision="DA-16, RA-13"), "days of work by which domestic incidents may exceed those graded"),
    Limit("risk.depth_days", 2, local_default(provision="RA-13, RA-15"), "days of work by which first grades may exceed those looked at again"),
]  # fmt: skip
