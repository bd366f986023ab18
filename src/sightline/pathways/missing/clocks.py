"""Limits of missing episodes: until something is done, until the child is checked and heard, until what was said is used."""

from __future__ import annotations

from sightline.clocks.limits import ENGLAND, WALES, Limit, local_default
from sightline.clocks.spans import Hours, WorkingDays
from sightline.kernel.law import Source, Standing

RUN_AWAY = "Statutory guidance on children who run away or go missing from home or care"
GUIDANCE = Source(
    RUN_AWAY, "independent return interviews: offered, and held within 72 hours of the return", Standing.GUIDANCE, edition="2014",
    confirmed=True,
    checked="requirements MC-10; 2026-11: its contents read, the 72 hours as services and councils quote it; the edition of 2009 was not found",
)  # fmt: skip
CHECK = Source(
    RUN_AWAY, "safe and well checks, since 2016 prevention interviews", Standing.GUIDANCE, edition="2014", confirmed=False,
    checked="2026-11: its contents name safe and well checks; what is said there was not found",
)  # fmt: skip
CHECK_TOLD = local_default(
    f"{RUN_AWAY}: safe and well checks", checked="2026-11: a charity's page says as soon as possible; no number of hours was found"
)  # fmt: skip
USE = Source(
    RUN_AWAY, "what return interviews are for", Standing.GUIDANCE, edition="2014", confirmed=False,
    checked="2026-11: not found but in what councils make of it",
)  # fmt: skip
# The All Wales protocol of 20 June 2011 and the practice guide of February 2021 ask for a debrief; that every child is to have one, and within
# what time, is in nothing that could be read, and the Children's Society wrote in 2017 that not every child was to have one.
IN_WALES = local_default(
    "All Wales Practice Guide, safeguarding children who go missing: as in England",
    checked="2026-11: its opening and that of the protocol of 20 June 2011 were read; no time for the debrief was found in either",
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
    Limit("prevention_interview", Hours(24), CHECK_TOLD, "a check that the child is safe and well"),
    Limit("return_interview", Hours(72), GUIDANCE, "an independent return interview", nation=ENGLAND),
    Limit("return_interview", Hours(72), IN_WALES, "an independent return interview", nation=WALES),
    Limit(
        "return_interview.used",
        WorkingDays(5),
        local_default(f"{RUN_AWAY}: what return interviews are for"),
        "a plan or intelligence that uses what the child said",
    ),
]
