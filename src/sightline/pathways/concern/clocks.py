"""Limits of the concern form: how soon it is written, and of whom words are asked."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours

LIMITS = [
    Limit(
        "concern.form",
        Hours(12),
        local_default("end of shift"),
        "a concern form for each child, from when police were there",
    ),
    Limit("concern.same_matter", Days(2), local_default(), "a call, and officers who come, belong together so long"),
    Limit(
        "concern.form_just_before", Hours(2), local_default(), "a form written so soon before is about the same matter"
    ),
    Limit("voice.speaks_from", 3, local_default(), "age in years from which a child's own words are looked for"),
]
