"""Limits of managing people who pose a risk to children: visits, answers to a change, releases and disclosure."""

from __future__ import annotations

from datetime import date

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours, Months, WorkingDays
from sightline.kernel.law import Source, Standing

VISITS = "Sexual offender management guidance"
SCHEME = "Child sex offender disclosure scheme guidance"


# The chiefs of police said on 29 June 2017 that each offender's own plan says how often, instead of a number for each level of risk.
OWN_PLAN = date(2017, 6, 29)
# The guidance of April 2023 brought the whole process down from 45 days, as forces had published it, to 28.
SHORTER = date(2023, 4, 3)


def guidance(instrument: str, provision: str) -> Source:
    """A source in national guidance; from general knowledge, still to be checked."""
    return Source(instrument, provision, Standing.GUIDANCE, confirmed=False, checked="2026-11: not read")


BY_LEVEL = Source(
    VISITS,
    "visits by risk level",
    Standing.GUIDANCE,
    in_force_until=OWN_PLAN,
    confirmed=True,
    checked="requirements MP-02: monthly, 3, 6 and 12 months, tailored since 2017; the guidance itself was not found",
)
BY_PLAN = local_default(
    "each offender's own plan; where it says nothing, as before 2017",
    since=OWN_PLAN,
    checked="2026-11: National Police Chiefs' Council, 29 June 2017; the practice on home visits names no number where it could be read",
)
CHECKS = Source(
    SCHEME,
    "initial checks within 24 hours",
    Standing.GUIDANCE,
    edition="2010 and 2023",
    confirmed=True,
    checked="2026-11: as two forces publish it, of either edition; of the guidance only the opening could be read",
)
DECISION_BEFORE = Source(
    SCHEME,
    "the whole process: 45 days",
    Standing.GUIDANCE,
    edition="2010",
    in_force_until=SHORTER,
    confirmed=True,
    checked="2026-11: as three forces published it",
)
DECISION = Source(
    SCHEME,
    "the whole process: 28 days",
    Standing.GUIDANCE,
    edition="2023",
    in_force_from=SHORTER,
    confirmed=True,
    checked="2026-11: as a force publishes it; the Home Office on 7 May 2025: the guidance of April 2023 shortened the time",
)


EVERY = [
    ("visit.very_high", Months(1), "between visits to somebody of very high risk"),
    ("visit.high", Months(3), "between visits to somebody of high risk"),
    ("visit.medium", Months(6), "between visits to somebody of medium risk"),
    ("visit.low", Months(12), "between visits to somebody of low risk, or of a risk not recorded"),
]
LIMITS = [
    *(Limit(name, often, source, means) for name, often, means in EVERY for source in (BY_LEVEL, BY_PLAN)),
    Limit("change.answered", WorkingDays(3), local_default("MP-04"), "an answer to a change or a breach"),
    Limit("release.told_days", 28, local_default("MP-09"), "days before a release by which police and children's services are told"),
    Limit("release.meeting_before", Days(90), local_default("MP-08"), "a meeting or check counts towards a release announced so soon after"),
    Limit("disclosure.checked", Hours(24), CHECKS, "the first checks after a request"),
    Limit("disclosure.decided", Days(45), DECISION_BEFORE, "the decision on a request"),
    Limit("disclosure.decided", Days(28), DECISION, "the decision on a request"),
]  # fmt: skip
