"""Limits of missing episodes: until something is done, until the child is checked and heard, until what was said is used."""

from __future__ import annotations

from datetime import date

from sightline.clocks.limits import ENGLAND, WALES, Limit, local_default
from sightline.clocks.spans import Hours, WorkingDays
from sightline.kernel.law import Source, Standing

RUN_AWAY = "Statutory guidance on children who run away or go missing from home or care"
# The guidance of 2009 and that of January 2014 both ask for the independent interview within 72 hours of the return.
GUIDANCE = Source(RUN_AWAY, "return interviews", Standing.GUIDANCE, edition="2009 and 2014", confirmed=False)
CHECK = Source(RUN_AWAY, "safe and well checks, since 2016 prevention interviews", Standing.GUIDANCE, confirmed=False)
USE = Source(RUN_AWAY, "what return interviews are for", Standing.GUIDANCE, edition="2014", confirmed=False)
ALL_WALES = Source(
    "All Wales Practice Guide: children who go missing", "return interviews", Standing.GUIDANCE,
    in_force_from=date(2011, 1, 1), confirmed=False,
)  # fmt: skip

LIMITS = [
    Limit("missing.enquiry.high", Hours(1), local_default(), "a first enquiry for a child whose risk is high"),
    Limit("missing.enquiry.medium", Hours(4), local_default(), "a first enquiry for a child whose risk is medium"),
    Limit("missing.enquiry.low", Hours(12), local_default(), "a first enquiry for a child whose risk is low"),
    Limit(
        "missing.often",
        3,
        local_default(provision="MC-06, and one rule for the whole force: MC-07"),
        "episodes after which agencies plan",
    ),
    Limit("missing.often_days", 90, local_default(provision="MC-06"), "days in which episodes are counted together"),
    Limit(
        "missing.second_report_hours",
        72,
        local_default(),
        "hours in which a second report with no return between is the same episode",
    ),
    Limit("missing.needs_medium", 2, local_default(provision="MC-02"), "earlier episodes with which low is too low"),
    Limit("missing.young", 13, local_default(provision="MC-02"), "years of age under which low is too low"),
    Limit("missing.intelligence_days", 730, local_default(), "days for which intelligence about a companion counts"),
    Limit("prevention_interview", Hours(24), CHECK, "a check that the child is safe and well"),
    Limit("return_interview", Hours(72), GUIDANCE, "an independent return interview", nation=ENGLAND),
    Limit(
        "return_interview",
        Hours(72),
        local_default("return interviews in Wales"),
        "an independent return interview",
        nation=WALES,
    ),
    Limit("return_interview", Hours(72), ALL_WALES, "an independent return interview", nation=WALES),
    Limit("return_interview.used", WorkingDays(5), USE, "a plan or intelligence that uses what the child said"),
]
