"""Limits of allegations against people who work with children."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import WorkingDays
from sightline.kernel.law import Source, Standing

WORKING_TOGETHER = Source("Working Together to Safeguard Children", "people in positions of trust", Standing.GUIDANCE)
GROUPS_ACT = "Safeguarding Vulnerable Groups Act 2006"
REFERRAL_DUTY = Source(GROUPS_ACT, "s35", Standing.LAW)

LIMITS = [
    Limit("designated_officer.told", WorkingDays(1), WORKING_TOGETHER, "the designated officer told of an allegation"),
    Limit(
        "dbs.referred",
        WorkingDays(10),
        local_default(f"{GROUPS_ACT} s35: as soon as practicable"),
        "a referral to the barring service",
    ),
]
