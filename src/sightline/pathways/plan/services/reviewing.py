"""Visits, core groups, reviews, going through the plan with the family, and the outcome some months on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.chronology.reaching import NotSafe, check_before_reaching
from sightline.chronology.record import record
from sightline.chronology.stepping import held_here
from sightline.kernel.errors import Refused
from sightline.pathways.plan.rules.outcomes import decided_without_plan, referral_of
from sightline.pathways.plan.services.doing import Deed, leads
from sightline.pathways.plan.services.ending import entry_of

NEVER_SO = (
    "The child is never to be reached at this place, or in front of somebody who was there. "
    "It happened, and is kept: say at the end of the page what was done about it."
)


def plan_visit(deed: Deed) -> str:
    """Somebody will visit: where, in front of whom, and with what the child needs. Raises NotSafe where it must not be so."""
    said, viewer = deed.said, deed.viewer
    if said["visit_at"] <= viewer.at:
        raise Refused("That is not to come: record it as a visit.")
    present = _present(deed)
    check_before_reaching(viewer, deed.person, by="visit", to=said["where"], present=present, at=viewer.at)
    data = {
        "visit_at": said["visit_at"],
        "who": said["who"],
        "where": said["where"],
        "present": present,
        "with": said.get("with_"),
    }
    deed.step("visit.planned", data)
    return deed.run.run.key


def visit(deed: Deed) -> str:
    """Somebody visited; a closed door is recorded and is no visit."""
    at = _when(deed, "visited_at")
    alone = {"yes": True, "no": False}.get(deed.said.get("alone") or "")
    data = {"seen": deed.said["child_seen"] == "yes", "alone": alone} | _as_it_was(deed)
    deed.step("plan.visit", data, at=at)
    return deed.run.run.key


def _present(deed: Deed) -> list[str]:
    return [line.strip() for line in str(deed.said.get("present") or "").splitlines() if line.strip()]


def _as_it_was(deed: Deed, *, to_child: bool = True) -> dict[str, Any]:
    """Where it was and who was there, held against how the child may be reached. What happened is never refused for it.

    But it says what was done about it. Raises NotSafe until it does.
    """
    where, present, unsafe = str(deed.said.get("where") or ""), _present(deed), deed.said.get("unsafe")
    try:
        there = present if to_child else []
        check_before_reaching(deed.viewer, deed.person, by="", to=where, present=there, at=deed.viewer.at)
    except NotSafe as never:
        if not unsafe:
            raise NotSafe(NEVER_SO) from never
    return {"where": where, "present": present, "unsafe": unsafe}


def _when(deed: Deed, field: str) -> datetime:
    before = "That was before the plan began: it belongs to what went before."
    return deed.when(field, since=deed.run.run.first.at, before=before)


def meet(deed: Deed) -> str:
    """The core group met."""
    deed.step("coregroup.held", {"attended": deed.said["attended"]}, at=_when(deed, "met_at"))
    return deed.run.run.key


def review(deed: Deed) -> str:
    """Review it: of each action what is different for the child, then whether things are better, and how the child took part."""
    leads(deed.viewer)
    said, at = deed.said, _when(deed, "reviewed_at")
    data = {
        "progress": said["progress"],
        "text": said["text"],
        "child_took_part": said["child_took_part"],
        "child_views": said.get("child_views"),
    }
    with transaction.atomic():
        deed.step("plan.reviewed", data, at=at)
        for n, action in enumerate(deed.run.actions):
            noted = {"id": action.id, "difference": said[f"difference-{n}"], "says": said.get(f"says-{n}")}
            deed.step("difference.noted", noted, nth=n + 1, at=at)
    return deed.run.run.key


def word(deed: Deed) -> str:
    """Keep the plan in words meant for the child, or for the parents. What was written before stays in the record."""
    said = deed.said
    told = {"child": "who", "parents": "you"}[said["version"]]
    deed.step(
        "plan.worded",
        {name: said[name] for name in ("version", "language", "why", "could_happen", told, "not_work")},
    )
    return deed.run.run.key


def explain(deed: Deed) -> str:
    """It was gone through with the child, a parent or a carer, in their language."""
    said = deed.said
    data = {
        "whom": said["whom"],
        "language": said["language"],
        "version": said["version"],
        "understood": said["understood"],
        "says": said.get("heard"),
    } | _as_it_was(deed, to_child=said["whom"] == "child")
    deed.step("plan.explained", data)
    return deed.run.run.key


def record_outcome(deed: Deed) -> str:
    """Some months on: safer, as before, worse or unknown, with what shows it."""
    deed.step("outcome.recorded", _outcome(deed))
    return deed.run.run.key


def _outcome(deed: Deed) -> dict[str, Any]:
    said = deed.said
    return {
        "months": int(said["months"]),
        "outcome": said["outcome"],
        "evidence": said["evidence"],
        "child_says": said.get("child_says"),
    }


def follow_referral(deed: Deed) -> str:
    """The same after a referral that led to no plan: the entry belongs to the referral. Raises Refused where there is none such."""
    decision = decided_without_plan(deed.standing.chronology)
    if decision is None:
        raise Refused("No referral was decided here without a plan, or something has followed it since.")
    entry = entry_of(deed, referral_of(decision), "outcome.recorded", _outcome(deed), at=deed.viewer.at)
    if not held_here(entry.ref):
        record(entry, deed.viewer)
    return ""
