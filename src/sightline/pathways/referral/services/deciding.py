"""What the receiving agency does with a referral: receives it, decides it with a reason and an owner, and tells whoever referred."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.access import gate
from sightline.access.casework import posts_of
from sightline.access.roles import May, role_name
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.chronology.reaching import check_before_reaching
from sightline.chronology.stepping import made_by, take
from sightline.kernel.errors import NotPermitted, Refused
from sightline.kernel.reasons import worded
from sightline.pathways.referral.queries.one import RunPage, referral_page
from sightline.pathways.referral.rules.courses import REFERRAL
from sightline.pathways.referral.rules.order import HIGH, risk_of

BACK = "returned_for_information"
DECISIONS = {
    "enquiry": "Section 47 enquiry",
    "strategy_discussion": "Strategy discussion",
    "child_in_need_assessment": "Child in need assessment",
    "accommodated": "Accommodated",
    "early_help": "Early help",
    "signpost": "Advice, or another service",
    "no_further_action": "No further action",
    BACK: "Given back with questions",
}
HELPED = {"yes": "Yes", "partly": "Partly", "no": "No", "too_early": "Too early to say"}


def receive(viewer: Viewer, person: int, entry: int, *, token: str, at: datetime, seen: int | None = None) -> None:
    """Say that a referral has come and somebody has looked at it."""
    page = _theirs(viewer, person, entry)
    take(viewer, REFERRAL, person, page.run.key, "referral.acknowledged", token=token, data={}, at=at, seen=seen)


def decide(viewer: Viewer, person: int, entry: int, *, decision: str, reason: str, owner: str, next_step: str, dissent_by: str = "",
           dissent: str = "", different: str = "", helped_before: str = "", child_said: str = "", child_changed: str = "",
           way_back_contact: str = "", way_back: str = "", token: str, at: datetime, seen: int | None = None) -> None:  # fmt: skip
    """Decide with a reason, a named owner and what follows, and tell whoever referred in the same breath.

    Raises Refused without them, or without what the child said and what that changed; where nothing further is done and the child has
    nobody to come back to; where a repeat gets no different response and no reason why not, or nobody says whether the last one helped;
    where questions would hold up a referral of high risk; NotPermitted for whoever does not decide there, Changed where others were faster.
    """
    page = _theirs(viewer, person, entry)
    if page.run.state == "challenged":
        _answers(viewer, page)
    worded(reason, "Say why it is decided so")
    said = {"decision": decision, "reason": reason, "by_role": role_name(viewer.role), "owner": owner, "next_step": next_step,
            "dissent": dissent, "dissent_by": dissent_by, "different": different, "helped_before": helped_before if page.before else "",
            "child_said": child_said, "child_changed": child_changed,
            "way_back_contact": way_back_contact, "way_back": way_back}  # fmt: skip
    data = {k: v.strip() for k, v in said.items() if v.strip()}
    _complete(page, decision, data)
    if decision == "no_further_action":
        _way_back(viewer, page, way_back_contact, way_back, at)
    with transaction.atomic():
        _decided(viewer, page, data | {"account": viewer.user_id}, token=token, at=at, seen=seen)


def _decided(
    viewer: Viewer, page: RunPage, data: Mapping[str, Any], *, token: str, at: datetime, seen: int | None
) -> None:
    """The decision; the challenge that it answers, where one waits; and word to whoever referred, where they sign in here."""
    person, key, decision = page.person, page.run.key, data["decision"]
    take(viewer, REFERRAL, person, key, "referral.decided", token=token, data=data, at=at, seen=seen)
    told = f"{DECISIONS[decision]}. {_ended(data['reason'])} Next: {_ended(data['next_step'])} {data['owner']} answers for it."
    if page.run.state == "challenged":
        anew = {"resolved": True, "text": told, "decided_again": True}
        take(viewer, REFERRAL, person, key, "escalation.answered", token=f"{token}-anew", data=anew, at=at)
    if decision != BACK and told_here(page.run, at):
        _told(viewer, page, told, "too_early", token=f"{token}-told", at=at)


def _ended(text: str) -> str:
    """As a sentence ends."""
    said = text.strip()
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _complete(page: RunPage, decision: str, said: Mapping[str, str]) -> None:
    """What every decision says. Giving back with questions decides nothing about the child yet."""
    if "owner" not in said or "next_step" not in said:
        raise Refused("A referral is decided with a named owner and what happens next. Say who, and what.")
    if ("dissent_by" in said) != ("dissent" in said):
        raise Refused("Say which agency disagrees, and why.")
    if decision == BACK:
        if risk_of(page.first) == HIGH:
            raise Refused(
                "A referral of high risk is not given back: ask the referrer what you need, and decide meanwhile."
            )
        return
    if page.before and "different" not in said:
        raise Refused("This child was referred before. Say what is done differently this time, or why not.")
    if page.before and said.get("helped_before") not in HELPED:
        raise Refused("This child was referred before. Say whether what was done last time helped.")
    if "child" in page.first.people and not {"child_said", "child_changed"} <= said.keys():
        raise Refused("Say what the child said or showed, and how that changed the decision, or why it did not.")


def _way_back(viewer: Viewer, page: RunPage, contact: str, way: str, at: datetime) -> None:
    """A child of whom nothing further comes has somebody to come back to, by a way that is not one of those never to be used."""
    if "child" not in page.first.people:
        return
    if not contact.strip() or not way.strip():
        raise Refused("Where nothing further is done, say whom the child can come back to, by name, and how.")
    check_before_reaching(viewer, page.person, by="", to=way, at=at)


def told_here(run: Run, at: datetime) -> bool:
    """Whether whoever referred signs in here, and so is told by the decision itself. Others must be told by somebody."""
    return run.first.source == "sightline" and bool(posts_of(run.first.agency, at=at))


def tell(viewer: Viewer, person: int, entry: int, *, outcome: str, helped: str, token: str, at: datetime) -> None:
    """Tell whoever referred what came of it, and whether it helped. Raises Refused where that is not said."""
    if helped not in HELPED:
        raise Refused("Say whether it helped, or that it is too early to say.")
    _told(viewer, _theirs(viewer, person, entry), worded(outcome, "Say what they are told"), helped, token=token, at=at)


def _told(viewer: Viewer, page: RunPage, outcome: str, helped: str, *, token: str, at: datetime) -> None:
    data = {"outcome": outcome, "helped": helped}
    take(viewer, REFERRAL, page.person, page.run.key, "referral.fed_back", token=token, data=data, at=at)


def early_help(viewer: Viewer, person: int, entry: int, *, engaged: bool, words: str, token: str, at: datetime) -> None:
    """Early help has begun with the family, led by somebody; or could not, and the referral waits again."""
    page = _theirs(viewer, person, entry)
    kind, field = ("earlyhelp.started", "lead") if engaged else ("earlyhelp.returned", "reason")
    said = words.strip() if engaged else worded(words, "Say why early help gives it back")
    if not said:
        raise Refused("Say who leads the early help.")
    take(viewer, REFERRAL, person, page.run.key, kind, token=token, data={field: said}, at=at)


def explain(viewer: Viewer, person: int, entry: int, *, reason: str, token: str, at: datetime) -> None:
    """Say why nothing came of a referral that was taken up: until then it stays an open question."""
    page = _theirs(viewer, person, entry)
    data = {"reason": worded(reason, "Say why nothing came of it")}
    take(viewer, REFERRAL, person, page.run.key, "referral.explained", token=token, data=data, at=at)


def answer_challenge(
    viewer: Viewer, person: int, entry: int, *, resolved: bool, text: str, token: str, at: datetime
) -> None:
    """Answer whoever challenged a decision; they read it where they challenged. Raises NotPermitted for others than those it came before."""
    page = referral_page(viewer, person, entry)
    _answers(viewer, page)
    data = {"resolved": resolved, "text": worded(text, "Say what you answer")}
    take(viewer, REFERRAL, person, page.run.key, "escalation.answered", token=token, data=data, at=at)


def _answers(viewer: Viewer, page: RunPage) -> None:
    """A challenge is answered by those before whom it came, and never by whoever decided."""
    mine = page.decided is not None and made_by(viewer, page.decided)
    if page.stands is None or not page.stands.may_answer or mine:
        gate.refuse(viewer, people=[page.person], note="answer a challenge")
        raise NotPermitted("This is for whoever it was challenged before to answer, and not for whoever decided.")


def _theirs(viewer: Viewer, person: int, entry: int) -> RunPage:
    """The referral, of an agency that decides on it. Raises NotFound, NotPermitted."""
    page = referral_page(viewer, person, entry)
    gate.require(viewer, May.DECIDE_REFERRALS)
    if not page.receives:
        gate.refuse(viewer, people=[person], note="a referral to another agency")
        raise NotPermitted("This referral was sent to another agency, and is theirs to decide.")
    return page
