"""An offence is suspected, and the child's case went to one agency as a matter of welfare alone."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.enquiry.alerts.suspected import suspected_offence
from sightline.pathways.enquiry.clocks import guidance

DECIDED = ("strategy.held", "enquiry.started", "referral.decided")
POLICE_HAVE_IT = ("investigation.opened", "suspect.arrested", "suspect.seen", "charge.made")


def welfare_only(case: Case) -> Iterable[Finding]:
    """An adult may have committed an offence against this child, and it was decided that social care should act alone."""
    for decision in case.of(*DECIDED, where=_alone):
        if not case.is_child(decision.at):
            continue
        offence = suspected_offence(case, decision.at, case.number("allegation.days", decision.at))
        if offence is None or _police_have_it(case, decision, offence):
            continue
        yield case.finding(
            "welfare_only",
            decision,
            case.at_once(decision),
            "An offence against this child is suspected, but it was decided that social care should act alone and no police investigation is open.",
            step="Ask a detective inspector whether police and social care should enquire together, and record the answer.",
            rests_on=(offence,),
        )
        return


def _alone(entry: Happening) -> bool:
    if entry.kind == "strategy.held":
        return entry.get("decision") in ("enquiry_single_social_care", "assessment")
    if entry.kind == "enquiry.started":
        return bool(entry.get("mode") == "social_care")
    return entry.get("decision") in ("child_in_need_assessment", "early_help")


def _police_have_it(case: Case, decision: Happening, offence: Happening) -> bool:
    if case.first(*POLICE_HAVE_IT, since=offence.at):
        return True
    if case.first(
        "strategy.held",
        since=decision.at,
        where=lambda h: h.get("decision") in ("enquiry_joint", "enquiry_single_police"),
    ):
        return True
    if case.first("enquiry.mode_reviewed", since=decision.at, where=lambda h: h.get("decision") == "alone_is_right"):
        return True  # somebody else of the police looked, and said why
    crime = case.last("crime.recorded", since=offence.at)
    if (
        decision.kind == "referral.decided"
    ):  # social care's answer to a worry: only where a child was said to be hurt, and no crime was recorded
        return (
            crime is not None
            or offence.kind != "contact.received"
            or offence.get("kind") not in ("assault", "sexual_offence")
        )
    return crime is not None and crime.at > decision.at


RULES = [
    Rule(
        "welfare_only",
        DECIDED,
        welfare_only,
        guidance("joint and single agency enquiries"),
        "A suspected offence against a child that was left to social care alone.",
        answers=("investigation.opened", "enquiry.mode_reviewed"),
        limits=("allegation.days",),
        around=True,
    )
]
