"""Limits of conferences, plans, visits, core groups and reviews."""

from __future__ import annotations

from datetime import date

from sightline.clocks.limits import ENGLAND, WALES, Limit, local_default
from sightline.clocks.spans import Hours, Months, Weeks, WorkingDays
from sightline.kernel.law import Source, Standing

# The edition of 2010, published on 17 March, and each since count the conference from the strategy discussion at which the enquiry was begun.
# What the editions before it counted from nobody has read for this: the same, until somebody has.
WORKING_TOGETHER = "Working Together to Safeguard Children"
CONFERENCES = "child protection conferences"
WT_FROM = date(2010, 3, 17)
WT = Source(
    WORKING_TOGETHER, CONFERENCES, Standing.GUIDANCE, edition="2010, and the same in each since", in_force_from=WT_FROM, confirmed=True,
)  # fmt: skip
WT_BEFORE = Source(
    WORKING_TOGETHER, CONFERENCES, Standing.GUIDANCE, edition="before 2010", in_force_until=WT_FROM, confirmed=False,
    checked="2026-11: the editions of 1999 and 2006 were not found",
)  # fmt: skip
# Read in the published procedures (section 3 part 2, on the timing of the initial conference). They count from the last strategy discussion:
# here, as in England, the one that began the enquiry starts it, which is never later.
WALES_FROM = date(2019, 11, 11)  # published, as a regional board says; taken up in every region by April 2020
WALES_PROCEDURES = Source(
    "Wales Safeguarding Procedures", "section 3 part 2: timing of the initial child protection conference", Standing.GUIDANCE, edition="2019",
    in_force_from=WALES_FROM, confirmed=True,
)  # fmt: skip
WALES_PLAN = Source(
    "Wales Safeguarding Procedures", "section 3 part 2: core groups and review conferences", Standing.GUIDANCE, edition="2019",
    in_force_from=WALES_FROM, confirmed=True, checked="2026-11: safeguarding.wales c3pt2-p13",
)  # fmt: skip
# Other intervals hold for a child placed with a parent and for one placed until 18, which no entry tells apart.
WALES_VISITS = Source(
    "Care Planning, Placement and Case Review (Wales) Regulations 2015", "reg. 31(2)(b)", Standing.LAW,
    in_force_from=date(2016, 4, 6), confirmed=True, checked="2026-11: read in the text as revised",
)  # fmt: skip
PLAN = Source(
    WORKING_TOGETHER, "core groups and review conferences", Standing.GUIDANCE, edition="2023", confirmed=True,
    checked="requirements CP-09: 10 working days, 3 months, 6 months; 2026-11: partnerships' procedures say the same of it",
)  # fmt: skip
# How often a core group meets after its first meeting is left to it: some partnerships say monthly, some six-weekly.
AFTERWARDS = local_default(
    f"{WORKING_TOGETHER}: the core group",
    checked="2026-11: no number in it was found; a partnership in England says monthly",
)
ENGLAND_CARE = "Care Planning, Placement and Case Review (England) Regulations 2010"
CARE_FROM = date(2011, 4, 1)
CARE = Source(
    ENGLAND_CARE, "reg. 33", Standing.LAW, in_force_from=CARE_FROM, confirmed=False,
    checked="2026-11: reg. 1 was read for the day, reg. 33 was not found; homes' procedures say 20 days",
)  # fmt: skip
CARE_VISITS = Source(
    ENGLAND_CARE, "reg. 28(2)(b), (c)(ii)", Standing.LAW, in_force_from=CARE_FROM, confirmed=True,
    checked="2026-11: legislation.gov.uk uksi/2010/959 reg. 28 as made; a first visit within a week, and others with a parent or placed until 18",
)  # fmt: skip
CARE_WALES = local_default(
    "review of a child in care",
    checked="2026-11: SI 2015/1818 (W. 261) Part 6 and SI 2007/307 (W. 26) reg. 4, which say when, were not found in full",
)

LIMITS = [
    Limit(
        "conference.initial",
        WorkingDays(15),
        WT,
        "an initial conference after the strategy discussion that began the enquiry",
    ),
    Limit(
        "conference.initial",
        WorkingDays(15),
        WT_BEFORE,
        "an initial conference after the strategy discussion that began the enquiry",
    ),
    Limit(
        "conference.initial",
        WorkingDays(15),
        WALES_PROCEDURES,
        "an initial conference after a strategy discussion",
        nation=WALES,
    ),
    Limit(
        "plan.after_judgement",
        WorkingDays(10),
        local_default(provision="CP-15"),
        "a plan of any kind after risk was judged",
    ),
    Limit("plan.visit", WorkingDays(10), local_default("visits to a child subject of a plan"), "a visit to the child"),
    Limit("care.visit", Weeks(6), local_default("visits to a child in care"), "a visit to a child in care"),
    Limit("care.visit", Weeks(6), CARE_VISITS, "a visit to a child in care", nation=ENGLAND),
    Limit("care.visit", Weeks(6), WALES_VISITS, "a visit to a child in care", nation=WALES),
    Limit("coregroup.first", WorkingDays(10), PLAN, "the first core group"),
    Limit("coregroup.first", WorkingDays(10), WALES_PLAN, "the first core group", nation=WALES),
    Limit("coregroup.next", Weeks(6), AFTERWARDS, "the next core group"),
    Limit("coregroup.next", Weeks(6), WALES_PLAN, "the next core group", nation=WALES),
    Limit("review.first", Months(3), PLAN, "the first review"),
    Limit("review.first", Months(3), WALES_PLAN, "the first review", nation=WALES),
    Limit("review.next", Months(6), PLAN, "the next review"),
    Limit("review.next", Months(6), WALES_PLAN, "the next review", nation=WALES),
    Limit(
        "care.review.first",
        WorkingDays(20),
        local_default("review of a child in care"),
        "the first review of a child in care",
    ),
    Limit("care.review.first", WorkingDays(20), CARE, "the first review of a child in care", nation=ENGLAND),
    Limit("care.review.first", WorkingDays(20), CARE_WALES, "the first review of a child in care", nation=WALES),
    Limit(
        "conference.quorum",
        3,
        local_default(provision="quorum of a conference"),
        "agencies that a conference needs, social care among them",
    ),
    Limit("separation.immediate", Hours(24), local_default(provision="CP-20"), "an agreed separation or move is done"),
    Limit("conference.reports", WorkingDays(2), local_default(provision="CP-02"), "reports, before the conference"),
    Limit("plan.outcome.3", Months(3), local_default("outcomes"), "whether the child is safer, first asked"),
    Limit("plan.outcome.6", Months(6), local_default("outcomes"), "whether the child is safer, asked again"),
    Limit("plan.outcome.12", Months(12), local_default("outcomes"), "whether the child is safer, a year on"),
    Limit(
        "plan.watched", Months(12), local_default(provision="CP-11"), "a child is watched for after a plan has ended"
    ),
    Limit(
        "safety_plan.review",
        WorkingDays(20),
        local_default(provision="CP-14"),
        "a plan of one or two agencies is looked at again",
    ),
    Limit(
        "handover.answered", WorkingDays(5), local_default(provision="CP-16"), "an offered plan is accepted or declined"
    ),
    Limit(
        "service_welfare.told",
        WorkingDays(1),
        local_default(provision="CP-17"),
        "the service welfare body is told of a move overseas",
    ),
    Limit(
        "enquiry.followed",
        WorkingDays(15),
        local_default(provision="CP-18"),
        "what came of an enquiry without a conference is written down",
    ),
    Limit(
        "plan.answer_to_worse",
        WorkingDays(10),
        local_default(provision="CP-19"),
        "something else tried after a plan made things worse",
    ),
]
