"""A plan is there on paper: visits, core groups or reviews are late, or it changes nothing for the child."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.courses import runs
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.plan.alerts.current import ending
from sightline.pathways.plan.clocks import PLAN
from sightline.pathways.plan.rules import PLAN as PLAN_COURSE
from sightline.pathways.plan.rules.actions import unanswered

VISITED = ("child_protection", "child_in_need", "safety", "risk_management")
REVIEWED = ("child_protection", "child_in_need", "risk_management")
SAFER = ("substantiated_no_ongoing_risk", "not_substantiated")
BESIDE = timedelta(days=7)  # the start of a plan is often recorded apart from the conference that decided on it
CHANGED = ("plan.started", "action.set", "strategy.held", "conference.held", "escalation.raised", "referral.made")


Late = tuple[str, datetime, str, str, Sequence[Happening]]


def plan_unvisited(case: Case) -> Iterable[Finding]:
    """A current plan under which nobody has visited and seen the child."""
    for plan in _current(case):
        kind = _kind(plan)
        if kind in (*VISITED, "care"):
            yield from _told(case, plan, _visit(case, plan, "care.visit" if kind == "care" else "plan.visit"))


def plan_without_core_group(case: Case) -> Iterable[Finding]:
    """A current child protection plan whose core group is late."""
    for plan in _current(case):
        if _kind(plan) == "child_protection":
            yield from _told(case, plan, _core_group(case, plan))


def plan_unreviewed(case: Case) -> Iterable[Finding]:
    """A current child protection plan whose review conference is late."""
    for plan in _current(case):
        if _kind(plan) == "child_protection":
            yield from _told(case, plan, _review(case, plan, "child_protection"))


def other_plan_unreviewed(case: Case) -> Iterable[Finding]:
    """Another current plan whose review is late. Systems that send conferences need not send the reviews of these."""
    for plan in _current(case):
        if (kind := _kind(plan)) in REVIEWED and kind != "child_protection":
            yield from _told(case, plan, _review(case, plan, kind))


def care_unreviewed(case: Case) -> Iterable[Finding]:
    """A child in care whose review is late."""
    for plan in _current(case):
        if _kind(plan) == "care":
            yield from _told(case, plan, _review(case, plan, "care"))


def plan_without_progress(case: Case) -> Iterable[Finding]:
    """A current plan that its reviews say is not helping."""
    for plan in _current(case):
        if _kind(plan) in (*REVIEWED, "care"):
            for late in _no_progress(case, plan):
                yield from _told(case, plan, late)


def _current(case: Case) -> Iterator[Happening]:
    """The child's plans in force. What probation agrees with somebody who is supervised is not a plan under which his child is visited."""
    for plan in (*case.of("plan.started"), *_from_conference(case)):
        supervised = set(plan.people.get("offender", ())) - {case.subject}
        if not supervised and ending(case, plan) is None and not _lapsed(case, plan) and not _replaced(case, plan):
            yield plan


def _told(case: Case, plan: Happening, late: Late) -> Iterator[Finding]:
    part, due, why, step, rests_on = late
    if case.is_child(due):
        yield case.finding("plan_drift", plan, due, why, step=step, part=part, rests_on=rests_on)


def _from_conference(case: Case) -> tuple[Happening, ...]:
    """Conferences that decided on a plan whose start no system recorded: the conference is where it starts."""
    begun = [h.at for h in case.of("plan.started", where=lambda h: h.get("kind") == "child_protection")]
    decided = case.of("conference.held", where=lambda h: h.get("decision") == "plan")
    return decided[-1:] if decided and not any(at >= decided[-1].at - BESIDE for at in begun) else ()


def _kind(plan: Happening) -> str:
    return "child_protection" if plan.kind == "conference.held" else str(plan.get("kind"))


def _lapsed(case: Case, plan: Happening) -> bool:
    """A safety plan made for an enquiry ends with one that found no continuing risk."""
    if _kind(plan) != "safety":
        return False
    return case.first("enquiry.completed", since=plan.at, where=lambda h: h.get("outcome") in SAFER) is not None


def _replaced(case: Case, plan: Happening) -> bool:
    """A later plan takes the place of an earlier one; only another child protection plan takes the place of one."""
    takes = ("child_protection",) if _kind(plan) == "child_protection" else (*VISITED, "care")
    return any(h.at > plan.at and h.get("kind") in takes for h in case.of("plan.started"))


def _visit(case: Case, plan: Happening, limit: str) -> Late:
    last = case.last("plan.visit", "child.seen", since=plan.at, where=_saw) or plan
    why = f"Nobody has visited and seen this child under the plan for {case.say(limit, last)}."
    return "visit", case.due(limit, last), why, "Visit the child, and see the child alone.", (last,)


def _saw(entry: Happening) -> bool:
    """A visit at which the child was seen, or a sight of the child by social care; a closed door is no visit."""
    if entry.kind == "plan.visit":
        return entry.get("seen") is not False
    return "social_care" in (entry.source, entry.agency)


def _core_group(case: Case, plan: Happening) -> Late:
    last = case.last("coregroup.held", since=plan.at)
    limit, start = ("coregroup.next", last) if last else ("coregroup.first", plan)
    why = f"No core group has met within {case.say(limit, start)} of {'the last one' if last else 'the start of the plan'}."
    return "core group", case.due(limit, start), why, "Call the core group together this week.", (start,)


def _review(case: Case, plan: Happening, kind: str) -> Late:
    held = [
        h
        for h in case.of("conference.held", "plan.reviewed", "care.reviewed")
        if h.at > plan.at and _is_review(h, kind)
    ]
    if not held:
        limit = "care.review.first" if kind == "care" else "review.first"
    else:
        limit = "review.first" if kind == "care" and len(held) == 1 else "review.next"
    start = held[-1] if held else plan
    why = f"The plan has not been reviewed within {case.say(limit, start)} of {'the last review' if held else 'its start'}."
    return (
        "review",
        case.due(limit, start),
        why,
        "Hold the review, and ask of each action what is different for the child.",
        (start,),
    )


def _is_review(entry: Happening, kind: str) -> bool:
    if kind == "care":
        return entry.kind == "care.reviewed"
    if entry.kind == "conference.held":
        return entry.get("kind") in ("review", None)
    return entry.kind == "plan.reviewed"


def _no_progress(case: Case, plan: Happening) -> Iterable[Late]:
    reviews = [h for h in case.of("plan.reviewed") if h.at >= plan.at and h.get("progress")]
    step = "Change the plan: what will be tried instead, by whom, and when will it be looked at again?"
    if len(reviews) > 1 and all(h.get("progress") in ("same", "worse") for h in reviews[-2:]):
        why = "Two reviews running say that the plan has made nothing better for this child."
        yield "progress", case.at_once(reviews[-1]), why, step, reviews[-2:]
    elif reviews and reviews[-1].get("progress") == "worse" and not case.first(*CHANGED, since=reviews[-1].at):
        why = "The last review says that things are worse for this child, and nothing else has been tried since."
        yield "progress", case.due("plan.answer_to_worse", reviews[-1]), why, step, reviews[-1:]


def plan_failing(case: Case) -> Iterable[Finding]:
    """An action of a plan did not work, and what was agreed in case it does not was not begun."""
    for run in runs(PLAN_COURSE, case.own):
        if run.over or not run.first.get("contingency") or not run.first.concerns(case.subject, "child"):
            continue
        for failed in unanswered(run):
            at = failed.at if failed.shown_by.kind == "action.set" else case.at_once(failed.shown_by)
            agreed = f"{run.first.get('contingency')} ({run.first.get('contingency_owner') or 'nobody is named'})"
            why = f"An action of the plan {failed.why}, and what was agreed in case the plan does not work has not been begun: {agreed}."
            step = "Begin what was agreed, and record it."  # a step is told to whoever may not read what the alert rests on
            yield from _told(case, run.first, (f"contingency {failed.action.id}", at, why, step, (failed.shown_by,)))


PLANS = ("plan.started", "conference.held")
REVIEWS = ("review.first", "review.next")


def _rule(find: Callable[[Case], Iterable[Finding]], means: str, answers: tuple[str, ...], *limits: str) -> Rule:
    """One rule for each thing that a system may or may not send, so that each sleeps by itself."""
    return Rule("plan_drift", PLANS, find, PLAN, means, answers=answers, limits=limits)


RULES = [
    _rule(plan_unvisited, "A plan under which the child is not visited.", ("plan.visit",), "plan.visit", "care.visit"),
    _rule(
        plan_without_core_group,
        "A plan whose core group is late.",
        ("coregroup.held",),
        "coregroup.first",
        "coregroup.next",
    ),
    _rule(
        plan_unreviewed, "A child protection plan whose review is late.", ("conference.held", "plan.reviewed"), *REVIEWS
    ),
    _rule(other_plan_unreviewed, "Another plan whose review is late.", ("plan.reviewed",), *REVIEWS),
    _rule(care_unreviewed, "A child in care whose review is late.", ("care.reviewed",), "care.review.first", *REVIEWS),
    Rule(
        "plan_drift",
        ("plan.started",),
        plan_failing,
        local_default(provision="CP-19"),
        "A plan of which an action failed, without what was agreed in case.",
        limits=("at_once",),
    ),
    _rule(plan_without_progress, "A plan that makes nothing better.", (), "plan.answer_to_worse"),
]
