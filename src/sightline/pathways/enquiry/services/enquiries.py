"""A section 47 enquiry: started, completed with an outcome and what next, and whether the child can go home after one that could not decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.chronology.stepping import take
from sightline.kernel.errors import Refused
from sightline.kernel.moments import say_moment
from sightline.kernel.reasons import worded
from sightline.pathways.enquiry.queries import CoursePage, as_held, clinicians_of, courses_of, duties_of, enquired_into
from sightline.pathways.enquiry.rules import ENQUIRY, INCONCLUSIVE, NOT_SUBSTANTIATED, RISK_GOES_ON, next_of
from sightline.pathways.enquiry.services.gates import ASK_A_CLINICIAN, NFA_GATE, check_way_back, heard, missing
from sightline.pathways.enquiry.services.steps import begin_one, in_order

REMAINS = "not_substantiated_risk_remains"
LEAST_PLAN = 20  # characters; fewer are no plan
WEIGHED = {
    "accounts": "say what each account is",
    "adult_account_tested": "say what was done to test the adult's account",
    "accounts_weighed": "say which account was preferred, and why",
}
FINDINGS = {
    "happened": "it happened",
    "insufficient_evidence": "there is not enough evidence to say",
    "child_declined": "the child did not want to go on",
    "found_not_to_have_happened": "it was found not to have happened",
}
FOLLOW_UP = {
    "insufficient_evidence": "say what would change this, and who looks again and when",
    "child_declined": "say who stays in touch with the child, and when the child is asked again",
    "found_not_to_have_happened": "say what support the child and those who were suspected are offered",
}


def start(
    viewer: Viewer, person: int, *, mode: str, reason: str, lead: str, separate: str = "", token: str, at: datetime
) -> str:
    """Start a section 47 enquiry, joint or by one agency, with why and who leads it; gives the key of its run.

    Raises AlreadyOpen where one about this child is under way and nobody says why this is another.
    """
    gate.require(viewer, May.HOLD_STRATEGY)
    courses_of(viewer, person)
    said = {"mode": mode, "reason": worded(reason, "Say why it is joint, or by one agency alone"), "lead": lead}
    return begin_one(viewer, person, ENQUIRY, "enquiry.started", said, separate=separate, token=token, at=at)


def complete(
    viewer: Viewer, person: int, run: Run, said: Mapping[str, Any], *, away_from_home: bool, not_done: Mapping[str, str], token: str,
    at: datetime, seen: int | None = None,
) -> None:  # fmt: skip
    """End an enquiry. `said`: fields of enquiry.completed; `not_done`: why, of each duty of the procedure that no entry shows done.

    Raises Refused with everything that is still lacking.
    """
    gate.require(viewer, May.HOLD_STRATEGY)
    page = courses_of(viewer, person)
    found = enquired_into(viewer, page, run)
    duties = duties_of(page, run, found)
    undone = [d.duty for d in duties if d.entry is None]
    lacks = lacking(said, away_from_home=away_from_home)
    lacks += [f"say why this was not done: {d.asks.lower()}" for d in undone if not not_done.get(d.key, "").strip()]
    clinicians = clinicians_of(page, found.since or run.first.at)
    if said.get("outcome") in NOT_SUBSTANTIATED and _unheard(viewer, as_held(page), run):
        lacks.append(ASK_A_CLINICIAN)
    if lacks:
        raise Refused("This cannot be ended yet: " + "; ".join(lacks) + ".")
    if said.get("clinician"):
        heard(str(said["clinician"]), clinicians)
    check_way_back(viewer, person, said, at=viewer.at)
    told = {k: v for k, v in said.items() if v not in (None, "")} | {
        "next": next_of(said, away_from_home=away_from_home),
        "steps_shown": [d.duty.asks for d in duties if d.entry is not None],
        "steps_not_done": [f"{d.asks}: {not_done[d.key].strip()}" for d in undone],
    }
    take(viewer, ENQUIRY, person, run.key, "enquiry.completed", token=token, data=told, at=in_order(run, at), seen=seen)


def _unheard(viewer: Viewer, held: CoursePage, run: Run) -> bool:
    """Whether it is said that the child was hurt or abused, and no clinician was asked, by all that is held."""
    found = enquired_into(viewer, held, held.same(run))
    return found.abuse and not clinicians_of(held, found.since or run.first.at)


def lacking(said: Mapping[str, Any], *, away_from_home: bool) -> list[str]:
    """What must be said to end an enquiry and is not, in words."""
    lacks = []
    if not str(said.get("rationale") or "").strip():
        lacks.append("say why")
    if not str(said.get("child_said") or "").strip() or not str(said.get("child_changed") or "").strip():
        lacks.append("say what the child said, and what it changed in the decision")
    if said.get("accounts_conflict"):
        lacks += missing(said, WEIGHED)
    finding, outcome = str(said.get("finding") or ""), str(said.get("outcome") or "")
    onward = next_of(said, away_from_home=away_from_home)
    if (finding == "happened") != (outcome not in NOT_SUBSTANTIATED):
        lacks.append("the finding and the outcome say different things")
    if finding in FOLLOW_UP and not str(said.get("follow_up") or "").strip():
        lacks.append(FOLLOW_UP[finding])
    if outcome in RISK_GOES_ON and onward == "no_further_action":
        lacks.append("a risk that goes on leads to a conference or a plan")
    if onward == "no_further_action" or finding in INCONCLUSIVE or outcome == REMAINS:
        lacks += missing(said, NFA_GATE)
    return lacks


def decide_return(
    viewer: Viewer,
    person: int,
    run: Run,
    *,
    safe: bool,
    safeguarding_plan: str,
    token: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Whether a child can go home after an enquiry that could not decide: only once the risk has been assessed and a plan is recorded."""
    gate.require(viewer, May.HOLD_STRATEGY)
    page, ended = courses_of(viewer, person), run.last("enquiry.completed")
    since, plan = ended.at if ended else run.first.at, safeguarding_plan.strip()
    assessed = _since(page, since, "risk.assessed", "assessment.completed")
    planned = _since(page, since, "plan.started", "plan.reviewed")
    if safe and not assessed:
        raise Refused("The child cannot go home yet: no assessment of the risk is recorded since the enquiry ended.")
    if safe and not planned and len(plan) < LEAST_PLAN:
        raise Refused(
            "The child cannot go home yet: say what plan keeps the child safe there, who does what, and who looks in when."
        )
    said = {
        "safe": safe,
        "risk_assessment": assessed or "none since the enquiry ended",
        "safeguarding_plan": plan or planned or "none yet",
    }
    kind, at = "enquiry.return_decided", in_order(run, at)
    take(viewer, ENQUIRY, person, run.key, kind, token=token, data=said, at=at, seen=seen)


def _since(page: CoursePage, since: datetime, *kinds: str) -> str:
    """The newest entry of some kinds since a moment, in words; nothing where there is none."""
    found = [e for e in page.chronology.of_kind(*kinds) if e.at >= since]
    return f"{found[-1].kind.replace('.', ' ')}, {say_moment(found[-1].at)}" if found else ""
