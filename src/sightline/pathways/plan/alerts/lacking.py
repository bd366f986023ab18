"""A child was judged at risk of harm and has no plan of any kind."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.plan.alerts.current import any_plan

JUDGED = ("risk.assessed", "enquiry.completed", "conference.held")
HIGH = ("high", "very_high")
AT_RISK = {
    "child": HIGH,
    "missing": HIGH,
    "domestic_abuse": HIGH,
    "exploitation": ("medium", *HIGH),
}
SAFER = ("substantiated_no_ongoing_risk", "not_substantiated")
NO_LONGER = ("safer", "moved", "aged_out")


def plan_missing(case: Case) -> Iterable[Finding]:
    """A specialist, an enquiry or a conference judged this child at risk, that still stands, and there is no plan of any kind."""
    judged = judged_at_risk(case)
    if judged is None or any_plan(case, case.as_of):
        return
    start = _plan_ended_since(case, judged) or judged
    due = case.due("plan.after_judgement", start)
    if case.is_child(due):
        yield case.finding(
            "plan_missing",
            judged,
            due,
            f"This child was judged at risk of harm, and {case.say('plan.after_judgement', start)} later has no plan of any kind.",
            step="Agree a plan with an owner, actions and a review date, even where only one or two agencies can act.",
            rests_on=(start,),
        )


def judged_at_risk(case: Case) -> Happening | None:
    """The judgement that began the risk as it stands: the earliest that no later one has withdrawn."""
    by_tool: dict[str, Happening | None] = {}
    for entry in case.of(*JUDGED, "plan.ended"):
        if entry.kind == "risk.assessed":
            tool = str(entry.get("tool"))
            if tool in AT_RISK and entry.get("grade") is not None:
                at_risk = entry.get("grade") in AT_RISK[tool]
                by_tool[tool] = (by_tool.get(tool) or entry) if at_risk else None
        elif _withdraws(entry):
            by_tool.clear()
        elif entry.get("outcome") == "concern_substantiated_ongoing_risk" or entry.get("decision") == "plan":
            by_tool["enquiry"] = by_tool.get("enquiry") or entry
    standing = [h for h in by_tool.values() if h is not None]
    return min(standing, key=lambda h: h.at, default=None)


def _withdraws(entry: Happening) -> bool:
    if entry.kind == "plan.ended":
        return entry.get("outcome") in NO_LONGER
    return entry.get("outcome") in SAFER or entry.get("decision") in ("no_plan", "plan_ends")


def _plan_ended_since(case: Case, judged: Happening) -> Happening | None:
    return case.last("plan.ended", "earlyhelp.ended", since=judged.at)


RULES = [
    Rule(
        "plan_missing",
        JUDGED,
        plan_missing,
        local_default(provision="CP-15"),
        "A child judged at risk of harm with no current plan of any kind.",
        answers=("plan.started", "conference.held"),
        limits=("plan.after_judgement",),
    )
]
