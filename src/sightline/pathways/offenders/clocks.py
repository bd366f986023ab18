"""Limits of managing people who pose a risk to children: visits, answers to a change, releases and disclosure."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours, Months, WorkingDays
from sightline.kernel.law import Source, Standing

VISITS = "Sexual offender management guidance"
SCHEME = "Child sex offender disclosure scheme guidance"


def guidance(instrument: str, provision: str) -> Source:
    """A source in national guidance; from general knowledge, still to be checked."""
    return Source(instrument, provision, Standing.GUIDANCE, confirmed=False)


LIMITS = [
    Limit("visit.very_high", Months(1), guidance(VISITS, "visits by risk level"), "between visits to somebody of very high risk"),
    Limit("visit.high", Months(3), guidance(VISITS, "visits by risk level"), "between visits to somebody of high risk"),
    Limit("visit.medium", Months(6), guidance(VISITS, "visits by risk level"), "between visits to somebody of medium risk"),
    Limit("visit.low", Months(12), guidance(VISITS, "visits by risk level"), "between visits to somebody of low risk, or of a risk not recorded"),
    Limit("change.answered", WorkingDays(3), local_default("MP-04"), "an answer to a change or a breach"),
    Limit("release.told_days", 28, local_default("MP-09"), "days before a release by which police and children's services are told"),
    Limit("release.meeting_before", Days(90), local_default("MP-08"), "a meeting or check counts towards a release announced so soon after"),
    Limit("disclosure.checked", Hours(24), guidance(SCHEME, "initial checks"), "the first checks after a request"),
    Limit("disclosure.decided", Days(28), guidance(SCHEME, "decision"), "the decision on a request"),
]  # fmt: skip
