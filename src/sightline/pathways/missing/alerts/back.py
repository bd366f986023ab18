"""A child has come back: was anybody there to check, to listen, and to use what was said?"""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.missing.alerts.episodes import episodes
from sightline.pathways.missing.clocks import CHECK, GUIDANCE, USE

CHECKED = ("prevention_interview.held", "return_interview.held", "child.seen")
USED = (
    *("intelligence.recorded", "plan.started", "plan.reviewed", "risk.assessed", "meeting.held", "strategy.held"),
    *("action.set", "referral.made", "exploitation.indicated", "disruption.considered", "enquiry.started"),
)


def prevention_interview_missing(case: Case) -> Iterable[Finding]:
    """A child came back, and nobody checked that the child was safe and well."""
    for back in _returns(case):
        if not case.first(*CHECKED, since=back.at, where=_saw):
            yield case.finding(
                "prevention_interview_missing",
                back,
                case.due("prevention_interview", back),
                f"Nobody has checked that this child was safe and well within {case.say('prevention_interview', back)} of coming back.",
                step="See the child, alone, today: what happened, where, with whom?",
            )


def _saw(entry: Happening) -> bool:
    if entry.kind == "child.seen":
        return entry.get("spoken_to") is not False
    return entry.get("seen") is not False


def _returns(case: Case) -> list[Happening]:
    return [e.returned for e in episodes(case) if e.returned is not None and case.is_child(e.returned.at)]


def return_interview_missing(case: Case) -> Iterable[Finding]:
    """A child came back, and no independent interview was held, nor declined by the child."""
    for back in _returns(case):
        if case.first("return_interview.held", "return_interview.offered", since=back.at, where=_heard):
            continue
        offered = case.last("return_interview.offered", since=back.at)
        yield case.finding(
            "return_interview_missing",
            back,
            case.due("return_interview", back),
            f"No independent return interview has been held within {case.say('return_interview', back)} of this child coming back.",
            step="Offer the child an interview with somebody independent, or hold the one that they accepted.",
            rests_on=(offered,) if offered else (),
        )


def _heard(entry: Happening) -> bool:
    return entry.kind == "return_interview.held" or entry.get("accepted") is False


def return_information_unused(case: Case) -> Iterable[Finding]:
    """What a child said on return is in no plan, assessment or intelligence."""
    for interview in case.of("return_interview.held", where=_says_something):
        if case.is_child(interview.at) and not case.first(
            *USED, since=interview.at, where=lambda h: h.concerns(case.subject, "child")
        ):
            yield case.finding(
                "return_information_unused",
                interview,
                case.due("return_interview.used", interview),
                f"What this child said on coming back is in no plan or intelligence {case.say('return_interview.used', interview)} later.",
                step="Put places, people and reasons into the plan and into intelligence, and grade the risk again.",
            )


def _says_something(interview: Happening) -> bool:
    """It holds something that could be used, or says itself that it was not; an interview that a plan already draws on is done."""
    if interview.get("informs_plan") is True:
        return False
    if interview.get("informs_plan") is False or interview.get("shared_with_police") is False:
        return True
    return bool(interview.get("places") or interview.get("people"))


RULES = [
    Rule(
        "prevention_interview_missing",
        ("missing.returned",),
        prevention_interview_missing,
        CHECK,
        "A child who came back and whom nobody checked.",
        answers=("prevention_interview.held", "child.seen"),
        limits=("prevention_interview", "missing.second_report_hours"),
    ),
    Rule(
        "return_interview_missing",
        ("missing.returned",),
        return_interview_missing,
        GUIDANCE,
        "A child who came back and was not heard by anybody independent.",
        answers=("return_interview.held", "return_interview.offered"),
        limits=("return_interview", "missing.second_report_hours"),
    ),
    Rule(
        "return_information_unused",
        ("return_interview.held",),
        return_information_unused,
        USE,
        "A return interview that informed no plan and no intelligence.",
        answers=("intelligence.recorded", "plan.reviewed"),
        limits=("return_interview.used",),
    ),
]
