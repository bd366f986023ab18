"""When repeated worries have passed the point where agencies should meet."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Hours, Months

LIMITS = [
    Limit("incident.same", Hours(72), local_default(), "entries within this time of the first belong to one incident"),
    Limit("cumulative_harm.many", 3, local_default(provision="RA-03"), "this many incidents in the longer time"),
    Limit("cumulative_harm.long", Months(12), local_default(provision="RA-03"), "the longer time"),
    Limit("cumulative_harm.few", 2, local_default(provision="RA-03"), "this many incidents in the shorter time"),
    Limit("cumulative_harm.short", Months(3), local_default(provision="RA-03"), "the shorter time"),
]
