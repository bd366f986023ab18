"""When something new must have been taken into an assessment."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Months, WorkingDays

LIMITS = [
    Limit(
        "reassessment.in_hand",
        WorkingDays(3),
        local_default(provision="RA-09"),
        "taking something new into a plan or enquiry that is under way",
    ),
    Limit(
        "reassessment.lasts", Months(12), local_default(provision="RA-09"), "how long an assessment is the current one"
    ),
    Limit(
        "reassessment.asked",
        Days(28),
        local_default(provision="RA-09"),
        "what a surgery or a school supplies so soon after it was asked is an answer",
    ),
    Limit(
        "explanation.looks_back",
        Months(24),
        local_default(provision="RA-17"),
        "how far back earlier injuries or worries count",
    ),
]
