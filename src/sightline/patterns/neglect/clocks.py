"""Limits of neglect over time."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.kernel.law import Source, Standing

ATTENDANCE = Source(
    "Working together to improve school attendance",
    "persistent absence: a tenth or more of possible sessions missed",
    Standing.LOCAL,
    edition="2024",
    confirmed=True,
)
LIMITS = [
    Limit("neglect.absence", 10, ATTENDANCE, "so many in a hundred half-days missed count as a sign"),
    Limit("neglect.quarters", 8, local_default(provision="RA-04"), "how many quarters of a year are shown"),
]
