"""From how many reports on a child is listed, from how many children or offences on an adult is, and how far back either counts."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Months

LIMITS = [
    Limit("most_reported.at_least", 3, local_default(provision="RA-25"), "incidents from which on a child is listed each week"),
    Limit("most_reported.looks_back", Months(12), local_default(provision="RA-25"), "how far back incidents about a child are counted"),
    Limit("most_harmful.children", 2, local_default(provision="RA-26"), "children affected from which on an adult is listed"),
    Limit("most_harmful.offences", 3, local_default(provision="RA-26"), "offences from which on an adult is listed, where a child was affected"),
    Limit("most_harmful.looks_back", Months(60), local_default(provision="RA-26"), "how far back offences of an adult are counted"),
]  # fmt: skip
