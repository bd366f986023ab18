"""Limits of referral: how soon one is made, decided, answered and told; how long an answer or a queue may take; what is too thin."""

from __future__ import annotations

from datetime import date

from sightline.clocks.limits import WALES, Limit, local_default
from sightline.clocks.spans import Days, Hours, Months, WorkingDays
from sightline.kernel.law import Source, Standing

WALES_FROM = date(2019, 11, 11)  # published, as a regional board says; taken up in every region by April 2020
DECIDE = Source(
    "Working Together to Safeguard Children",
    "within one working day of a referral the local authority decides what response is needed and tells the referrer",
    Standing.GUIDANCE,
    edition="chapter 1, 2013 to 2023",
    confirmed=True,
    checked="2026-11: as councils and schools quote it of 2013 and 2023; the edition of 2010 was not found",
)
DECIDE_WALES_BEFORE = Source(
    "All Wales Child Protection Procedures",
    "a decision on a report",
    Standing.GUIDANCE,
    edition="2008",
    in_force_from=date(2008, 4, 1),
    in_force_until=WALES_FROM,
    confirmed=False,
    checked="2026-11: from when was found (a council's page: implemented on 1 April 2008); their words were not",
)
# Read in the published procedures: social services decide and record what is done next within one working day.
DECIDE_WALES = Source(
    "Wales Safeguarding Procedures",
    "section 3 part 1: action following a report",
    Standing.GUIDANCE,
    edition="2019",
    in_force_from=WALES_FROM,
    confirmed=True,
)
REFER = Source(
    "Working Together to Safeguard Children",
    "whoever believes that a child suffers or is likely to suffer significant harm refers at once",
    Standing.GUIDANCE,
    confirmed=False,
    checked="2026-11: not read; no edition is known to name a number of hours",
)
REFER_TOLD = local_default(
    "Working Together to Safeguard Children: at once; told when a day has passed", checked=REFER.checked
)
REPEAT = Source(
    "Children in need census",
    "a referral within 12 months of an earlier one is a re-referral",
    Standing.GUIDANCE,
    edition="2024, for England",
    confirmed=True,
    checked="2026-11: Department for Education, children in need: a focus on re-referrals, reporting year 2024",
)

LIMITS = [
    Limit("referral.made", Hours(24), REFER_TOLD, "a referral to social care, from the suspicion of significant harm"),
    Limit("referral.decided", WorkingDays(1), DECIDE, "the receiving agency's decision"),
    Limit("referral.decided", WorkingDays(1), DECIDE_WALES_BEFORE, "the receiving agency's decision", nation=WALES),
    Limit("referral.decided", WorkingDays(1), DECIDE_WALES, "the receiving agency's decision", nation=WALES),
    Limit("referral.fed_back", WorkingDays(10), local_default(), "the referrer told what came of it"),
    Limit(
        "earlyhelp.started",
        WorkingDays(10),
        local_default(provision="RF-22"),
        "a family engaged by early help, or given back",
    ),
    Limit("referral.repeat", Months(12), REPEAT, "a referral so soon after an earlier one is a repeat"),
    Limit("referral.least_words", 10, local_default(provision="RF-12"), "a summary of fewer words says too little"),
    Limit("referral.least_said", 5, local_default(provision="RF-12"), "words about this child; fewer say too little"),
    Limit("referral.same_suspicion", Days(7), local_default(), "signs of harm so close together are one suspicion"),
    Limit("referral.already_made", Hours(24), local_default(), "a referral so soon before is about the same harm"),
    Limit("information.supplied", WorkingDays(1), local_default(), "an answer to a request that names no time"),
    Limit(
        "queue.counted",
        Days(14),
        local_default(provision="RF-05"),
        "arrivals and decisions of a unit are counted over so long",
    ),
    Limit(
        "queue.depth_days",
        2,
        local_default(provision="RF-05"),
        "days of a unit's work by which arrivals may exceed decisions",
    ),
    Limit("queue.least_decided", 10, local_default(), "decisions in that time from which a unit's day is reckoned"),
    Limit(
        "queue.high",
        Hours(1),
        local_default(provision="RF-04"),
        "a referral of high risk that nobody at the unit has looked at",
    ),
    Limit(
        "queue.standard",
        Hours(24),
        local_default(provision="RF-04"),
        "any other referral that nobody has looked at, on any day",
    ),
    Limit("queue.weeks", 6, local_default(provision="RF-05"), "weeks from which the arrivals to come are reckoned"),
    Limit(
        "referral.explained",
        Days(28),
        local_default(provision="RF-17"),
        "something came of a referral that was taken up",
    ),
    Limit("queue.item", WorkingDays(1), local_default(), "anything that waits at a unit"),
]
