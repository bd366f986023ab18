"""Recording an assessment: what it means for each child, whether each carer can protect, and a level that no protective factor makes too low."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.access import gate
from sightline.access.log import Action
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.chronology.stepping import entry_here
from sightline.kernel.errors import Refused
from sightline.kernel.moments import say_moment
from sightline.pathways.assessment.queries import AssessmentPage, assessments, unseen_as_held
from sightline.pathways.assessment.rules import ASSESSMENT, too_low
from sightline.people.anchors import keys_for

ASKED = {
    "risks": "say what the risks are",
    "peers": "say what is known of friends and others of their age, or that nothing is",
    "places": "say what is known of places and where they go, or that nothing is",
    "siblings": "say what is known of brothers and sisters, or that there are none",
    "protective": "say what protects the child, or that nothing does",
    "reason": "say why it is this level",
}


def assess(viewer: Viewer, person: int, *, said: Mapping[str, Any], impacts: Mapping[int, str],
           capacities: Mapping[int, tuple[str, str]], token: str, at: datetime) -> str:  # fmt: skip
    """Record an assessment, and give its ref; the same token again changes nothing.

    `said`: fields of harm.assessed; `impacts`: what it means for this child and each other at home whose record is open; `capacities`: of
    each who cares for them. Raises NotFound where a child is not the viewer's to read, Refused with everything that is still lacking, and
    for a level below what there can be of a child whom nobody has seen.
    """
    page, ref = assessments(viewer, person), f"{ASSESSMENT.key}/{token}"
    if any(a.entry.ref == ref for a in page.assessments):
        return ref
    if lacks := lacking(page, said, impacts, capacities):
        raise Refused("This is not whole yet: " + "; ".join(lacks) + ".")
    if too_low(str(said["level"])) and unseen_as_held(viewer, person):
        raise Refused(_see_them(page))
    children = (person, *(m.person for m in page.children))
    gate.look(viewer, children, fields=["harm.assessed", "child.impact_assessed"], action=Action.COLLECTION)
    with transaction.atomic():
        made = _entries(viewer, page, ref, said, impacts, capacities, at)
        record_many(made, viewer, asked=True, logged=True)
    return ref


def _see_them(page: AssessmentPage) -> str:
    """That the child has to be seen first: since which worry where whoever is refused may read of it, and else no more than that."""
    rest = "What protects a child does not stand in for seeing them: the level is medium at least until somebody has."
    if page.unseen is None:
        return f"Somebody has to see this child and record it first. {rest}"
    return f"Nobody is recorded to have seen this child since the worry of {say_moment(page.unseen.at)}. {rest}"


def lacking(page: AssessmentPage, said: Mapping[str, Any], impacts: Mapping[int, str],
            capacities: Mapping[int, tuple[str, str]]) -> list[str]:  # fmt: skip
    """What an assessment must say and does not, in words."""
    lacks = [] if said.get("harm") else ["say whether harm comes from the family, from outside it or online"]
    lacks += [words for name, words in ASKED.items() if not str(said.get(name) or "").strip()]
    if "online" in (said.get("harm") or ()) and not str(said.get("online") or "").strip():
        lacks.append("say what happens online")
    each = [(page.person.person, page.person.name), *((m.person, m.name) for m in page.children)]
    lacks += [f"say what it means for {name}" for p, name in each if not impacts.get(p, "").strip()]
    for m in page.carers:
        capacity, why = capacities.get(m.person, ("", ""))
        if not capacity or not why.strip():
            lacks.append(f"say whether {m.name} can protect the child, and what shows it")
    return lacks


def _entries(viewer: Viewer, page: AssessmentPage, ref: str, said: Mapping[str, Any], impacts: Mapping[int, str],
             capacities: Mapping[int, tuple[str, str]], at: datetime) -> list[Entry]:  # fmt: skip
    child = page.person.person
    opened = gate.readable(viewer, {m.person for m in page.carers})
    keys = keys_for({child, *(m.person for m in page.children), *opened})

    def made(kind: str, own: str, people: Mapping[str, int], data: Mapping[str, Any]) -> Entry:
        named = {role: (keys[p],) for role, p in people.items()}
        return entry_here(viewer, kind, own, named, data, at)

    told = {k: v for k, v in said.items() if v not in (None, "")}
    if page.unseen and unseen_as_held(viewer, child):
        told["unseen_since"] = say_moment(page.unseen.at)
    every = [made("harm.assessed", ref, {"child": child}, told)]
    for p in (child, *(m.person for m in page.children)):
        every.append(
            made(
                "child.impact_assessed",
                f"{ref}+impact/{keys[p][0]}:{keys[p][1]}",
                {"child": p},
                {"impact": impacts[p].strip()},
            )
        )
    for n, m in enumerate(page.carers):
        capacity, why = capacities[m.person]
        named = {"child": child} | ({"carer": m.person} if m.person in opened else {})
        data = {"whose": f"{m.name}, {m.relation}", "capacity": capacity, "says": why.strip()}
        every.append(made("carer.capacity_assessed", f"{ref}+carer/{n}", named, data))
    return every
