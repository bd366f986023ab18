"""Which answer belongs to which question, where entries do not say so themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sightline.alerts.case import Case
from sightline.chronology.view import Happening

# What a children's social care department is asked for. Other referrals have other clocks.
FOR_CHILDREN = ("s17", "s47", "early_help")
OWN_FORMS = ("nrm", "dbs", "designated_officer", "mappa", "marac")  # bodies with a form and a calendar of their own
SOCIAL_CARE = ("social_care", "child_protection", "placements")
# What shows that social care took a child up, whether or not a decision on the referral was ever written.
TAKEN_UP = (
    "strategy.held", "enquiry.started", "assessment.started", "plan.started", "placement.started", "conference.held", "earlyhelp.started",
)  # fmt: skip

Fits = Callable[[Happening, Happening], bool]


def to_social_care(referral: Happening) -> bool:
    """Whether a referral asks social care for help with a child. Where no basis is supplied, by where it went."""
    to = str(referral.get("to") or "").lower().replace(" ", "_")
    if referral.get("basis") is None:
        return to in SOCIAL_CARE
    return referral.get("basis") in FOR_CHILDREN and not any(
        x in to for x in ("police", "health", "education", "housing")
    )


def from_receiver(referral: Happening, answer: Happening) -> bool:
    """Whether an answer comes from the agency to which a referral went."""
    to = str(referral.get("to") or "").lower().replace(" ", "_")
    return bool(to) and any(
        x and (x in to or to in x) for x in (answer.source.lower(), answer.agency.lower().replace(" ", "_"))
    )


def settled(asked: Sequence[Happening], answers: Sequence[Happening], fits: Fits) -> dict[int, Happening]:
    """The answer to each question, by the question's event id.

    An answer settles every question open by then that it fits; one that fits none settles the oldest that is not somebody else's.
    """
    found: dict[int, Happening] = {}
    for answer in answers:
        still = [a for a in asked if a.event_id not in found and a.at <= answer.at]
        mine = [a for a in still if fits(a, answer)]
        if not mine and still:
            elsewhere = [a for a in still if answer.source in SOCIAL_CARE or not to_social_care(a)]
            mine = (elsewhere or still)[:1]
        found.update({a.event_id: answer for a in mine})
    return found


def unanswered(case: Case, *kinds: str) -> list[Happening]:
    """The child's referrals that none of these kinds of entry has answered."""
    asked = case.of("referral.made")
    found = settled(asked, case.of(*kinds), from_receiver)
    return [r for r in asked if r.event_id not in found]
