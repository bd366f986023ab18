"""A grade below what the facts allow; a grade nobody looked at again; a grade that was raised and whoever set it never told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sightline.alerts.answering import Typed
from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import together
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.law import Source, Standing
from sightline.patterns.grades.rules import AT_SCENE, GRADES, floor, put_right, reasoned
from sightline.patterns.grades.rules.weights import SAYS

SECOND = ("secondary", "review")
WEIGHTS = ("risk.weight.raises", *(f"risk.weight.{name}" for name in SAYS))
TREND = ("worsening.span", "worsening.looks_back", "worsening.fewest", "worsening.times")
LOOKED_AT_AGAIN = ("domestic_abuse", "child", "missing", "exploitation")
ASSESSING = Source(
    "Working Together to Safeguard Children",
    "assessing need and risk from the whole history",
    Standing.GUIDANCE,
    "2023",
)


def _graded(case: Case, tools: tuple[str, ...]) -> tuple[Happening, ...]:
    return case.of("risk.assessed", where=lambda h: h.get("tool") in tools and h.get("grade") in GRADES)


def risk_underestimated(case: Case) -> Iterable[Finding]:
    """The recorded grade is lower than recorded facts and history allow, and no specialist or supervisor has set it right or given a reason.

    One grade that stands for several children is judged by the one for whom the facts are gravest.
    """
    if not case.is_child():
        return
    for graded in _graded(case, AT_SCENE):
        lowest = max(
            (floor(case.other(p), graded) for p in graded.people["child"]), key=lambda f: GRADES.index(f.grade)
        )
        if (
            lowest.above(str(graded.get("grade")))
            and not reasoned(graded)
            and not put_right(case, graded, lowest.grade)
        ):
            yield case.finding(
                "risk_underestimated",
                graded,
                case.at_once(graded),
                f"Graded {graded.get('grade')}, though what is recorded supports {lowest.grade}: {lowest.says}.",
                step="Look at the grade again; a lower one needs a reason and a supervisor.",
                rests_on=[e for f in lowest.factors for e in f.entries],
                **together(graded),
            )


def risk_not_reviewed(case: Case) -> Iterable[Finding]:
    """A grade set at the scene has had no second look by a specialist."""
    for graded in _graded(case, LOOKED_AT_AGAIN):
        first = graded.get("stage") == "initial" and graded.get("role") not in ("specialist", "supervisor")
        again = case.first("risk.assessed", since=graded.at, where=partial(_second_look, graded))
        if first and again is None and case.is_child(graded.at):
            yield case.finding(
                "risk_not_reviewed",
                graded,
                case.due("risk.second_review", graded),
                f"The grade set at the scene has had no second look within {case.say('risk.second_review', graded)}.{_baby(case, graded)}",
                step="Have a specialist look at it with the whole history.",
                **together(graded),
            )


def _baby(case: Case, graded: Happening) -> str:
    """That a child under one comes first: nobody is killed as often as in the first year of life."""
    ages = [case.other(p).age(graded.at) for p in graded.people["child"]]
    return " A child under one is in it: look at this first." if any(a == 0 for a in ages) else ""


def _second_look(graded: Happening, entry: Happening) -> bool:
    return (
        entry.event_id != graded.event_id
        and entry.get("tool") == graded.get("tool")
        and (entry.get("stage") in SECOND or entry.get("role") in ("specialist", "supervisor"))
    )


def regrade_not_fed_back(case: Case) -> Iterable[Finding]:
    """A specialist raised a grade, and whoever set it has not been told that and why."""
    for raised in case.of("risk.assessed", where=lambda h: h.get("stage") in SECOND and h.get("grade") in GRADES):
        first = case.last("risk.assessed", before=raised.at, where=partial(_first_of, raised))
        if first is None or GRADES.index(str(raised.get("grade"))) <= GRADES.index(str(first.get("grade"))):
            continue
        if case.first("risk.fed_back", since=raised.at) is None:
            yield case.finding(
                "regrade_not_fed_back",
                raised,
                case.due("risk.fed_back", raised),
                f"The grade was raised from {first.get('grade')} to {raised.get('grade')}, and the officer who set it has not been told why.",
                step="Tell the officer what the grade is now and what it rests on.",
                rests_on=[first],
            )


def _first_of(raised: Happening, entry: Happening) -> bool:
    return (
        entry.event_id != raised.event_id
        and entry.get("tool") == raised.get("tool")
        and entry.get("stage") == "initial"
        and entry.get("role") != "specialist"
        and entry.get("grade") in GRADES
    )


TYPED = Typed(("risk.assessed",))
RULES = [
    Rule("risk_underestimated", ("risk.assessed",), risk_underestimated, ASSESSING,
         "A grade lower than recorded facts and history allow, with the facts listed.", answers=("risk.assessed",), around=True,
         limits=("at_once", "risk.looks_back", "risk.suspect_looks_back", "risk.repeats", "incident.same", *WEIGHTS, *TREND)),
    Rule("risk_not_reviewed", ("risk.assessed",), risk_not_reviewed, local_default(provision="RA-13"),
         "A grade set at the scene that no specialist has looked at.", answers=("risk.assessed",), limits=("risk.second_review",)),
    Rule("regrade_not_fed_back", ("risk.assessed",), regrade_not_fed_back, local_default(provision="RA-14"),
         "A raised grade of which the officer who set it has not been told.", answers=("risk.fed_back",), limits=("risk.fed_back",)),
]  # fmt: skip
