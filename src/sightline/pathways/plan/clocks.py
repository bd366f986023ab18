"""Limits of conferences, plans, visits, core groups and reviews."""

from __future__ import annotations

from datetime import date

from sightline.clocks.limits import ENGLAND, WALES, Limit, local_default
from sightline.clocks.spans import Months, Weeks, WorkingDays
from sightline.kernel.law import Source, Standing

# From April 2010 (Working Together 2010) the conference is counted from the strategy discussion at which the enquiry was begun.
WT = Source("Working Together to Safeguard Children", "child protection conferences", Standing.GUIDANCE, confirmed=True)
WALES_PROCEDURES = Source(
    "Wales Safeguarding Procedures", "child protection conferences and plans", Standing.GUIDANCE, edition="2019",
    in_force_from=date(2019, 11, 11), confirmed=False,
)  # fmt: skip
PLAN = Source(
    "Working Together to Safeguard Children", "core groups and review conferences", Standing.GUIDANCE, confirmed=False
)
CARE = Source(
    "Care Planning, Placement and Case Review (England) Regulations 2010", "reg. 33", Standing.LAW,
    in_force_from=date(2011, 4, 1), confirmed=False,
)  # fmt: skip
CARE_VISITS = Source(
    "Care Planning, Placement and Case Review (England) Regulations 2010", "reg. 28", Standing.LAW,
    in_force_from=date(2011, 4, 1), confirmed=False,
)  # fmt: skip

LIMITS = [
    Limit(
        "conference.initial",
        WorkingDays(15),
        WT,
        "an initial conference after the strategy discussion that began the enquiry",
    ),
    Limit("conference.initial", WorkingDays(15), WALES_PROCEDURES, "the same in Wales", nation=WALES),
    Limit(
        "plan.after_judgement",
        WorkingDays(10),
        local_default(provision="CP-15"),
        "a plan of any kind after risk was judged",
    ),
    Limit("plan.visit", WorkingDays(10), local_default("visits to a child subject of a plan"), "a visit to the child"),
    Limit("care.visit", Weeks(6), local_default("visits to a child in care"), "a visit to a child in care"),
    Limit("care.visit", Weeks(6), CARE_VISITS, "a visit to a child in care", nation=ENGLAND),
    Limit("coregroup.first", WorkingDays(10), PLAN, "the first core group"),
    Limit("coregroup.next", Weeks(6), PLAN, "the next core group"),
    Limit("review.first", Months(3), PLAN, "the first review"),
    Limit("review.next", Months(6), PLAN, "the next review"),
    Limit(
        "care.review.first",
        WorkingDays(20),
        local_default("review of a child in care"),
        "the first review of a child in care",
    ),
    Limit("care.review.first", WorkingDays(20), CARE, "the first review of a child in care", nation=ENGLAND),
    Limit(
        "plan.answer_to_worse",
        WorkingDays(10),
        local_default(provision="CP-19"),
        "something else tried after a plan made things worse",
    ),
]
