"""How a child is asked: planned, not again and again, not against its wish; and what is made of it when it takes the words back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import local
from sightline.pathways.investigation.alerts.matters import about
from sightline.pathways.investigation.alerts.reach import bars
from sightline.pathways.investigation.clocks import ABUSE_EVIDENCE, INTERVIEWING

PLAN_HOLDS = timedelta(days=60)
ONE_STORY = timedelta(days=365)
FAMILY = ("parent", "step_parent", "carer", "partner_of_parent", "grandparent", "sibling", "aunt_uncle", "cousin")
PARTNERS = ("partner", "ex_partner")
REFRESHED = ("meal", "drink", "break")
LOOKED_INTO = ("child.seen", "interview.held", "strategy.held", "risk.assessed", "voice.captured")
AT_THE_STATION = ("interview.held", "interview.care")


def interview_unplanned(case: Case) -> Iterable[Finding]:
    """A child was interviewed without a plan: needs not assessed, an intermediary not thought of, or one needed and not used."""
    for held in case.of("interview.held"):
        plan = case.last("interview.planned", before=held.at, since=held.at - PLAN_HOLDS)
        fault = _fault(held, plan)
        if fault and case.is_child(held.at):
            yield case.finding(
                "interview_unplanned",
                held,
                case.at_once(held),
                f"This child was interviewed {fault}.",
                step="Ask the interview adviser whether what was said can stand, and plan before anybody asks again.",
                rests_on=(plan,) if plan else (),
            )


def _fault(held: Happening, plan: Happening | None) -> str:
    if plan is None:
        return "with no plan for the interview"
    if plan.get("needs_assessed") is False:
        return "without anybody assessing what the child needed"
    if plan.get("intermediary") == "not_considered":
        return "without anybody considering an intermediary"
    if plan.get("intermediary") == "needed" and held.get("intermediary_used") is False:
        return "without the intermediary whom the plan said was needed"
    return ""


def account_repeated(case: Case) -> Iterable[Finding]:
    """A child has been asked to tell it more often than twice, whether in one interview or over several."""
    held = case.of("interview.held")
    for n, last in enumerate(held):
        told = _times([h for h in held[: n + 1] if h.at >= last.at - ONE_STORY])
        if case.is_child(last.at) and told > case.number("interview.accounts", last.at):
            yield case.finding(
                "account_repeated",
                last,
                case.at_once(last),
                f"This child has now been asked to tell it {told} times.",
                step="Let nobody ask again without the detective sergeant's word; use what is recorded.",
                rests_on=held[:n],
            )
            return


def _times(held: list[Happening]) -> int:
    """How often, over some interviews. Some systems count within an interview, some go on counting: 1, 2, 3 are three tellings, not six."""
    counts = [int(h.get("times_asked") or 1) for h in held]
    return len(counts) if counts == list(range(1, len(counts) + 1)) else sum(counts)


def interview_conduct(case: Case) -> Iterable[Finding]:
    """Questions went on after a child asked to stop."""
    for held in case.of("interview.held"):
        if held.get("asked_to_stop") and held.get("went_on") and case.is_child(held.at):
            yield case.finding(
                "interview_conduct",
                held,
                case.at_once(held),
                "This child asked to stop and the questions went on.",
                step="Have a senior officer watch the recording today, and see how the child is.",
            )


def retraction_pressure(case: Case) -> Iterable[Finding]:
    """An account was withdrawn or changed where the suspect or the family could reach the child, and nobody asked why.

    A person who looked into it and found no pressure ends it, and so does hearing the child again, alone.
    """
    for taken_back in case.own.of_kind("retraction.recorded"):
        if case.subject not in about(taken_back) or taken_back.get("possible_pressure") is False:
            continue
        if not (taken_back.get("possible_pressure") or _reached(case, taken_back)):
            continue
        if not _asked_why(case, taken_back):
            yield case.finding(
                "retraction_pressure",
                taken_back,
                case.at_once(taken_back),
                "An account was taken back after the suspect or the family could reach whoever gave it, and nobody has asked why.",
                step="See the child alone and ask who has spoken to them; go on protecting them, whatever becomes of the case.",
            )
            return


def _reached(case: Case, taken_back: Happening) -> bool:
    """Whether a suspect of the family or the home, or a suspect whom nothing keeps away, could speak to them before."""
    suspects = {
        p
        for h in case.own.of_kind("investigation.opened", "crime.recorded", "suspect.identified")
        if h.at <= taken_back.at and case.subject in about(h)
        for p in h.people.get("suspect", ())
    } - {case.subject}
    at = taken_back.at
    near = case.household(at) | case.kin(*PARTNERS, at=at)
    if not case.is_child(at):
        return bool(suspects & near)
    if suspects & (near | case.kin(*FAMILY, at=at)):
        return True
    return not suspects or not all(_barred(case, s, at) for s in suspects)


def _barred(case: Case, suspect: int, at: datetime) -> bool:
    return any(h.at <= at and bars(h) for h in case.chronology_of(suspect).of_kind("bail.set"))


def _asked_why(case: Case, taken_back: Happening) -> bool:
    return case.first(*LOOKED_INTO, since=taken_back.at, where=_alone) is not None


def _alone(h: Happening) -> bool:
    return h.kind != "child.seen" or bool(h.get("alone") and h.get("spoken_to"))


def witness_care_missing(case: Case) -> Iterable[Finding]:
    """Somebody who helps the police with what happened was kept for two hours without food, drink or a break.

    From when they were fetched or met, or an interview began, until the next meal, drink or break, or until it is known that they left.
    """
    spell = case.of(*AT_THE_STATION, role=("child", "victim", "adult", "reporter"))
    for n, start in enumerate(spell):
        fetched = n == 0 or local(spell[n - 1].at).date() != local(start.at).date()
        if start.kind == "interview.care" and (start.get("what") in REFRESHED or not fetched):
            continue
        due_at = case.due("witness.cared_for", start)
        same_day = [h for h in spell[n + 1 :] if local(h.at).date() == local(start.at).date()]
        cared = any(h.get("what") in REFRESHED and h.at <= due_at for h in same_day)
        if not cared and _kept_until(start, same_day) >= due_at:
            yield case.finding(
                "witness_care_missing",
                start,
                due_at,
                f"Nothing to eat or drink and no break is recorded for {case.say('witness.cared_for', start)} while they helped the police.",
                step="Offer food, a drink and a break now, and ask whether they wish to go on today.",
            )
            return


def _kept_until(start: Happening, same_day: list[Happening]) -> datetime:
    """Until when they are known to have been there. Fetched, or met by a supporter, and nothing since that ends it: still there."""
    here = [start, *same_day]
    open_ended = [h for h in here if h.kind == "interview.held" and h.get("minutes") is None]
    if start.kind == "interview.care" and (not same_day or open_ended):
        return start.at + timedelta(days=1)
    return max(h.at + timedelta(minutes=int(h.get("minutes") or 0)) for h in here)


RULES = [
    Rule(
        "interview_unplanned",
        ("interview.held",),
        interview_unplanned,
        INTERVIEWING,
        "A child interviewed without a plan that fits the child.",
        answers=("interview.planned",),
    ),
    Rule(
        "account_repeated",
        ("interview.held",),
        account_repeated,
        INTERVIEWING,
        "A child asked to tell it again and again.",
        limits=("interview.accounts",),
    ),
    Rule(
        "interview_conduct",
        ("interview.held",),
        interview_conduct,
        INTERVIEWING,
        "Questions that went on after a child asked to stop.",
    ),
    Rule(
        "retraction_pressure",
        ("retraction.recorded",),
        retraction_pressure,
        ABUSE_EVIDENCE,
        "An account taken back within reach of the suspect or family.",
        roles=("child", "victim"),
        answers=("child.seen", "interview.held"),
        around=True,
    ),
    Rule(
        "witness_care_missing",
        AT_THE_STATION,
        witness_care_missing,
        local_default(provision="SI-19"),
        "Hours without food, drink or a break for somebody helping the police.",
        roles=("child", "victim", "adult", "reporter"),
        answers=("interview.care",),
        limits=("witness.cared_for",),
    ),
]
