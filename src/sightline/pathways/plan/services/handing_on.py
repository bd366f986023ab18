"""Handing a plan to somebody who accepts it, and ending it: nothing that protects the child is lost on the way."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sightline.access.casework import open_to
from sightline.access.models import Post
from sightline.access.roles import May
from sightline.access.rota import live_posts
from sightline.chronology.courses import MADE_HERE, step_ref
from sightline.chronology.stepping import begin, held_here
from sightline.kernel.errors import NotPermitted, Refused
from sightline.pathways.plan.queries.runs import ending_with
from sightline.pathways.plan.rules import PLAN
from sightline.pathways.plan.rules.actions import Left, left_open, not_going_on
from sightline.pathways.plan.services.doing import Deed
from sightline.pathways.plan.services.ending import (
    CARRIED,
    DONE,
    DROPPED,
    dropped,
    ended,
    entry_of,
    keep,
    may_end,
    settled,
)
from sightline.people.anchors import keys_for

NOT_YOURS = "This plan was offered to somebody else, so you cannot answer for them."
STILL_WORSE = "Things are worse for the child: a plan is not stepped down then. Change it, or hold a review conference."


def offer(deed: Deed) -> str:
    """Offer the plan to a named post; until it is accepted whoever holds it stays responsible. The record opens to whoever is asked.

    A child protection plan becomes less, as it is ended, by whoever chairs and may read all of it.

    Of each action still to be done it is said whether it goes on, was done, or does not go on and why; the last only once it is accepted.
    """
    said, run, at = deed.said, deed.run.run, deed.viewer.at
    ending = may_end(deed, less=(said["way"], said["to_plan"]) != ("transfer", "child_protection"))
    live = Post.objects.filter(live_posts(at), pk=int(said["post"])).select_related("user", "agency")
    post = live.first()
    if post is None:
        raise Refused("Nobody holds that post now. Choose somebody else.")
    if said["way"] == "transfer" and post.agency.key == (run.first.get("authority") or deed.viewer.agency):
        raise Refused("A transfer goes to another authority; this post is in the one that holds the plan.")
    if said["way"] == "step_down" and said["outcome"] == "worse":
        raise Refused(STILL_WORSE)
    left = left_open(ending)
    entries = settled(deed, left, at=at, may=(CARRIED, DONE, DROPPED))
    data = {
        "way": said["way"], "to": str(post.user), "to_agency": post.agency.key, "to_post": post.pk, "to_plan": said["to_plan"],
        "reason": said["reason"], "carries_over": said.get("carries_over"), "outcome": said["outcome"], "evidence": said["evidence"],
    }  # fmt: skip
    with transaction.atomic():
        deed.step("handover.offered", data)
        keep(deed, [e for e in entries if e.kind == "action.done"])
        keep(deed, [_proposed(deed, one, n) for n, one in enumerate(left) if _becomes(deed, one) == DROPPED])
        open_to([post.pk], [deed.person], why="referral", reason="offered a plan to hold", at=at)
    return run.key


def _becomes(deed: Deed, one: Left) -> object:
    return deed.said.get(f"becomes-{one.id}")


def _proposed(deed: Deed, one: Left, nth: int) -> Any:
    said = {"id": one.id, "reason": deed.said[f"because-{one.id}"]}
    return entry_of(deed, deed.run.run, "handover.drop_proposed", said, at=deed.viewer.at, nth=nth)


def _may_answer(deed: Deed) -> dict[str, Any]:
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
    """Accept it: the plan ends where it was and goes on, with its actions, under whoever accepted. Gives the key of the plan that goes on."""
    offered, run, at = _may_answer(deed), deed.run.run, deed.viewer.at
    token = f"{deed.token}-next"
    if held_here(step_ref(run.key, "handover.accepted", deed.token)):
        return f"{MADE_HERE}:{PLAN.key}/{token}"
    ending, moved = ending_with(deed.viewer, deed.standing, run), offered["way"] == "transfer"
    left, stays = left_open(ending), not_going_on(run)
    carried = [(one, _carried(deed, one)) for one in left if one.id not in stays]
    words = "transferred to" if moved else "stepped down to"
    end = {
        "reason": f"{words} {deed.viewer.name}, who accepted it", "outcome": "moved" if moved else offered.get("outcome") or "unknown",
        "evidence": offered.get("evidence"), "no_longer_at_risk_because": offered["reason"],
    }  # fmt: skip
    with transaction.atomic():
        deed.step("handover.accepted", {"by_whom": deed.viewer.name, "says": deed.said.get("answer")})
        keep(deed, [
            dropped(deed, one, stays[one.id].get("reason"), by=stays[one.id].by or deed.viewer.name, at=at, nth=n)
            for n, one in enumerate(left) if one.id in stays
        ])  # fmt: skip
        keep(deed, ended(deed, ending, end, at=at))
        people = {"child": (keys_for([deed.person])[deed.person],)}
        goes_on = _goes_on(deed, offered, [said for _, said in carried])
        key = begin(deed.viewer, PLAN, "plan.started", token=token, people=people, data=goes_on, at=at)
        keep(deed, [entry_of(deed, key, "action.set", said, at=at, nth=n) for n, (_, said) in enumerate(carried)])
    return key


def _carried(deed: Deed, one: Left) -> dict[str, Any]:
    """An action as it stands on the plan that goes on. Raises Refused without somebody who does it, or a time to come."""
    owner, due = deed.said.get(f"owner-{one.id}"), deed.said.get(f"due-{one.id}")
    if not owner or not due or due <= deed.viewer.at:
        raise Refused(f"“{one.what}” goes on: say who does it, and by a time that is still to come.")
    was = one.action.set_by
    return {"id": one.id, "what": one.what, "owner": owner, "agency": was.get("agency"), "due": due, "kind": was.get("kind")}  # fmt: skip


def _goes_on(deed: Deed, offered: dict[str, Any], carried: list[dict[str, Any]]) -> dict[str, Any]:
    """The plan that goes on: the concern as it was, and what is done if it does not work as whoever accepts it says."""
    first, said, moved = deed.run.run.first, deed.said, offered["way"] == "transfer"
    agencies = dict.fromkeys([deed.viewer.agency, *(str(c["agency"]) for c in carried if c["agency"])])
    goes_on = {
        "kind": offered["to_plan"], "lead": deed.viewer.name, "authority": deed.viewer.agency, "concern": first.get("concern"),
        "category": first.get("category") if moved else None, "likelihood": first.get("likelihood"), "contingency": said["contingency"],
        "contingency_owner": said["contingency_owner"], "agencies": list(agencies), "carried_over": offered.get("carries_over"),
        "outside_family": first.get("outside_family"), "review_on": said.get("review_on"),
    }  # fmt: skip
    return {k: v for k, v in goes_on.items() if v not in (None, "", [])}


def decline(deed: Deed) -> str:
    """Not accepted: it stays where it is, with all that is to be done under it."""
    _may_answer(deed)
    deed.step("handover.declined", {"reason": deed.said["reason"]})
    return deed.run.run.key


def end(deed: Deed) -> str:
    """End it, because the child is no longer at risk. A child protection plan ends by whoever chairs; of each action it is said what became."""
    run, said, at = deed.run.run, deed.said, deed.viewer.at
    ending = may_end(deed)
    if held_here(step_ref(run.key, "plan.ended", deed.token)):
        return run.key
    entries = settled(deed, left_open(ending), at=at, may=(DONE, DROPPED))
    data = {"reason": said["reason"], "outcome": said["outcome"], "no_longer_at_risk_because": said["no_longer"]}
    with transaction.atomic():
        deed.step("plan.ended", data)
        keep(deed, [*entries, *ended(deed, ending[1:], data, at=at)])
    return run.key
