"""Significant harm is suspected, and social care has not been asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.referral.alerts.matching import SOCIAL_CARE, to_social_care
from sightline.pathways.referral.clocks import REFER

SIGNS = ("concern.notified", "risk.assessed", "protection.taken", "crime.recorded", "child.seen", "missing.returned",
         "exploitation.indicated")  # fmt: skip
FAMILY = ("parent", "step_parent", "carer", "partner_of_parent", "grandparent", "aunt_uncle", "sibling", "cousin", "partner",
          "ex_partner", "lodger", "teacher_coach")  # fmt: skip
HIGH = ("high", "very_high")
TOOLS = ("child", "exploitation", "domestic_abuse", "missing")
ALWAYS_GRAVE = ("sexual", "cruelty_neglect", "exploitation")
# What shows that social care was told, or has the child in hand.
TOLD = ("strategy.requested", "strategy.held", "protection.informed", "detention.informed", "accommodation.requested",
        "conference.held", "placement.started")  # fmt: skip
IN_HAND = {
    "plan.started": "plan.ended",
    "enquiry.started": "enquiry.completed",
    "assessment.started": "assessment.completed",
}


def referral_missing(case: Case) -> Iterable[Finding]:
    """A grade, a crime, an emergency or what an officer saw says that a child suffers significant harm; a day later nobody has referred.

    Signs a few days apart are one suspicion. Left in peace where social care was told otherwise, or has the child in hand already.
    """
    last: Happening | None = None
    for sign in case.of(*SIGNS):
        if not case.is_child(sign.at) or sign.source in SOCIAL_CARE or not _grave(case, sign) or _told(case, sign):
            continue
        if last is None or case.due("referral.same_suspicion", last) < sign.at:
            yield case.finding(
                "referral_missing",
                sign,
                case.due("referral.made", sign),
                f"Significant harm to this child is suspected and {case.say('referral.made', sign)} later there is no referral to social care.",
                step="Refer the child to social care now, by telephone and then in writing.",
            )
        last = sign


def _grave(case: Case, sign: Happening) -> bool:
    """Whether an entry, by itself, gives reasonable cause to suspect significant harm."""
    if sign.kind == "concern.notified":
        return bool(sign.get("grade") == "high")
    if sign.kind == "risk.assessed":
        return bool(sign.get("grade") in HIGH) and sign.get("tool") in TOOLS
    if sign.kind == "child.seen":
        return sign.get("safe") is False
    if sign.kind == "missing.returned":
        return bool(sign.get("harmed") == "yes")
    if sign.kind == "exploitation.indicated":
        return bool(sign.get("kind") != "online")
    if sign.kind == "crime.recorded":
        return _grave_crime(case, sign)
    return True


def _grave_crime(case: Case, crime: Happening) -> bool:
    if crime.get("child_is") not in ("victim", "both") or case.subject in crime.people.get("suspect", ()):
        return False
    if crime.get("category") in ALWAYS_GRAVE:
        return True
    near = case.household(crime.at) | case.kin(*FAMILY, at=crime.at)
    near |= {
        p for parent in case.parents(crime.at) for p in case.other(parent).kin("partner", "ex_partner", at=crime.at)
    }
    return bool(crime.get("category") == "violence") and bool(near & set(crime.people.get("suspect", ())))


def _told(case: Case, sign: Happening) -> bool:
    """Whether social care was told of this harm, or was working with the child when it came to light."""
    for entry in case.own.of_kind("referral.made", *TOLD, *IN_HAND):
        if case.due("referral.already_made", entry) >= sign.at and _tells(entry):
            return True
    return any(_in_hand(case, began, ends, sign) for began, ends in _began(case, sign)) or _being_decided(case, sign)


def _tells(entry: Happening) -> bool:
    if entry.kind == "referral.made":
        return to_social_care(entry)
    if entry.kind in ("protection.informed", "detention.informed"):
        return bool(entry.get("whom") in ("local_authority", "social_care"))
    return bool(entry.get("kind") != "early_help")


def _began(case: Case, sign: Happening) -> Iterator[tuple[Happening, str]]:
    for begins, ends in IN_HAND.items():
        for began in case.of(begins, where=lambda h: h.at <= sign.at and h.get("kind") != "early_help"):
            yield began, ends


def _in_hand(case: Case, began: Happening, ends: str, sign: Happening) -> bool:
    """Whether what began had not ended; a plan or enquiry in being knows of a new grade, not of a new crime or emergency."""
    if case.first(ends, since=began.at, until=sign.at) is not None:
        return False
    return sign.kind in ("risk.assessed", "concern.notified") or case.due("referral.same_suspicion", began) >= sign.at


def _being_decided(case: Case, sign: Happening) -> bool:
    """Whether a referral of the last days still waited for its decision, or had been taken up, when this came to light."""
    for referral in case.of("referral.made", where=lambda h: h.at <= sign.at and to_social_care(h)):
        if case.due("referral.same_suspicion", referral) < sign.at:
            continue
        decided = case.first("referral.decided", since=referral.at, until=sign.at)
        if decided is None or decided.get("decision") not in (
            "no_further_action",
            "signpost",
            "returned_for_information",
        ):
            return True
    return False


RULES = [
    Rule(
        "referral_missing",
        SIGNS,
        referral_missing,
        REFER,
        "Significant harm suspected and social care not asked.",
        answers=("referral.made", *TOLD, *IN_HAND),
        around=True,
        limits=("referral.made",),
    ),
]
