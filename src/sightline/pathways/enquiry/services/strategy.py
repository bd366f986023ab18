"""A strategy discussion: asked for, declined, called, held with everything it decided, acted on, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.access import gate
from sightline.access.casework import REFERRAL, open_to
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.chronology.stepping import begin, take
from sightline.kernel.errors import Refused
from sightline.kernel.reasons import worded
from sightline.pathways.enquiry.alerts.agencies import agencies
from sightline.pathways.enquiry.queries import OtherChild, courses_of, other_children
from sightline.pathways.enquiry.rules import ALONE, ENQUIRIES, STRATEGY
from sightline.pathways.enquiry.services.steps import AFTER, ActionSaid, in_order, set_one
from sightline.people.anchors import keys_for

CONSIDERED = "strategy.child_considered"
NOTHING_SET = ("no_further_action",)


@dataclass(frozen=True)
class Considered:
    """Another child, and what was decided about them."""

    person: int
    decision: str
    reason: str


@dataclass(frozen=True)
class Met:
    """What a discussion came to. `said`: fields of strategy.held."""

    said: dict[str, Any]
    actions: Sequence[ActionSaid] = ()
    considered: Sequence[Considered] = field(default=())


def ask(viewer: Viewer, person: int, *, reason: str, token: str, at: datetime) -> str:
    """Ask for a strategy discussion; gives the key of its run. Whoever may read the child may ask."""
    courses_of(viewer, person)
    said = {"reason": worded(reason, "Say why one is needed")}
    return begin(
        viewer,
        STRATEGY,
        "strategy.requested",
        token=token,
        people={"child": (keys_for([person])[person],)},
        data=said,
        at=at,
    )


def decline(
    viewer: Viewer,
    person: int,
    run: Run | None,
    *,
    reason: str,
    instead: str,
    token: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record that none is held, and why. A recorded offence or a child in police protection still calls for one: that alert stands."""
    gate.require(viewer, May.HOLD_STRATEGY)
    said = {"reason": worded(reason, "Say why none is held"), "instead": instead.strip() or None}
    _write(viewer, person, run, "strategy.declined", said, token=token, at=at, seen=seen)


def call(
    viewer: Viewer, person: int, run: Run | None, *, invited: Sequence[str], posts: Iterable[int], held_at: datetime, how: str,
    token: str, at: datetime, seen: int | None = None,
) -> None:  # fmt: skip
    """Ask people to a discussion, by agency and name, and open the child's record to the posts among them."""
    gate.require(viewer, May.HOLD_STRATEGY)
    if len(agencies(invited)) < 2:
        raise Refused("Ask people of at least two agencies: one agency alone is no strategy discussion.")
    said = {"invited": list(invited), "held_at": held_at.isoformat(), "how": how or None}
    _write(viewer, person, run, "strategy.called", said, token=token, at=at, seen=seen)
    open_to(posts, [person], why=REFERRAL, reason="asked to a strategy discussion", at=at)


def hold(
    viewer: Viewer, person: int, run: Run | None, met: Met, *, held_at: datetime, token: str, seen: int | None = None
) -> None:
    """Record a discussion, the informal ones too, with each decision, action and child considered, all or nothing.

    Raises Refused with everything that is still lacking, Changed where somebody else was faster.
    """
    gate.require(viewer, May.HOLD_STRATEGY)
    courses_of(viewer, person)
    others = {c.person: c for c in other_children(viewer, person)}
    if lacks := lacking(met, others):
        raise Refused("This cannot be recorded yet: " + "; ".join(lacks) + ".")
    if held_at > viewer.at:
        raise Refused("A discussion that is still to come is called, and recorded once it was held.")
    held_at = in_order(run, held_at)
    said = {**met.said, "other_children_considered": True}
    with transaction.atomic():
        key = _write(viewer, person, run, "strategy.held", said, token=token, at=held_at, seen=seen)
        for n, one in enumerate(met.considered, 1):
            people = {"child": (keys_for([person])[person],), "other": (others[one.person].key,)}
            take(viewer, STRATEGY, person, key, CONSIDERED, token=f"{token}-{one.person}", people=people,
                 data={"decision": one.decision, "reason": one.reason}, at=held_at + n * AFTER)  # fmt: skip
        for n, action in enumerate(met.actions, len(met.considered) + 1):
            set_one(viewer, person, key, action, token=f"{token}-{n}", at=held_at + n * AFTER)
        if met.considered:
            write(
                viewer,
                Action.COLLECTION,
                people={c.person for c in met.considered},
                fields=[CONSIDERED],
                note="considered",
            )


def lacking(met: Met, others: Mapping[int, OtherChild]) -> list[str]:
    """What a record of a discussion must say and does not, in words."""
    said, lacks = met.said, []
    if len(agencies(said.get("attended"))) < 2:
        lacks.append("name at least two agencies among those who took part")
    for name, asks in (("information_shared", "say what information was shared"), ("rationale", "say why it was decided so"),
                       ("protects_now", "say what protects the child now")):  # fmt: skip
        if not str(said.get(name) or "").strip():
            lacks.append(asks)
    decision = said.get("decision")
    if decision in (*ENQUIRIES, *ALONE) and not str(said.get("mode_reason") or "").strip():
        lacks.append("say why the agencies enquire together, or one alone")
    if decision not in NOTHING_SET and not met.actions:
        lacks.append("set at least one action, with who does it and by when")
    answered = {c.person for c in met.considered if c.decision and c.reason.strip()}
    lacks += [f"say what was decided about {child.name}" for p, child in others.items() if p not in answered]
    unknown = [c for c in met.considered if c.person not in others]
    return [*lacks, "a child was considered who is not around this one"] if unknown else lacks


def _write(
    viewer: Viewer,
    person: int,
    run: Run | None,
    kind: str,
    said: dict[str, Any],
    *,
    token: str,
    at: datetime,
    seen: int | None,
) -> str:
    """A step of a discussion that stands, or the entry that begins one; gives the run's key."""
    if run is not None:
        take(viewer, STRATEGY, person, run.key, kind, token=token, data=said, at=in_order(run, at), seen=seen)
        return run.key
    people = {"child": (keys_for([person])[person],)}
    return begin(viewer, STRATEGY, kind, token=token, people=people, data=said, at=at)
