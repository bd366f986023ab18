"""Referrals that say too little, and children who are referred again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import together
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.referral.alerts.matching import OWN_FORMS, SOCIAL_CARE, TAKEN_UP, from_receiver, settled
from sightline.pathways.referral.clocks import REPEAT

NOT_TAKEN = ("no_further_action", "signpost")
TAKEN = ("early_help", "child_in_need_assessment", "strategy_discussion", "enquiry", "accommodated")
BEGINS = {"assessment.started": "assessment.completed", "enquiry.started": "enquiry.completed", "plan.started": "plan.ended",
          "earlyhelp.started": "earlyhelp.ended"}  # fmt: skip


def referral_thin(case: Case) -> Iterable[Finding]:
    """A referral says too little for its receiver to decide: a few words, or it came back for information. A fuller one mends it.

    A summary that a feed does not supply is unknown, not thin; one that the receiver's system holds is the receiver's. What goes to a body with
    a form of its own, as a case conference on domestic abuse, is judged by that form.
    """
    referrals = case.of("referral.made")
    decisions = settled(referrals, case.of("referral.decided"), from_receiver)
    for referral in referrals:
        decided = decisions.get(referral.event_id)
        back = decided if decided is not None and decided.get("decision") == "returned_for_information" else None
        short = _short(case, referral)
        if (short or back) and not _mended(case, referral):
            yield case.finding(
                "referral_thin",
                referral,
                case.at_once(referral if short or back is None else back),
                "The referral says too little for the receiving agency to decide.",
                step="Add what happened, what the child said, what you fear and what you ask for.",
                rests_on=(back,) if back else (),
                **together(referral),
            )


@cache
def _says_nothing() -> frozenset[str]:
    """Words that any referral may hold: without others it says nothing of this child."""
    return frozenset(
        str(w) for w in yaml.safe_load((Path(__file__).parent / "says_nothing.yaml").read_text(encoding="utf-8"))
    )


def _short(case: Case, referral: Happening) -> bool:
    if referral.source in SOCIAL_CARE or referral.get("basis") in OWN_FORMS:
        return False
    summary = referral.get("summary")
    if summary is None:
        return False
    said = [w for w in re.findall(r"[a-z0-9']+", str(summary).lower()) if w not in _says_nothing()]
    few = len(str(summary).split()) < case.number("referral.least_words", referral.at)
    return few or len(set(said)) < case.number("referral.least_said", referral.at)


def _mended(case: Case, referral: Happening) -> bool:
    later = case.first(
        "referral.made",
        since=referral.at,
        where=lambda h: h is not referral and h.get("summary") is not None and not _short(case, h),
    )
    return later is not None or case.first("information.supplied", since=referral.at) is not None


def repeat_referral(case: Case) -> Iterable[Finding]:
    """The child is referred again within a year of a referral that was not taken up, or that was closed.

    Not while the case is open, nor when a form that came back is sent again. It ends when this time something else is done.
    """
    referrals = case.of("referral.made")
    decisions = settled(referrals, case.of("referral.decided"), from_receiver)
    standing = False
    for referral in referrals:
        earlier = _closed_before(case, referral, referrals, decisions)
        decided = decisions.get(referral.event_id)
        if earlier is None or (decided is not None and decided.get("decision") in TAKEN):
            standing = standing and earlier is not None and decided is None
            continue
        if not standing:
            standing = True
            yield case.finding(
                "repeat_referral",
                referral,
                case.at_once(referral),
                f"This child was referred before, within {case.say('referral.repeat', referral)}, and the case was closed or not taken up.",
                step="Look at what was done last time and whether it worked; do something else, or say why not.",
                rests_on=(earlier,),
            )


def _closed_before(
    case: Case, referral: Happening, referrals: tuple[Happening, ...], decisions: dict[int, Happening]
) -> Happening | None:
    """The last earlier referral within the year, where it had been turned down or its case had ended by then."""
    if _open(case, referral):
        return None
    for earlier in reversed(
        [r for r in referrals if r.at < referral.at and case.due("referral.repeat", r) >= referral.at]
    ):
        decided = decisions.get(earlier.event_id)
        if decided is None or decided.at >= referral.at:
            if _left_lying(case, earlier, referral):
                return earlier
            continue
        if decided.get("decision") in NOT_TAKEN or (
            decided.get("decision") in TAKEN and _ended(case, decided, referral)
        ):
            return earlier
    return None


def _open(case: Case, referral: Happening) -> bool:
    """Whether social care was working with the child when the referral came."""
    return any(
        case.first(ends, since=began.at, until=referral.at) is None
        for begins, ends in BEGINS.items()
        for began in case.of(begins, where=lambda h: h.at < referral.at)
    )


def _left_lying(case: Case, earlier: Happening, referral: Happening) -> bool:
    """Whether nobody ever took up an earlier referral: long silence is no acceptance."""
    long_ago = case.due("referral.fed_back", earlier) <= referral.at
    return long_ago and case.first("referral.decided", *TAKEN_UP, since=earlier.at, until=referral.at) is None


def _ended(case: Case, decided: Happening, referral: Happening) -> bool:
    none = case.first(
        "strategy.held", since=decided.at, until=referral.at, where=lambda h: h.get("decision") == "no_further_action"
    )
    return none is not None or case.first(*BEGINS.values(), since=decided.at, until=referral.at) is not None


def _rules() -> Iterator[Rule]:
    yield Rule(
        "referral_thin",
        ("referral.made",),
        referral_thin,
        local_default(provision="RF-12"),
        "A referral that says too little to decide.",
        limits=("referral.least_words", "referral.least_said"),
    )
    yield Rule(
        "repeat_referral",
        ("referral.made",),
        repeat_referral,
        REPEAT,
        "A child referred again within a year of a closed or unaccepted referral.",
        limits=("referral.repeat",),
    )


RULES = list(_rules())
