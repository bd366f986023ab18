"""Bail and other conditions that are to protect a child: kept, checked, about to end; and a suspect at liberty who has become more dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.law import Source, Standing
from sightline.kernel.moments import start_of
from sightline.pathways.investigation.alerts.matters import RESULTS, about, of_children
from sightline.pathways.investigation.alerts.reach import ends_on

EVERYONE = ("child", "victim", "suspect")
POLICE_BAIL = ("pre_charge", "released_under_investigation", None)
NEWS = (
    "bail.breached",
    "bail.checked",
    "crime.recorded",
    "intelligence.recorded",
    "offender.changed",
    "offender.breached",
    "disruption.breached",
)
TAKEN_IN_HAND = (
    "suspect.arrested",
    "detention.authorised",
    "charge.made",
    "bail.set",
    "risk.assessed",
    "disruption.used",
    "custody.received",
)
ARRESTED = ("suspect.arrested", "detention.authorised", "custody.received")
AS_A_SUSPECT = ("suspect", "subject", "offender")
ABOUT_CHILDREN = ("exploitation", "abuse", "online", "associates")
CHILDREN = re.compile(r"\b(child|children|under 1[68]|minors?|school|daughter|son)\b", re.I)
SAME_DAY = timedelta(hours=24)
BAIL_GUIDANCE = Source(
    "Authorised Professional Practice: bail and release",
    "managing suspects on bail",
    Standing.GUIDANCE,
    confirmed=False,
)


def _bailed(case: Case) -> Iterable[tuple[Happening, int]]:
    """Each bail that is about the subject and is to protect a child, with whoever was bailed. A child's own bail is no danger from a suspect."""
    for bail in case.own.of_kind("bail.set"):
        if case.subject in about(bail) and _for_a_child(case, bail):
            for suspect in bail.people.get("suspect", ()):
                if suspect != case.subject or not case.is_child(bail.at):
                    yield bail, suspect


def _for_a_child(case: Case, bail: Happening) -> bool:
    """Whether it is to protect a child: one is named, the victim is one, its conditions speak of children, or the case is about harm to one."""
    if bail.people.get("child") or any(CHILDREN.search(str(c)) for c in bail.get("conditions") or ()):
        return True
    victims = [case.other(p) for p in bail.people.get("victim", ())]
    return any(v.born is not None and v.is_child(bail.at) for v in victims) or of_children(case, bail)


def _over(case: Case, bail: Happening, suspect: int) -> bool:
    """Whether something took the place of a bail: another, a charge where it was before charge, an end of the case, prison."""

    def ends(h: Happening) -> bool:
        if h.kind == "court.result":
            return h.get("result") in RESULTS or "remand" in str(h.get("detail") or "").lower()
        return h.kind != "charge.made" or bail.get("kind") in POLICE_BAIL

    own = case.chronology_of(suspect).of_kind("bail.set", "charge.made", "court.result", "custody.received")
    closing = case.first("investigation.closed", since=bail.at) if bail.get("kind") in POLICE_BAIL else None
    return closing is not None or any(h.at > bail.at and h.concerns(suspect) and ends(h) for h in own)


def conditions_unmonitored(case: Case) -> Iterable[Finding]:
    """Conditions that are to protect a child have not been checked for four weeks."""
    for bail, suspect in _conditions(case):
        checks = [h for h in case.chronology_of(suspect).of_kind("bail.checked", "bail.breached") if h.at >= bail.at]
        last = checks[-1] if checks else bail
        until = ends_on(bail)
        checked_by = case.due("conditions.checked", last)
        if until is None or checked_by < start_of(until):
            why = f"Nobody has checked for {case.say('conditions.checked', last)} that conditions meant to protect a child are kept."
            yield _unmonitored(case, bail, suspect, checked_by, why, "checked")


def conditions_ending(case: Case) -> Iterable[Finding]:
    """Conditions that are to protect a child end in three days, and nothing follows."""
    for bail, suspect in _conditions(case):
        until = ends_on(bail)
        if until is not None and bail.get("kind") in POLICE_BAIL:
            days = case.number("conditions.renewed_days", bail.at)
            due_at = max(start_of(until - timedelta(days=days)), bail.at + SAME_DAY)
            why = f"Conditions meant to protect a child end within {days} days and nothing has been put in their place."
            yield _unmonitored(case, bail, suspect, due_at, why, "ending")


def _conditions(case: Case) -> Iterable[tuple[Happening, int]]:
    """The bails with conditions that still hold, and whoever was bailed."""
    for bail, suspect in _bailed(case):
        if bail.get("conditions") and not _over(case, bail, suspect):
            yield bail, suspect


def _unmonitored(case: Case, bail: Happening, suspect: int, due_at: datetime, why: str, part: str) -> Finding:
    return case.finding(
        "conditions_unmonitored",
        bail,
        due_at,
        why,
        step="Check with the child's carer and at the address today; extend, charge or replace what is about to end.",
        concerns=(suspect, *about(bail)),
        part=f"{part}:{suspect}",
    )


def suspect_on_bail_risk(case: Case) -> Iterable[Finding]:
    """A suspect at liberty on bail or under investigation has become more dangerous: a breach, a new report, bail run out or drawn out."""
    for bail, suspect in _bailed(case):
        if _charged_or_closed(case, bail, suspect):
            continue
        worse = next((h for h in case.chronology_of(suspect).of_kind(*NEWS) if _worse(h, bail, suspect)), None)
        if worse is not None and not _in_hand(case, worse, bail, suspect):
            yield _risk(
                case,
                bail,
                suspect,
                worse,
                case.at_once(worse),
                "Something new is known of a suspect who is at liberty in this case.",
            )
            return
    yield from _run_out(case)
    yield from _drawn_out(case)


def _run_out(case: Case) -> Iterable[Finding]:
    """Bail ends and nothing takes its place. That is so from the day after its last, and says nothing of how often it was extended."""
    for bail, suspect in _bailed(case):
        until = ends_on(bail)
        if until is None or bail.get("kind") not in POLICE_BAIL or _charged_or_closed(case, bail, suspect):
            continue
        if not _over(case, bail, suspect):
            why = "Bail has run out: this suspect is at liberty with no conditions, and the case is not decided."
            yield _risk(case, bail, suspect, bail, start_of(until + timedelta(days=1)), why, "run out")
            return


def _drawn_out(case: Case) -> Iterable[Finding]:
    """The third time that police bail is extended, and each after it, somebody is to ask whether the child is safe."""
    for suspect in sorted({s for _, s in _bailed(case)}):
        bails = [b for b, s in _bailed(case) if s == suspect and b.get("kind") == "pre_charge"]
        allowed = case.number("bail.extensions")
        if len(bails) > allowed and not _charged_or_closed(case, bails[allowed], suspect):
            last = bails[allowed]
            yield _risk(
                case,
                last,
                suspect,
                last,
                case.at_once(last),
                f"Bail has been extended {len(bails) - 1} times in this case.",
            )


def _charged_or_closed(case: Case, bail: Happening, suspect: int) -> bool:
    closing = case.first("investigation.closed", since=bail.at)
    own = case.chronology_of(suspect).of_kind("charge.made", "custody.received")
    return closing is not None or (
        bail.get("kind") in POLICE_BAIL and any(h.at >= bail.at and h.concerns(suspect, "suspect") for h in own)
    )


def _worse(h: Happening, bail: Happening, suspect: int) -> bool:
    if h.at <= bail.at + timedelta(hours=1) or not h.concerns(suspect, *AS_A_SUSPECT):
        return False
    if h.kind == "bail.checked":
        return h.get("kept") is False
    if h.kind == "offender.changed":
        return h.get("what") in ("contact_with_child",)
    if h.kind == "intelligence.recorded":
        return h.get("kind") in ABOUT_CHILDREN
    if h.kind == "crime.recorded":
        return h.get("child_is") not in ("none", "suspect") and bool(h.people.get("child"))
    return True


def _in_hand(case: Case, worse: Happening, bail: Happening, suspect: int) -> bool:
    """Whether somebody acted on it. The arrest is often entered before what it was for."""
    arrested = max(worse.at - SAME_DAY, bail.at + timedelta(minutes=1))
    own = case.chronology_of(suspect).of_kind(*TAKEN_IN_HAND)
    acted = any(h.at >= (arrested if h.kind in ARRESTED else worse.at) for h in own)
    return acted or case.first("strategy.held", since=worse.at) is not None


def _risk(
    case: Case, bail: Happening, suspect: int, cause: Happening, due_at: datetime, why: str, part: str = ""
) -> Finding:
    return case.finding(
        "suspect_on_bail_risk",
        cause,
        due_at,
        why,
        step="Ask today whether arrest, other conditions or a move of the child is needed, and record the decision.",
        rests_on=(bail,),
        concerns=(suspect, *about(bail), *cause.people.get("child", ())),
        part=f"{part}:{suspect}" if part else str(suspect),
    )


RULES = [
    Rule(
        "conditions_unmonitored",
        ("bail.set",),
        conditions_unmonitored,
        local_default(provision="MP-17"),
        "Conditions meant to protect a child that nobody checks.",
        roles=EVERYONE,
        answers=("bail.checked", "bail.breached"),
        around=True,
        limits=("conditions.checked",),
    ),
    Rule(
        "conditions_unmonitored",
        ("bail.set",),
        conditions_ending,
        local_default(provision="MP-17"),
        "Conditions meant to protect a child that are about to end.",
        roles=EVERYONE,
        answers=("bail.set", "charge.made", "investigation.closed"),
        around=True,
        limits=("conditions.renewed_days",),
    ),
    Rule(
        "suspect_on_bail_risk",
        ("bail.set",),
        suspect_on_bail_risk,
        BAIL_GUIDANCE,
        "A suspect at liberty who has become more dangerous.",
        roles=EVERYONE,
        answers=("suspect.arrested", "bail.set"),
        around=True,
        limits=("bail.extensions",),
    ),
]
