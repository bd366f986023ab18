"""Beginning a plan below conference level, and agreeing and ending the actions of any."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from sightline.chronology.entries import Entry
from sightline.chronology.record import record
from sightline.chronology.stepping import begin, entry_here
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.pathways.plan.rules import PLAN
from sightline.pathways.plan.rules.actions import SEPARATION
from sightline.pathways.plan.rules.choices import choices
from sightline.pathways.plan.services.doing import Deed, leads
from sightline.people.anchors import keys_for


def _today(deed: Deed) -> date:
    return local(deed.viewer.at).date()


def _child(deed: Deed) -> dict[str, tuple[tuple[str, str], ...]]:
    return {"child": (keys_for([deed.person])[deed.person],)}


def start(deed: Deed) -> str:
    """Begin a plan below conference level, with an owner, a first action, what happens if it does not work, and a day to look again."""
    said = deed.said
    data = {
        "kind": said["kind"], "lead": said["lead"], "concern": said["concern"], "likelihood": said["likelihood"],
        "contingency": said["contingency"], "contingency_owner": said["contingency_owner"], "agencies": said["agencies"],
        "review_on": said["review_on"], "outside_family": said["outside_family"] == "yes", "authority": deed.viewer.agency,
    }  # fmt: skip
    with transaction.atomic():
        key = begin(
            deed.viewer, PLAN, "plan.started", token=deed.token, people=_child(deed), data=data, at=deed.viewer.at
        )
        first = {
            "id": _id(deed),
            "what": said["what"],
            "owner": said["owner"],
            "agency": deed.viewer.agency,
            "due": said["due"],
        }
        ref = f"{key}#action.set/{deed.token}"
        record(_entry(deed, "action.set", ref, first), deed.viewer)
    return key


def _id(deed: Deed, nth: int = 0) -> str:
    """What an action is called: the same form sent twice calls it the same."""
    return uuid5(NAMESPACE_OID, f"{deed.token}-{nth}").hex[:10]


def _entry(deed: Deed, kind: str, ref: str, data: dict[str, object]) -> Entry:
    return entry_here(deed.viewer, kind, ref, _child(deed), data, deed.viewer.at)


def agree_action(deed: Deed) -> str:
    """Somebody named does something by a time; an agreed separation or move is told the hour its time passes."""
    said = deed.said
    kind = SEPARATION if said["immediate"] == "yes" else None
    data = {
        "id": _id(deed),
        "what": said["what"],
        "owner": said["owner"],
        "agency": said["agency"],
        "due": said["due"],
        "kind": kind,
    }
    deed.step("action.set", data)
    return deed.run.run.key


def consider_police(deed: Deed) -> str:
    """What the police can do is gone through; what is chosen becomes the police's actions, and what is not has its reason."""
    every = choices("police", _today(deed)).choices
    chosen = set(deed.said.get("chosen") or ())
    picked, left = [c.what for c in every if c.key in chosen], [c.what for c in every if c.key not in chosen]
    with transaction.atomic():
        deed.step(
            "plan.police_considered",
            {
                "chosen": picked or ["none of these"],
                "not_chosen": left or ["nothing left out"],
                "why_not": deed.said.get("why_not"),
            },
        )
        _as_actions(deed, "police", first=1)
    return deed.run.run.key


def choose_outside(deed: Deed) -> str:
    """Options for harm outside the family become actions."""
    if not deed.said.get("chosen"):
        raise Refused("Choose at least one, or go back: nothing was changed.")
    with transaction.atomic():
        _as_actions(deed, "outside_family", first=0)
    return deed.run.run.key


def _as_actions(deed: Deed, which: str, *, first: int) -> None:
    chosen = [c for c in choices(which, _today(deed)).choices if c.key in (deed.said.get("chosen") or ())]
    for n, choice in enumerate(chosen, start=first):
        said = {
            "id": _id(deed, n),
            "what": choice.what,
            "owner": deed.said["owner"],
            "agency": choice.agency,
            "due": deed.said["due"],
            "kind": which,
        }
        deed.step("action.set", said, nth=n)


def finish_action(deed: Deed) -> str:
    """An action is done, and what came of it for the child."""
    deed.step("action.done", {"id": deed.said["id"], "result": deed.said["result"]})
    return deed.run.run.key


def drop_action(deed: Deed) -> str:
    """An action will not be done: by whoever leads, with the reason."""
    leads(deed.viewer)
    deed.step(
        "action.dropped", {"id": deed.said["id"], "reason": deed.said["result"], "authorised_by": deed.viewer.name}
    )
    return deed.run.run.key


def begin_contingency(deed: Deed) -> str:
    """What was agreed in case the plan does not work is begun."""
    said = deed.said
    deed.step("contingency.begun", {"what": said["what"], "owner": said["owner"], "because": said["because"]})
    return deed.run.run.key


def move_overseas(deed: Deed) -> str:
    """A child with a plan is about to move overseas."""
    said = deed.said
    deed.step(
        "overseas_move.planned",
        {"on": said["on"], "where": said["where"], "service_family": said["service_family"] == "yes"},
    )
    return deed.run.run.key


def tell_service(deed: Deed) -> str:
    """The welfare body of the services was told."""
    named = {c.key: c.what for c in choices("service_bodies", _today(deed)).choices}
    deed.step(
        "service_welfare.told", {"body": named[deed.said["body"]], "who": deed.said["who"], "says": deed.said["what"]}
    )
    return deed.run.run.key


def follow_enquiry(deed: Deed) -> str:
    """After an enquiry that led to no conference: what the child was offered, or why nothing."""
    said = {k: v for k, v in deed.said.items() if k in ("offered", "reason", "taken_up") and v}
    record(_entry(deed, "enquiry.followed", f"plan/{deed.token}", said), deed.viewer)
    return ""
