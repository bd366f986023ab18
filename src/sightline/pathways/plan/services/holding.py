"""Recording a conference or a planning meeting that was held, when it was, and what follows from its decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.chronology.courses import step_ref
from sightline.chronology.record import record_many
from sightline.chronology.stepping import HERE, begin, entry_here, held_here
from sightline.kernel.errors import Refused
from sightline.pathways.plan.queries.runs import as_held, begun_as
from sightline.pathways.plan.rules import PLAN
from sightline.pathways.plan.rules.actions import left_open
from sightline.pathways.plan.rules.conferences import ASK_FIRST, CONFERENCES, held_as, parts
from sightline.pathways.plan.services.doing import Deed, chairs, leads
from sightline.pathways.plan.services.ending import DONE, DROPPED, all_read, ended, keep, settled
from sightline.people.anchors import keys_for

UNHEARD = ("declined", "not_asked", "too_young")
ONE_ALREADY = (
    "A child protection plan is in force: this is a review of it. Decide that the plan continues, or that it ends."
)
BEFORE = "That was before it was called, or before it was last put off."


def _held_at(deed: Deed) -> datetime:
    """When it was held: not before it was called, and not before it was put off to then."""
    run = deed.run.run
    since = (run.last("conference.called", "conference.postponed") or run.first).at
    return deed.when("held_at", since=since, before=BEFORE)


def hold(deed: Deed) -> str:
    """Record the conference, its decision and, with a plan, the outline of it. Gives the key of the plan where one begins.

    Its clocks run from when it was held. Where a child protection plan is in force it is a review, whatever it was called as.
    """
    chairs(deed.viewer)
    run, said = deed.run.run, deed.said
    plan = f"{HERE}:{begun_as(deed.token)}" if said["decision"] == "plan" else run.key
    if held_here(step_ref(run.key, "conference.held", deed.token)):
        return plan
    if str(run.first.get("kind")) not in CONFERENCES:
        raise Refused("This was called as a review or planning meeting: record what it decided instead.")
    in_force = as_held(deed.viewer, deed.person).protection is not None
    if said["decision"] in ("plan", "no_plan") and in_force:
        raise Refused(ONE_ALREADY if deed.standing.protection else ASK_FIRST)
    at = _held_at(deed)
    with transaction.atomic():
        deed.step("conference.held", _as_held(deed, in_force=in_force), at=at)
        if said["decision"] == "plan":
            _begin_plan(deed, at)
        if said["decision"] == "plan_ends":
            _end_plan(deed, at)
    return plan


def _as_held(deed: Deed, *, in_force: bool) -> dict[str, Any]:
    run, said = deed.run.run, deed.said
    reported = sorted({p.agency for p in parts(run) if p.reported})
    return {
        "kind": held_as(run, in_force=in_force), "attended": said["attended"], "reports_from": reported,
        "police_report": any("police" in a for a in reported),
        "decision": said["decision"], "category": said.get("category"), "child_views_heard": said["child_took_part"] not in UNHEARD,
        "chair": deed.viewer.name, "contributed": said.get("contributed"), "reason": said["reason"], "quorate": deed.quorate,
        "not_quorate_because": said.get("not_quorate_because"), "child_views": said["child_views"],
        "child_took_part": said["child_took_part"], "child_understood": said["child_understood"], "parents_views": said["parents_views"],
        "parents_understood": said["parents_understood"], "dissent": said.get("dissent"),
    }  # fmt: skip


def _begin_plan(deed: Deed, at: datetime) -> None:
    said = deed.said
    data = {
        "kind": "child_protection", "category": said["category"], "lead": said["lead"], "concern": said["concern"],
        "likelihood": said["likelihood"], "contingency": said["contingency"], "contingency_owner": said["contingency_owner"],
        "authority": deed.viewer.agency, "agencies": list(said["attended"]),
    }  # fmt: skip
    people = {"child": (keys_for([deed.person])[deed.person],)}
    begin(deed.viewer, PLAN, "plan.started", token=f"{deed.token}-plan", people=people, data=data, at=at)


def _end_plan(deed: Deed, at: datetime) -> None:
    """It ends with what the conference says has come of it, once it is said of each action what became of it."""
    said, plan = deed.said, as_held(deed.viewer, deed.person).protection
    if plan is None:
        raise Refused("No child protection plan is in force here that could end.")
    ending = all_read(deed, plan)
    if any(at < run.first.at for run in ending):
        raise Refused("The plan began after that: enter when the conference was held.")
    data = {
        "reason": said["reason"],
        "outcome": said["outcome"],
        "evidence": said["evidence"],
        "no_longer_at_risk_because": said["no_longer"],
    }
    entries = settled(deed, left_open(ending), at=at, may=(DONE, DROPPED))
    keep(deed, [*entries, *ended(deed, ending, data, at=at)])


def hold_planning(deed: Deed) -> str:
    """Record a looked-after review or planning meeting; a review of care answers the clock of such reviews too."""
    leads(deed.viewer)
    run, said = deed.run.run, deed.said
    kind = str(run.first.get("kind"))
    if kind in CONFERENCES:
        raise Refused("This was called as a conference: record the conference and its decision.")
    came = {"yes": True, "no": False}.get(said["guardian_came"])
    took_part = said["child_took_part"]
    held = {
        "attended": said["attended"],
        "decisions": said["decisions"],
        "guardian_came": came,
        "child_took_part": took_part,
    }
    again = bool(held_here(step_ref(run.key, "planning.held", deed.token)))
    at = _held_at(deed)
    with transaction.atomic():
        deed.step("planning.held", held, at=at)
        if kind == "care_review" and not again:
            who = keys_for([deed.person])[deed.person]
            took = {"child_took_part": took_part not in UNHEARD}
            reviewed = entry_here(deed.viewer, "care.reviewed", f"plan/{deed.token}", {"child": (who,)}, took, at)
            record_many([reviewed], deed.viewer, asked=True, logged=True)
    return run.key
