"""Limits of looking at grades again."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days

LIMITS = [
    Limit("grading.fewest", 5, local_default(provision="RA-16"), "fewer second looks than this give no rate"),
    Limit(
        "grading.counted",
        Days(91),
        local_default(provision="RA-16"),
        "how long a grade counts in the figures of second looks",
    ),
    Limit(
        "grading.waits",
        Days(28),
        local_default(provision="RA-15"),
        "how long a grade nobody looked at again stays on the list",
    ),
]
