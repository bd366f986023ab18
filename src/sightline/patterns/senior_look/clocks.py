"""Limits of escalation, of repetition, and of what sources keep on line."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Months, WorkingDays

LIMITS = [
    Limit("escalation.answered", WorkingDays(1), local_default(provision="QA-17"), "an answer to an escalation"),
    Limit("senior_review.every", 10, local_default(provision="RA-31"), "a senior look at every so many incidents"),
    Limit(
        "senior_review.alerts",
        3,
        local_default(provision="RA-31"),
        "a senior look at every so many alerts of level now that stand at once about a child",
    ),
    Limit(
        "kept_online.command_and_control",
        Months(13),
        local_default(provision="IS-06"),
        "how long the command system shows an incident",
    ),
]
