"""Beginning a plan, agreeing and ending its actions, handing it to somebody who accepts, and ending it."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from sightline.access.casework import open_to
from sightline.access.models import Post
from sightline.access.roles import May
from sightline.access.rota import live_posts
from sightline.chronology.entries import Entry
from sightline.chronology.record import record
from sightline.chronology.stepping import begin, entry_here
from sightline.kernel.errors import NotPermitted, Refused
from sightline.pathways.plan.rules import PLAN
from sightline.pathways.plan.rules.actions import SEPARATION
from sightline.pathways.plan.rules.choices import choices
from sightline.pathways.plan.services.doing import Deed, chairs, leads
from sightline.people.anchors import keys_for

NOT_YOURS = "This plan was offered to somebody else, so you cannot answer for them."


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
    every = choices("police").choices
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
    chosen = [c for c in choices(which).choices if c.key in (deed.said.get("chosen") or ())]
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


def offer(deed: Deed) -> str:
    """Offer the plan to a named post; until it is accepted whoever holds it stays responsible. The record opens to whoever is asked."""
    leads(deed.viewer)
    said = deed.said
    post = (
        Post.objects.filter(live_posts(deed.viewer.at), pk=int(said["post"])).select_related("user", "agency").first()
    )
    if post is None:
        raise Refused("Nobody holds that post now. Choose somebody else.")
    if said["way"] == "transfer" and post.agency.key == (deed.run.run.first.get("authority") or deed.viewer.agency):
        raise Refused("A transfer goes to another authority; this post is in the one that holds the plan.")
    data = {
        "way": said["way"], "to": str(post.user), "to_agency": post.agency.key, "to_post": post.pk, "to_plan": said["to_plan"],
        "reason": said["reason"], "carries_over": said.get("carries_over"),
    }  # fmt: skip
    deed.step("handover.offered", data)
    open_to([post.pk], [deed.person], why="referral", reason="offered a plan to hold", at=deed.viewer.at)
    return deed.run.run.key


def _may_answer(deed: Deed) -> dict[str, object]:
    offered = deed.run.run.last("handover.offered")
    said = dict(offered.data) if offered else {}
    named = said.get("to_post") == deed.viewer.post_id
    for_authority = (
        said.get("way") == "transfer" and said.get("to_agency") == deed.viewer.agency and deed.viewer.may(May.CHAIR)
    )
    if not named and not for_authority:
        raise NotPermitted(NOT_YOURS)
    return said


def accept(deed: Deed) -> str:
    """Accept it: the plan ends where it was and goes on with whoever accepted. Gives the key of the plan that goes on."""
    offered, first, at = _may_answer(deed), deed.run.run.first, deed.viewer.at
    moved = offered["way"] == "transfer"
    words = "transferred to" if moved else "stepped down to"
    end = {"reason": f"{words} {deed.viewer.name}, who accepted it", "outcome": "moved" if moved else "safer",
           "no_longer_at_risk_because": offered["reason"]}  # fmt: skip
    goes_on = {
        "kind": offered["to_plan"], "lead": deed.viewer.name, "authority": deed.viewer.agency, "contingency": first.get("contingency"),
        "category": first.get("category") if moved else None, "concern": offered.get("carries_over") or first.get("concern"),
        "likelihood": first.get("likelihood"), "contingency_owner": deed.viewer.name, "agencies": [deed.viewer.agency],
    }  # fmt: skip
    with transaction.atomic():
        deed.step("handover.accepted", {"by_whom": deed.viewer.name, "says": deed.said.get("answer")})
        deed.step("plan.ended", end, nth=1)
        held = {k: v for k, v in goes_on.items() if v}
        return begin(
            deed.viewer, PLAN, "plan.started", token=f"{deed.token}-next", people=_child(deed), data=held, at=at
        )


def decline(deed: Deed) -> str:
    """Not accepted: it stays where it is."""
    _may_answer(deed)
    deed.step("handover.declined", {"reason": deed.said["reason"]})
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
    named = {c.key: c.what for c in choices("service_bodies").choices}
    deed.step(
        "service_welfare.told", {"body": named[deed.said["body"]], "who": deed.said["who"], "says": deed.said["what"]}
    )
    return deed.run.run.key


def end(deed: Deed) -> str:
    """End it, because the child is no longer at risk. A child protection plan ends by whoever chairs."""
    chairs(deed.viewer) if deed.run.run.first.get("kind") == "child_protection" else leads(deed.viewer)
    said = deed.said
    deed.step(
        "plan.ended",
        {"reason": said["reason"], "outcome": said["outcome"], "no_longer_at_risk_because": said["no_longer"]},
    )
    return deed.run.run.key


def follow_enquiry(deed: Deed) -> str:
    """After an enquiry that led to no conference: what the child was offered, or why nothing."""
    said = {k: v for k, v in deed.said.items() if k in ("offered", "reason", "taken_up") and v}
    record(_entry(deed, "enquiry.followed", f"plan/{deed.token}", said), deed.viewer)
    return ""
