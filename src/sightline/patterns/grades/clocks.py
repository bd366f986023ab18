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
    *(
        Limit(f"risk.weight.{name}", weight, local_default(provision="RA-11"), f"what this weighs in a grading: {says}")
        for name, weight, says in (
            ("under_one", 3, "a child under one"),
            ("under_five", 2, "a child from one to four"),
            ("disability", 2, "a child's disability"),
            ("earlier_abuse", 2, "earlier abuse of this child"),
            ("care", 2, "a child in care, or who left care"),
            ("isolation", 1, "a family or child that is isolated, or a child without a school"),
            ("neighbourhood", 1, "danger near a child's home"),
        )
    ),
    Limit(
        "risk.weight.raises",
        5,
        local_default(provision="RA-11"),
        "a child's circumstances that weigh this much together make the lowest grade medium",
    ),
    Limit(
        "worsening.span",
        Months(3),
        local_default(provision="RA-05"),
        "how long a span is counted against the one before",
    ),
    Limit(
        "worsening.looks_back",
        Months(12),
        local_default(provision="RA-05"),
        "how far back the newest incident is compared",
    ),
    Limit("worsening.fewest", 3, local_default(provision="RA-05"), "fewer incidents than this make no trend"),
    Limit(
        "worsening.times",
        2,
        local_default(provision="RA-05"),
        "this many times as many as in the span before is more often",
    ),
    Limit("risk.repeats", 3, local_default(provision="RA-01"), "this many incidents with this one make it repeated"),
]
