"""Limits of grading."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Hours, Months, WorkingDays

LIMITS = [
    Limit(
        "risk.second_review",
        Hours(24),
        local_default(provision="RA-13"),
        "a specialist's second look at a grade set at the scene",
    ),
    Limit(
        "risk.fed_back",
        WorkingDays(3),
        local_default(provision="RA-14"),
        "telling whoever set a grade that it was raised",
    ),
    Limit(
        "risk.looks_back",
        Months(12),
        local_default(provision="RA-01"),
        "how far back earlier incidents count towards the floor",
    ),
    Limit(
        "risk.suspect_looks_back",
        Months(36),
        local_default(provision="RA-01"),
        "how far back a suspect's recorded violence counts towards the floor",
    ),
    Limit("risk.repeats", 3, local_default(provision="RA-01"), "this many incidents with this one make it repeated"),
]
