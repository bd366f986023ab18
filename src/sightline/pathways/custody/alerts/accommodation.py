"""Somewhere for the child to sleep that is no cell: asked for early, asked for rightly, given, and accounted for to the court."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.kernel.moments import local
from sightline.pathways.custody.alerts.stay import Stay, at_hour, bail_refused, held, stays
from sightline.pathways.custody.alerts.words import only, says
from sightline.pathways.custody.clocks import CHILDREN_ACT, PACE, law

BREACH_POWERS = ("breach_of_bail", "breach_of_order", "warrant")
ASKED = ("accommodation.requested", "accommodation.answered")


def accommodation_not_sought(case: Case) -> Iterable[Finding]:
    """Half an hour after bail was refused the local authority has not been asked, or only for a locked place that nothing recorded calls for."""
    for stay in held(case):
        charged = bail_refused(stay)
        if charged is None or not stay.under("custody.juvenile_under"):
            continue
        asked = stay.all("accommodation.requested")
        offered = stay.first("accommodation.answered", where=lambda h: h.get("offered") is True)
        if offered or any(_right_kind(stay, charged, request) for request in asked):
            continue
        yield case.finding(
            "accommodation_not_sought",
            charged,
            case.due("accommodation.asked", charged),
            "Bail was refused and only a locked place was asked for, though nothing recorded says that this child would seriously harm anyone."
            if asked
            else f"Bail was refused and the local authority was not asked within {case.say('accommodation.asked', charged)} to take this child.",
            step="Ask the local authority for a place that need not be locked, and record who was asked and what they said.",
            rests_on=(stay.began, *asked),
        )


def _right_kind(stay: Stay, charged: Happening, request: Happening) -> bool:
    """A request for a locked place is right only from an age, and where serious harm to others is recorded (PACE s38(6)(b))."""
    if request.get("kind") != "secure":
        return True
    age = stay.case.age(request.at)
    old = age is None or age >= stay.case.number("custody.secure_from", request.at)
    reasons = f"{request.get('reason') or ''} {charged.get('reason') or ''}"
    return old and (charged.get("ground") == "injury" or says(reasons, "serious_harm") or _grave(stay))


def _grave(stay: Stay) -> bool:
    return says(stay.began.get("offence"), "grave")


def accommodation_likely(case: Case) -> Iterable[Finding]:
    """From the breach or the offence it is plain that bail is unlikely, and nobody has asked for a bed."""
    for stay in held(case):
        if not stay.under("custody.juvenile_under") or stay.first("detention.charged", *ASKED):
            continue
        if why := _bail_unlikely(stay):
            yield case.finding(
                "accommodation_likely",
                stay.began,
                case.at_once(stay.began),
                f"{why} This child will probably need a bed from the local authority tonight and nobody has asked.",
                step="Ring the local authority now, in office hours if you can: do not wait for the charge.",
            )


def _bail_unlikely(stay: Stay) -> str:
    said = f"{stay.began.get('offence') or ''} {stay.began.get('reason') or ''}"
    if stay.for_health or stay.began.get("power") == "recall":
        return ""
    if stay.began.get("power") in BREACH_POWERS or _breached(stay) or says(said, "breach"):
        return "Held for a breach, or for an offence while on bail."
    if _grave(stay) or (_on_bail(stay) and _violent(stay)):
        return "Held for an offence for which bail is unlikely."
    return ""


def _breached(stay: Stay) -> bool:
    case = stay.case
    breach = case.last("bail.breached", before=stay.began.at, where=lambda h: h.concerns(case.subject, "suspect"))
    return breach is not None and case.due_from("detention.maximum", breach.at) >= stay.began.at


def _on_bail(stay: Stay) -> bool:
    case, at = stay.case, stay.began.at
    marks = [
        h for h in case.own.of_kind("marker.set", "marker.cleared") if h.get("kind") == "bail_conditions" and h.at <= at
    ]
    bails = [h for h in case.own.of_kind("bail.set") if h.at <= at and h.concerns(case.subject, "suspect")]
    on_bail = [h for h in (*marks[-1:], *bails[-1:]) if h.kind != "marker.cleared"]
    day = local(at).date().isoformat()
    return any(
        not h.get("until") or str(h.get("until"))[:10] >= day
        for h in on_bail
        if h.get("kind") != "released_under_investigation"
    )


def _violent(stay: Stay) -> bool:
    accused = stay.first("crime.recorded", where=lambda h: h.concerns(stay.case.subject, "suspect"))
    return says(stay.began.get("offence"), "serious_harm") or bool(
        accused and accused.get("category") in ("violence", "sexual")
    )  # fmt: skip


def accommodation_refused(case: Case) -> Iterable[Finding]:
    """The local authority offered nothing, or has not answered, for a child who may not stay in a police station."""
    offers = case.of("accommodation.answered", where=lambda h: h.get("offered") is True)
    for refused in case.of("accommodation.answered", where=lambda h: h.get("offered") is False):
        if case.is_child(refused.at) and not _settled(case, refused.at) and not any(o.at > refused.at for o in offers):
            yield case.finding(
                "accommodation_refused",
                refused,
                case.at_once(refused),
                "The local authority was asked for somewhere for this child tonight and offered nothing.",
                step="Ask the manager, then the director on call: the duty to accommodate does not depend on there being a bed.",
            )
    yield from _unanswered(case)


def _settled(case: Case, since: datetime) -> bool:
    """Whether the child has left the police since."""
    return bool(
        case.first("detention.ended", "protection.ended", since=since)
        or case.first("protection.moved", since=since, where=lambda h: h.get("to") != "police_station")
    )  # fmt: skip


def _unanswered(case: Case) -> Iterable[Finding]:
    for stay in held(case):
        charged, asked = bail_refused(stay), stay.last("accommodation.requested")
        if charged is None or asked is None or any(h.at >= asked.at for h in stay.all("accommodation.answered")):
            continue
        start = max(charged, asked, key=lambda h: h.at)
        yield case.finding(
            "accommodation_refused",
            asked,
            case.due("accommodation.reply", start),
            f"The local authority has not answered within {case.say('accommodation.reply', start)} a request for somewhere for this child.",
            step="Ask its manager on call for an answer, and record the name.",
            rests_on=(charged,),
            part="unanswered",
        )


def certificate_missing(case: Case) -> Iterable[Finding]:
    """A child was kept in a police station after charge, and the certificate that tells the court why is missing or says nothing."""
    for stay in stays(case):
        charged = bail_refused(stay)
        if charged is None or not stay.under("custody.juvenile_under") or _certified(stay):
            continue
        if not stay.open and not _left_for_court(stay, charged):
            continue
        empty = stay.first("detention.certified")
        due = stay.ended.recorded_at if stay.ended else _morning_after(case, charged)
        yield case.finding(
            "certificate_missing",
            charged,
            due,
            "This child was kept in a police station after charge, and the certificate for the court gives no reason that is about this child."
            if empty
            else "This child was kept in a police station after charge, and no certificate tells the court why.",
            step="Complete it now: who was asked for a place, when, and what they answered.",
            rests_on=(stay.began, *((empty,) if empty else ()), *((stay.ended,) if stay.ended else ())),
        )


def _left_for_court(stay: Stay, charged: Happening) -> bool:
    ended = stay.ended
    return (
        ended is not None
        and ended.get("how") in ("court", None)
        and ended.at >= stay.case.due("certificate.kept", charged)
    )


def _morning_after(case: Case, charged: Happening) -> datetime:
    kept = case.due("certificate.kept", charged)
    return at_hour(kept, case.number("certificate.early", kept))


def _certified(stay: Stay) -> bool:
    """Whether a certificate says something of this child; "no beds" only where it is on record who was asked and what they answered."""
    asked = stay.first("accommodation.answered") is not None
    beds = ("empty_certificate", "no_beds")

    def empty(certificate: Happening) -> bool:
        reason = certificate.get("reason")
        return only(reason, "empty_certificate") or (only(reason, *beds) and (not asked or says(reason, "formula")))

    return any(not empty(h) for h in stay.all("detention.certified"))


CHARGED = ("detention.charged",)
RULES = [
    Rule(
        "accommodation_not_sought",
        CHARGED,
        accommodation_not_sought,
        law(PACE, "s38(6)"),
        "Bail refused to a child, and local authority accommodation not asked for or asked for in the wrong kind.",
        answers=("accommodation.requested",),
        limits=("accommodation.asked", "custody.juvenile_under", "custody.secure_from"),
    ),
    Rule(
        "accommodation_likely",
        ("detention.authorised",),
        accommodation_likely,
        law(PACE, "s38(6)"),
        "A child held for something that makes bail unlikely, for whom nobody has asked for a bed.",
        answers=("accommodation.requested",),
        limits=("custody.juvenile_under",),
    ),
    Rule(
        "accommodation_refused",
        ASKED,
        accommodation_refused,
        law(CHILDREN_ACT, "s21(2)"),
        "A local authority that offers nothing, or does not answer.",
        limits=("accommodation.reply",),
    ),
    Rule(
        "certificate_missing",
        CHARGED,
        certificate_missing,
        law(PACE, "s38(7)"),
        "A child kept after charge with no certificate for the court, or an empty one.",
        answers=("detention.certified",),
        limits=("certificate.kept", "certificate.early", "custody.juvenile_under"),
    ),
]
