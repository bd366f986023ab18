"""Whether the child is safer some months on: under a plan, and after a referral that was decided here and led to none. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.chronology.courses import MADE_HERE
from sightline.chronology.view import Chronology, Happening

MONTHS = (3, 6, 12)
ENDED_WITHOUT = ("no_further_action", "signpost", "early_help")
OF_A_PLAN = (
    "plan.started",
    "conference.held",
    "strategy.held",
    "enquiry.started",
)  # these have outcomes, or an answer, of their own


def decided_without_plan(chronology: Chronology) -> Happening | None:
    """The decision on the child's newest referral, where it was made here and nothing that is followed up by itself came after it."""
    made = [
        h for h in chronology.of_kind("referral.decided")
        if h.source == MADE_HERE and h.concerns(chronology.subject, "child", "subject")
    ]  # fmt: skip
    newest = made[-1] if made else None
    if newest is None or newest.get("decision") not in ENDED_WITHOUT:
        return None
    return None if any(h.at >= newest.at for h in chronology.of_kind(*OF_A_PLAN)) else newest


def referral_of(decision: Happening) -> str:
    """The key of the referral that was decided on."""
    return decision.ref.partition("#")[0]


def said_of(chronology: Chronology, decision: Happening) -> tuple[Happening, ...]:
    """The outcomes that were recorded of that referral."""
    held, key = chronology.of_kind("outcome.recorded"), referral_of(decision)
    return tuple(h for h in held if h.ref.partition("#")[0] == key)


def next_months(said: Iterable[Happening]) -> int | None:
    """After how many months it is asked next; None once it was asked for the last time."""
    asked = {e.get("months") for e in said}
    return next((m for m in MONTHS if m not in asked), None)
