"""When a grade is looked at again, sooner the higher it is; and by when something must have come of a high one."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours, Months, Span, WorkingDays

_AGAIN: dict[str, Span] = {
    "very_high": WorkingDays(5),
    "high": WorkingDays(10),
    "medium": Days(42),
    "standard": Months(3),
    "low": Months(6),
}

LIMITS = [
    *(
        Limit(f"grade_review.{grade}", span, local_default(provision="RA-21"), f"looking again at a risk graded {grade.replace('_', ' ')}")
        for grade, span in _AGAIN.items()
    ),
    Limit("high_grade.begun", WorkingDays(2), local_default(provision="RA-22"), "anything at all done about a risk graded high"),
    Limit("high_grade.strategy", WorkingDays(1), local_default(provision="RA-22"), "a strategy discussion after a high grade, or why none"),
    Limit("high_grade.plan", WorkingDays(10), local_default(provision="RA-22"), "a safeguarding plan after a high grade"),
    Limit("high_grade.arrest", Hours(24), local_default(provision="RA-22"), "a decision about arrest after a high grade with a known suspect"),
    Limit("high_grade.order", Days(7), local_default(provision="RA-22"), "a decision about an order or notice after a high grade"),
    Limit("pressure.queue", 10, local_default(provision="RA-24"), "so many waiting when a grade was set is pressure"),
    Limit("pressure.sample", 5, local_default(provision="RA-24"), "of low grades set under pressure one in so many is looked at again"),
    Limit("self_harm.taken_in", Hours(4), local_default(provision="RA-30"), "a known risk of self-harm taken into what is done"),
    Limit("one_agency.looks_back", Days(45), local_default(provision="RA-29"), "how far back what others supplied counts for an assessment"),
]  # fmt: skip
