"""Referrals and requests that wait: for a decision, for word of what came of it, for information."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import aware
from sightline.pathways.referral.alerts.matching import TAKEN_UP, settled, to_social_care, unanswered
from sightline.pathways.referral.clocks import DECIDE

WITH_NEWS = (*("s17", "s47", "early_help"), "health", "other")
ANSWERS = ("information.supplied", "information.refused", "information.shared")
ADULTS = ("suspect", "subject", "victim", "adult", "parent", "offender")


def referral_unanswered(case: Case) -> Iterable[Finding]:
    """Social care has not decided on a referral within a working day. An acknowledgement decides nothing; taking the child up does."""
    told: set[datetime] = set()
    for referral in unanswered(case, "referral.decided"):
        if not to_social_care(referral) or case.first(*TAKEN_UP, since=referral.at) is not None:
            continue
        due = case.due("referral.decided", referral)
        if due in told:
            continue  # two referrals of one day wait for one decision
        told.add(due)
        yield case.finding(
            "referral_unanswered",
            referral,
            due,
            f"{case.say('referral.decided', referral).capitalize()} after the referral, no decision on it has been recorded.",
            step="Ring the receiving team, and escalate if nobody will decide today.",
        )


def feedback_missing(case: Case) -> Iterable[Finding]:
    """Whoever referred has not been told what came of it. One who sat in the strategy discussion knows."""
    told: set[datetime] = set()
    for referral in unanswered(case, "referral.fed_back"):
        known = referral.get("basis") not in WITH_NEWS or case.first("strategy.held", since=referral.at) is not None
        due = case.due("referral.fed_back", referral)
        if known or due in told:
            continue
        told.add(due)
        yield case.finding(
            "feedback_missing",
            referral,
            due,
            f"{case.say('referral.fed_back', referral).capitalize()} after the referral, whoever made it has not been told what came of it.",
            step="Tell the referrer the outcome and who holds the child now.",
        )


def information_unanswered(case: Case) -> Iterable[Finding]:
    """Another agency was asked what it knows, and has neither answered nor refused by the time it was needed."""
    asked = [h for h in case.own.of_kind("information.requested") if _asks_for(case, h)]
    answers = [h for h in case.own.of_kind(*ANSWERS) if h.kind != "information.shared" or _given(asked, h)]
    found = settled(asked, answers, _same_agency) if asked else {}
    for request in asked:
        if request.event_id not in found:
            yield case.finding(
                "information_unanswered",
                request,
                _needed_by(case, request),
                f"{request.get('of') or 'Another agency'} was asked for information and has not answered by the time it was needed.",
                step="Ring the agency, then its named lead.",
                part=str(request.get("of") or ""),
            )


def _asks_for(case: Case, request: Happening) -> bool:
    """Whether this person is the one the alert is about: the child, else the first adult named."""
    if children := request.people.get("child", ()):
        return case.subject in children
    return next((held[0] for role in ADULTS if (held := request.people.get(role))), None) == case.subject


def _same_agency(request: Happening, answer: Happening) -> bool:
    of = str(request.get("of") or "").lower().replace(" ", "_")
    return bool(of) and any(
        x and (x in of or of in x) for x in (answer.source.lower(), answer.agency.lower().replace(" ", "_"))
    )


def _given(asked: Iterable[Happening], share: Happening) -> bool:
    """Whether the agency that was asked shared what it holds with the agency that asked. Another share answers nobody."""
    to = str(share.get("to") or "").lower()
    return any(_same_agency(r, share) and bool(r.agency) and r.agency.lower().replace("_", " ") in to for r in asked)


def _needed_by(case: Case, request: Happening) -> datetime:
    needed = request.get("needed_by")
    if not needed:
        return case.due("information.supplied", request)
    moment = needed if isinstance(needed, datetime) else datetime.fromisoformat(str(needed))
    return max(aware(moment), request.at)


RULES = [
    Rule(
        "referral_unanswered",
        ("referral.made",),
        referral_unanswered,
        DECIDE,
        "A referral on which social care has not decided.",
        answers=("referral.decided", *TAKEN_UP),
        limits=("referral.decided",),
    ),
    Rule(
        "feedback_missing",
        ("referral.made",),
        feedback_missing,
        local_default(provision="RF-08"),
        "A referrer who has not been told what came of it.",
        answers=("referral.fed_back",),
        limits=("referral.fed_back",),
    ),
    Rule(
        "information_unanswered",
        ("information.requested",),
        information_unanswered,
        local_default(provision="JD-23, RF-14"),
        "A request for information that nobody answered.",
        roles=("child", *ADULTS),
        answers=ANSWERS,
        limits=("information.supplied",),
    ),
]
