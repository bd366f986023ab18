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
from sightline.chronology.stepping import take
from sightline.kernel.errors import Refused
from sightline.kernel.reasons import worded
from sightline.pathways.enquiry.alerts.agencies import agencies
from sightline.pathways.enquiry.queries import (
    DAY,
    CoursePage,
    OtherChild,
    as_held,
    courses_of,
    other_children,
    suspicion,
)
from sightline.pathways.enquiry.rules import ALONE, CLINICIAN_ASKED, ENQUIRIES, STRATEGY, settled_before
from sightline.pathways.enquiry.services.gates import ASK_A_CLINICIAN, NFA_GATE, check_way_back, missing
from sightline.pathways.enquiry.services.steps import AFTER, ActionSaid, begin_one, in_order, set_one
from sightline.people.anchors import keys_for

CONSIDERED = "strategy.child_considered"
NOTHING_SET = ("no_further_action",)
ASKED = {
    "information_shared": "say what information was shared",
    "rationale": "say why it was decided so",
    "protects_now": "say what protects the child now",
}


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


def ask(viewer: Viewer, person: int, *, reason: str, separate: str = "", token: str, at: datetime) -> str:
    """Ask for a strategy discussion; gives the key of its run. Whoever may read the child may ask."""
    said = {"reason": worded(reason, "Say why one is needed")}
    return _write(viewer, person, None, "strategy.requested", said, separate=separate, token=token, at=at)


def decline(
    viewer: Viewer,
    person: int,
    run: Run | None,
    *,
    reason: str,
    instead: str,
    separate: str = "",
    token: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record that none is held, and why. A recorded offence or a child in police protection still calls for one: that alert stands."""
    gate.require(viewer, May.HOLD_STRATEGY)
    said = {"reason": worded(reason, "Say why none is held"), "instead": instead.strip() or None}
    _write(viewer, person, run, "strategy.declined", said, separate=separate, token=token, at=at, seen=seen)


def call(
    viewer: Viewer, person: int, run: Run | None, *, invited: Sequence[str], posts: Iterable[int], held_at: datetime, how: str,
    separate: str = "", token: str, at: datetime, seen: int | None = None,
) -> None:  # fmt: skip
    """Ask people to a discussion, by agency and name, and open the child's record to the posts among them."""
    gate.require(viewer, May.HOLD_STRATEGY)
    if len(agencies(invited)) < 2:
        raise Refused("Ask people of at least two agencies: one agency alone is no strategy discussion.")
    said = {"invited": list(invited), "held_at": held_at.isoformat(), "how": how or None}
    _write(viewer, person, run, "strategy.called", said, separate=separate, token=token, at=at, seen=seen)
    open_to(posts, [person], why=REFERRAL, reason="asked to a strategy discussion", at=at)


def hold(
    viewer: Viewer, person: int, run: Run | None, met: Met, *, held_at: datetime, separate: str = "", token: str,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Record a discussion, the informal ones too, with each decision, action and child considered, all or nothing.

    Raises Refused with everything that is still lacking, Changed where somebody else was faster, AlreadyOpen where there is one already.
    """
    gate.require(viewer, May.HOLD_STRATEGY)
    page = courses_of(viewer, person)
    others = {c.person: c for c in other_children(viewer, person)}
    if lacks := lacking(met, others, unheard=_unheard(viewer, page, run, met, held_at)):
        raise Refused("This cannot be recorded yet: " + "; ".join(lacks) + ".")
    if held_at > viewer.at:
        raise Refused("A discussion that is still to come is called, and recorded once it was held.")
    check_way_back(viewer, person, met.said, at=viewer.at)
    held_at = in_order(run, held_at)
    said = {**met.said, "other_children_considered": True, "account": viewer.user_id}
    with transaction.atomic():
        key = _write(viewer, person, run, "strategy.held", said, separate=separate, token=token, at=held_at, seen=seen)
        _set_in_hand(viewer, person, key, met, others, token=token, at=held_at)


def _set_in_hand(
    viewer: Viewer, person: int, key: str, met: Met, others: Mapping[int, OtherChild], *, token: str, at: datetime
) -> None:
    """Each child who was considered, and each action, in order after the discussion."""
    for n, one in enumerate(met.considered, 1):
        people = {"child": (keys_for([person])[person],), "other": (others[one.person].key,)}
        take(viewer, STRATEGY, person, key, CONSIDERED, token=f"{token}-{one.person}", people=people,
             data={"decision": one.decision, "reason": one.reason}, at=at + n * AFTER)  # fmt: skip
    for n, action in enumerate(met.actions, len(met.considered) + 1):
        set_one(viewer, person, key, action, token=f"{token}-{n}", at=at + n * AFTER)
    if met.considered:
        about = {c.person for c in met.considered}
        write(viewer, Action.COLLECTION, people=about, fields=[CONSIDERED], note="considered")


def _unheard(viewer: Viewer, page: CoursePage, run: Run | None, met: Met, held_at: datetime) -> bool:
    """Whether it is said that the child was hurt or abused, and no clinician was there or has been asked since, by all that is held."""
    held = as_held(page)
    went, began = held.same(run) if run else None, run.first.at if run else held_at
    settled = settled_before((*held.discussions, *held.enquiries), began)
    found = suspicion(viewer, page.person.person, settled=settled, held=True)
    if not found.abuse and not met.said.get("abuse_alleged"):
        return False
    since = min(found.since if found.abuse and found.since else began - DAY, began)
    there = [
        *(met.said.get("attended") or ()),
        *(who for h in (went.of("strategy.held") if went else ()) for who in h.get("attended") or ()),
    ]
    return "health" not in agencies(there) and not any(e.at >= since for e in held.chronology.of_kind(*CLINICIAN_ASKED))


def lacking(met: Met, others: Mapping[int, OtherChild], *, unheard: bool = False) -> list[str]:
    """What a record of a discussion must say and does not, in words. `unheard`: abuse is alleged, and no clinician was heard."""
    said, lacks = met.said, []
    if len(agencies(said.get("attended"))) < 2:
        lacks.append("name at least two agencies among those who took part")
    lacks += missing(said, ASKED)
    decision = said.get("decision")
    if decision in (*ENQUIRIES, *ALONE) and not str(said.get("mode_reason") or "").strip():
        lacks.append("say why the agencies enquire together, or one alone")
    if decision not in NOTHING_SET and not met.actions:
        lacks.append("set at least one action, with who does it and by when")
    if decision in NOTHING_SET:
        lacks += missing(said, NFA_GATE)
        lacks += [f"{ASK_A_CLINICIAN}. Meet again with one, or record what one says"] if unheard else []
    answered = {c.person for c in met.considered if c.decision and c.reason.strip()}
    lacks += [f"say what was decided about {child.name}" for p, child in others.items() if p not in answered]
    unknown = [c for c in met.considered if c.person not in others]
    return [*lacks, "a child was considered who is not around this one"] if unknown else lacks


def _write(
    viewer: Viewer, person: int, run: Run | None, kind: str, said: dict[str, Any], *, separate: str, token: str, at: datetime,
    seen: int | None = None,
) -> str:  # fmt: skip
    """A step of a discussion that stands, or the entry that begins one; gives the run's key."""
    if run is not None:
        take(viewer, STRATEGY, person, run.key, kind, token=token, data=said, at=in_order(run, at), seen=seen)
        return run.key
    courses_of(viewer, person)
    return begin_one(viewer, person, STRATEGY, kind, said, separate=separate, token=token, at=at)
