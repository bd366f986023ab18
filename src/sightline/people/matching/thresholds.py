"""From bits to what is done: joined unasked, shown as likely, put before a person, or not shown."""

from __future__ import annotations

import json
from pathlib import Path

_NAMED: dict[str, float] = json.loads(Path(__file__).with_name("thresholds.json").read_text(encoding="utf-8"))
# Bits are the logarithm to base 2 of the odds that two records are one person: 12 is 4,096 to one.
JOIN_AT = _NAMED["JOIN_AT"]
LIKELY_AT = _NAMED["LIKELY_AT"]
REVIEW_AT = _NAMED["REVIEW_AT"]
# Linking a file stores nothing and joins nobody for good, so it may go by better odds than a join in earnest; the
# vetoes hold all the same.
FILE_JOIN_AT = _NAMED["FILE_JOIN_AT"]
# What a vetoed pair shows at most: likely, never almost certain.
HELD_BACK = JOIN_AT - 0.01
# How many people an answer shows at most.
MOST_SHOWN = 5


def band(bits: float) -> str | None:
    """The word a practitioner sees for a score; None is not shown at all."""
    if bits >= JOIN_AT:
        return "almost certain"
    if bits >= LIKELY_AT:
        return "likely"
    return "possible" if bits >= REVIEW_AT else None
