"""People met about a child, and nothing came of it or nothing was written down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.enquiry.clocks import guidance

MET = ("strategy.held", "meeting.held", "conference.held", "action.set")
LISTING = ("marac", "mappa", "missing", "exploitation")
EFFECTS = (
    *(
        "action.set",
        "plan.started",
        "plan.reviewed",
        "plan.ended",
        "referral.made",
        "strategy.held",
        "strategy.requested",
    ),
    *("assessment.started", "enquiry.started", "earlyhelp.started", "disruption.considered", "disruption.used"),
)
# That an enquiry or assessment began is the decision itself, and says neither who does what nor by when.
SET_OUT = tuple(k for k in EFFECTS if k not in ("enquiry.started", "assessment.started"))
PUT_OFF = re.compile(r"\b(reconven|adjourn|deferr?|postpon|put off|meet again|next meeting|carried over)", re.I)
A_REASON = re.compile(
    r"\b(because|as|since|until|when|once|after|pending|await\w*|for want|so that|owing|due to|meanwhile|in the meantime)\b",
    re.I,
)
# Words by which minutes speak of a child: a decision that holds none of them is about the adults.
CHILD_WORDS = (
    *("child", "boy", "girl", "baby", "son", "daughter", "sibling", "school", "nursery", "health visitor", "midwi"),
    *("early help", "youth", "young person", "social care", "social worker"),
)


def _blank(value: object) -> bool:
    return not str(value or "").strip()


def _lists(entry: Happening) -> bool:
    """Whether it is a meeting that takes children one by one from a list."""
    return entry.kind == "meeting.held" and (
        entry.get("kind") in ("marac", "mappa") or bool(entry.get("children_listed"))
    )


def decision_not_recorded(case: Case) -> Iterable[Finding]:
    """A discussion or meeting has no recorded decision, action, owner or time."""
    for met in case.of(*MET, role=("child", "subject"), where=lambda h: not _lists(h)):
        if (lacks := _lacks(case, met)) and not _only_with_a_child(case, met):
            yield case.finding(
                "decision_not_recorded",
                met,
                case.due("decision.recorded", met),
                f"{lacks} within {case.say('decision.recorded', met)}.",
                step="Write down what was decided, who does what, and by when.",
                part=str(met.get("id") or "") if met.kind == "action.set" else "",
            )


def _only_with_a_child(case: Case, entry: Happening) -> bool:
    """An entry that names a child is told about the child, not about the adult in it too."""
    return bool(entry.people.get("child")) and not entry.concerns(case.subject, "child")


def _lacks(case: Case, met: Happening) -> str:
    if met.kind == "action.set":
        ownerless = _blank(met.get("owner")) or _blank(met.get("due"))
        done = case.first("action.done", "action.dropped", since=met.at, where=lambda h: h.get("id") == met.get("id"))
        again = [h for h in case.of("action.set", role="") if h.at > met.at and h.get("id") == met.get("id")]
        return "" if not ownerless or done or again else "An action was agreed with no owner or no time recorded"
    came_of_it = any(h.event_id != met.event_id for h in case.own.of_kind(*EFFECTS) if h.at >= met.at)
    if met.kind == "strategy.held":
        set_out = any(h.event_id != met.event_id for h in case.own.of_kind(*SET_OUT) if h.at >= met.at)
        return _lacks_of_discussion(met, came_of_it=came_of_it, set_out=set_out)
    if came_of_it or (met.kind == "conference.held" and not _blank(met.get("decision"))):
        return ""
    if not _blank(met.get("decisions")):
        put_off = _only_put_off(met.get("decisions"))
        return (
            "A meeting was put off to another day, and neither why nor what happens meanwhile is recorded"
            if put_off
            else ""
        )
    return "People met to talk about this case, and neither a decision nor an action is recorded"


def _lacks_of_discussion(met: Happening, *, came_of_it: bool, set_out: bool) -> str:
    decision = met.get("decision")
    if decision == "reconvene" and _blank(met.get("rationale")) and not came_of_it:
        return "A strategy discussion is to meet again, and neither why nor what happens meanwhile is recorded"
    if _blank(decision) or (decision not in ("no_further_action", "reconvene") and not set_out):
        return "A strategy discussion was held, and no decision or no action with an owner and a time is recorded"
    return ""


def _only_put_off(said: object) -> bool:
    """Whether minutes say no more than that people will meet again: no reason, and nothing that is done meanwhile."""
    sentences = [s for s in re.split(r"[.;\n]", str(said)) if s.strip()]
    return all(PUT_OFF.search(s) and not A_REASON.search(s) for s in sentences)


def meeting_without_effect(case: Case) -> Iterable[Finding]:
    """A meeting had this child on its list and decided nothing about this child."""
    for met in case.of("meeting.held", where=_lists):
        if case.is_child(met.at) and not _has_effect(case, met):
            yield case.finding(
                "meeting_without_effect",
                met,
                case.due("decision.recorded", met),
                "A meeting had this child on its list, and nothing was decided or set in hand for this child.",
                step="Record what the meeting decided for each child, with an owner and a time.",
            )


def _has_effect(case: Case, met: Happening) -> bool:
    if any(h.concerns(case.subject, "child") for h in case.own.of_kind(*EFFECTS) if h.at >= met.at):
        return True
    said = str(met.get("decisions") or "").lower()
    return any(word in said for word in CHILD_WORDS) and " no " not in f" {said} " and "nothing" not in said


RULES = [
    Rule(
        "decision_not_recorded",
        MET,
        decision_not_recorded,
        guidance("recording of discussions and decisions"),
        "A discussion, meeting or action without a recorded decision, owner or time.",
        roles=("child", "subject"),
        answers=("action.set",),
        limits=("decision.recorded",),
    ),
    Rule(
        "meeting_without_effect",
        ("meeting.held",),
        meeting_without_effect,
        guidance("multi-agency meetings: what each agency will do for each child"),
        "A meeting that listed a child and decided nothing about that child.",
        answers=("action.set",),
        limits=("decision.recorded",),
    ),
]
