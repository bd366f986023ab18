"""Visits, core groups, reviews, going through the plan with the family, and the outcome some months on."""

from __future__ import annotations

from django.db import transaction

from sightline.chronology.reaching import check_before_reaching
from sightline.kernel.errors import Refused
from sightline.pathways.plan.services.doing import Deed, leads


def plan_visit(deed: Deed) -> str:
    """Somebody will visit: where, in front of whom, and with what the child needs. Raises NotSafe where it must not be so."""
    said, viewer = deed.said, deed.viewer
    if said["visit_at"] <= viewer.at:
        raise Refused("That is not to come: record it as a visit.")
    present = [line.strip() for line in str(said.get("present") or "").splitlines() if line.strip()]
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
    _not_to_come(deed, "visited_at")
    alone = {"yes": True, "no": False}.get(deed.said.get("alone") or "")
    deed.step("plan.visit", {"seen": deed.said["child_seen"] == "yes", "alone": alone}, at=deed.said["visited_at"])
    return deed.run.run.key


def _not_to_come(deed: Deed, field: str) -> None:
    if deed.said[field] > deed.viewer.at:
        raise Refused("That is still to come: record it once it has happened.")
    if deed.said[field] < deed.run.run.first.at:
        raise Refused("That was before the plan began: it belongs to what went before.")


def meet(deed: Deed) -> str:
    """The core group met."""
    _not_to_come(deed, "met_at")
    deed.step("coregroup.held", {"attended": deed.said["attended"]}, at=deed.said["met_at"])
    return deed.run.run.key


def review(deed: Deed) -> str:
    """Review it: of each action what is different for the child, then whether things are better, and how the child took part."""
    leads(deed.viewer)
    said = deed.said
    data = {
        "progress": said["progress"],
        "text": said["text"],
        "child_took_part": said["child_took_part"],
        "child_views": said.get("child_views"),
    }
    with transaction.atomic():
        deed.step("plan.reviewed", data)
        for n, action in enumerate(deed.run.actions):
            noted = {"id": action.id, "difference": said[f"difference-{n}"], "says": said.get(f"says-{n}")}
            deed.step("difference.noted", noted, nth=n + 1)
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
    }
    deed.step("plan.explained", data)
    return deed.run.run.key


def record_outcome(deed: Deed) -> str:
    """Some months on: safer, as before, worse or unknown, with what shows it."""
    said = deed.said
    data = {
        "months": int(said["months"]),
        "outcome": said["outcome"],
        "evidence": said["evidence"],
        "child_says": said.get("child_says"),
    }
    deed.step("outcome.recorded", data)
    return deed.run.run.key
