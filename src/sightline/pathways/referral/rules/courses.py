"""The tables of transitions: a referral, a request for information, and word to a child's school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.chronology.courses import BEGIN, Course, Run, Step
from sightline.chronology.view import Happening

NOT_TAKEN = ("no_further_action", "signpost")
TAKEN = ("child_in_need_assessment", "strategy_discussion", "enquiry", "accommodated")
WAITING = ("made", "acknowledged", "returned", "challenged")
_OPEN = ("made", "acknowledged")
REFERRAL = Course(
    "referral",
    "A referral",
    {
        "made": "sent, and nobody at the receiving agency has looked at it",
        "acknowledged": "received; waits for a decision",
        "returned": "given back to whoever referred, with questions; waits for their answer",
        "early_help": "sent to early help; open until the family is engaged or it comes back",
        "engaged": "early help has begun with the family",
        "decided": "decided; whoever referred is not told yet",
        "told": "decided, and whoever referred has been told",
        "challenged": "whoever referred disagrees; waits for the next level",
    },
    (
        Step("referral.made", (BEGIN,), "made", "refer"),
        Step("referral.acknowledged", ("made",), "acknowledged", "acknowledge"),
        Step(
            "referral.decided",
            _OPEN,
            "returned",
            "give back with questions",
            ("decision", ("returned_for_information",)),
        ),
        Step("information.supplied", ("returned",), "acknowledged", "answer the questions"),
        Step("referral.decided", WAITING, "early_help", "send to early help", ("decision", ("early_help",))),
        Step("referral.decided", WAITING, "decided", "decide", ("decision", (*NOT_TAKEN, *TAKEN))),
        Step("referral.fed_back", ("early_help",), "", "tell the referrer"),
        Step("earlyhelp.started", ("early_help",), "engaged", "early help begins"),
        Step("earlyhelp.returned", ("early_help",), "acknowledged", "early help gives it back"),
        Step("referral.fed_back", ("decided",), "told", "tell the referrer"),
        Step("referral.fed_back", ("told", "engaged"), "", "tell them what came of it"),
        Step("escalation.raised", ("made", "acknowledged"), "", "press for an answer"),
        Step("escalation.raised", ("decided", "told", "early_help"), "challenged", "challenge the decision"),
        Step("escalation.raised", ("challenged",), "", "take the challenge a level higher"),
        Step("escalation.answered", ("challenged",), "told", "answer the challenge"),
        Step("escalation.settled", ("challenged",), "told", "decide at the partnership"),
        Step(
            "escalation.answered", ("decided", "early_help"), "", "answer by deciding anew", ("decided_again", (True,))
        ),
        Step("escalation.answered", ("made", "acknowledged"), "", "answer"),
        Step("referral.explained", ("told",), "", "say why nothing came of it"),
    ),
    ends=("told", "engaged"),
)
REQUEST = Course(
    "request",
    "A request for information",
    {"asked": "waits for an answer", "answered": "answered", "refused": "refused, with a reason"},
    (
        Step("information.requested", (BEGIN,), "asked", "ask"),
        Step("information.supplied", ("asked",), "answered", "answer"),
        Step("information.refused", ("asked",), "refused", "refuse"),
    ),
    ends=("answered", "refused"),
)
SETTING = Course(
    "setting",
    "Word to a child's school or nursery",
    {
        "told": "sent; its designated lead has not opened it yet",
        "read": "read there; its designated lead has not read it yet",
        "received": "read by the designated lead",
    },
    (
        Step("setting.told", (BEGIN,), "told", "tell the setting"),
        Step("setting.received", ("told", "read"), "received", "confirm as its designated lead", ("lead", (True,))),
        Step("setting.received", ("told",), "read", "say that somebody else there has read it"),
    ),
    ends=("received",),
)


@dataclass(frozen=True)
class Turned:
    """Where a run stood at a moment, and how often it had been decided by then and had come to wait again."""

    state: str
    decided: int = 0
    reopened: int = 0


def turned_by(run: Run, entries: Iterable[Happening]) -> Turned:
    """Where a run stood when only these of its entries were there; a state of nothing before the first."""
    state, decided, reopened = BEGIN, 0, 0
    for entry in entries:
        step = run.course.step(state, entry.kind, entry.data)
        now = (step.to or state) if step else state
        decided += state in WAITING and now not in WAITING
        reopened += state != BEGIN and state not in WAITING and now in WAITING
        state = now
    return Turned(state, decided, reopened)


def below_threshold(run: Run) -> bool | None:
    """Whether the receiver decided that it did not reach what was asked for; None while nothing is decided."""
    decided = run.last("referral.decided")
    if decided is None or decided.get("decision") == "returned_for_information":
        return None
    asked = run.first.get("basis")
    return decided.get("decision") in NOT_TAKEN or (decided.get("decision") == "early_help" and asked != "early_help")
