"""Limits of strategy discussions, enquiries, meetings and the actions they set."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours, WorkingDays
from sightline.kernel.law import Source, Standing

WORKING_TOGETHER = "Working Together to Safeguard Children"


def guidance(provision: str) -> Source:
    """National guidance on meeting, deciding and writing down; paragraph numbers differ by edition and are for a lawyer to check."""
    return Source(
        WORKING_TOGETHER,
        provision,
        Standing.GUIDANCE,
        confirmed=False,
        checked="2026-11: looked for in the editions of 2010 to 2023; only contents and what partnerships make of it were found",
    )


def told(provision: str) -> Source:
    """A number of ours beside guidance that names none: a local default."""
    return local_default(
        f"{WORKING_TOGETHER}: {provision}",
        checked="2026-11: partnerships quote it as as soon as possible; no number was found",
    )


LIMITS = [
    Limit(
        "strategy.held",
        WorkingDays(1),
        told("strategy discussion: whenever there is reasonable cause to suspect significant harm"),
        "a strategy discussion after the facts call for one",
    ),
    Limit(
        "strategy.immediate",
        Hours(24),
        told("strategy discussion: at once where a child has been taken into protection"),
        "a strategy discussion after police protection was taken",
    ),
    Limit(
        "strategy.same_incident_days",
        7,
        local_default(),
        "days before a fact in which a discussion was about the same thing",
    ),
    Limit(
        "strategy.named_days",
        365,
        local_default(provision="W17"),
        "days in which an entry that names another child with this one puts that child before a discussion",
    ),
    Limit(
        "strategy.again_hours",
        24,
        local_default(),
        "hours in which a second discussion or enquiry about a child may be the first one written down again",
    ),
    Limit("allegation.days", 90, local_default(), "days in which an allegation belongs to a decision made after it"),
    Limit(
        "decision.recorded",
        Hours(24),
        told("strategy discussion: decisions, actions, owners and times are recorded and sent round"),
        "a decision, action, owner and time after a discussion or meeting",
    ),
    Limit(
        "separation.reviewed",
        Days(28),
        local_default(provision="SI-38"),
        "a child apart from parents while enquiries go on",
    ),
    Limit("separation.near_days", 28, local_default(), "days between an enquiry and a move that belongs to it"),
]
