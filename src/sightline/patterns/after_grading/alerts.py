"""A grade nobody looked at again; a high one of which nothing came; doing nothing, past its day; a known risk of self-harm left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sightline.alerts.answering import Typed
from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import together
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import local_default
from sightline.patterns.after_grading.rules import (
    ASKED,
    BEGUN,
    HIGH,
    LOOKED_AGAIN,
    end_of,
    graded,
    looked_again,
    looked_at_by_one_who_knows,
    nothing_decided,
    occasions,
    plan_in_force,
    review_due,
    tasks,
)

ANSWERS = tuple(dict.fromkeys(kind for asked in ASKED for kind in asked.answers))


def grade_not_reviewed(case: Case) -> Iterable[Finding]:
    """The day on which a grade was to be looked at again is past: sooner, the higher it is. A plan in force has reviews of its own."""
    grade = graded(case.own)
    if grade is None or not case.is_child() or not looked_at_by_one_who_knows(grade):
        return
    if (
        plan_in_force(case.own)
        or nothing_decided(case.own)
        or (due := review_due(case.own, grade, case.limits)) is None
    ):
        return
    level = str(grade.get("grade")).replace("_", " ")
    yield case.finding(
        "grade_not_reviewed", grade, due, f"The risk was graded {level}, and the day on which it was to be looked at again has passed.",
        step="Look at the risk again with what has happened since, and grade it anew.", **_whose(case.own, grade),
    )  # fmt: skip


def _whose(own: Chronology, grade: Happening) -> Mapping[str, Any]:
    """One alert for all the children of a grade, until one of them was looked at again: from then that child has a day of their own."""
    if looked_again(own, grade):
        return {"part": "again"}
    return together(grade)


def high_grade_filed(case: Case) -> Iterable[Finding]:
    """A risk was graded high, and nothing came of it; or what was given to somebody by name is past its day."""
    grade = graded(case.own)
    if grade is None or grade.get("grade") not in HIGH or not case.is_child() or nothing_decided(case.own):
        return
    asked = tasks(case.own, grade, case.limits)
    for task in asked:
        if task.given is not None and task.open:
            yield case.finding(
                "high_grade_filed", task.given, task.due_at, f"{task.asked.means}: given to {task.owner}, and not recorded by its day.",
                step="Ask them, give it to somebody else, or record what was done.", rests_on=[grade],
                to=task.asked.role, part=task.asked.key,
            )  # fmt: skip
    begun = case.first(*BEGUN, *ANSWERS, "grade.task_given", "grade.task_dropped", since=grade.at)
    if begun is None and not plan_in_force(case.own):
        yield case.finding(
            "high_grade_filed", grade, case.due("high_grade.begun", grade),
            "The risk was graded high, and no discussion, plan, arrest, order or anything else has been recorded since.",
            step="Give each thing that a high grade asks for to somebody by name, or record why it is not needed.", **together(grade),
        )  # fmt: skip


def no_action_not_reviewed(case: Case) -> Iterable[Finding]:
    """It was decided to do nothing until a day, which has passed, and nobody has decided again."""
    last = nothing_decided(case.own)
    if last is not None and last.get("review_on") and case.is_child():
        yield case.finding(
            "no_action_not_reviewed", last, end_of(str(last.get("review_on"))),
            "It was decided to do nothing for this child for now, and the day on which that was to be looked at again has passed.",
            step="Look at it again: decide anew, with reasons and a day, or act.", **together(last),
        )  # fmt: skip


def self_harm_left_out(case: Case) -> Iterable[Finding]:
    """A risk of self-harm or suicide is known, and nothing recorded while the child is missing, or of an interview, takes it in.

    For a child who is held a rule of custody says so.
    """
    if not case.is_child():
        return
    to = {"missing": "missing_coordinator", "interviewed": "detective_sergeant"}
    for occasion in occasions(case.own):
        if occasion.name in to and occasion.known and occasion.assessed is None and not occasion.over:
            yield case.finding(
                "self_harm_left_out", occasion.entry, case.due("self_harm.taken_in", occasion.entry),
                f"This child is known to be at risk of self-harm or suicide, was {occasion.name}, and nothing recorded takes that in.",
                step="Ask about self-harm and suicide now, and record what was found.", rests_on=occasion.known, to=to[occasion.name],
            )  # fmt: skip


TYPED = Typed(("grade.task_given", "grade.task_dropped"))
RULES = [
    Rule("grade_not_reviewed", ("risk.assessed",), grade_not_reviewed, local_default(provision="RA-21"),
         "A grade past the day on which it was to be looked at again.", answers=LOOKED_AGAIN,
         limits=tuple(f"grade_review.{g}" for g in ("very_high", "high", "medium", "standard", "low"))),
    Rule("high_grade_filed", ("risk.assessed",), high_grade_filed, local_default(provision="RA-22"),
         "A high grade of which nothing came, or of which a task is past its day.", answers=(*ANSWERS, *BEGUN),
         limits=("high_grade.begun", *(f"high_grade.{a.key}" for a in ASKED))),
    Rule("no_action_not_reviewed", ("no_action.decided",), no_action_not_reviewed, local_default(provision="RA-23"),
         "Doing nothing, past the day on which that was to be looked at again."),
    Rule("self_harm_left_out", ("missing.reported", "interview.held", "detention.interviewed"), self_harm_left_out,
         local_default(provision="RA-30"), "A known risk of self-harm left out while a child is missing, or of an interview.",
         limits=("self_harm.taken_in",)),
]  # fmt: skip
