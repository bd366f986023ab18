"""A child treated as a suspect where the facts call for safeguarding first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.investigation.alerts.words import (
    ARMED,
    DEALT,
    DISBELIEVED,
    HOME_TROUBLE,
    MADE_TO,
    PICTURES,
    RAN,
    says,
)
from sightline.pathways.investigation.clocks import CHILD_FIRST

TREATED = (
    "crime.recorded",
    "suspect.arrested",
    "suspect.seen",
    "detention.authorised",
    "detention.charged",
    "charge.made",
    "disposal.given",
)
ONE_AFFAIR = timedelta(days=28)
NEAR = timedelta(days=14)
JUST_BACK = timedelta(days=1)
BACK = timedelta(days=365)
RELATIVES = ("parent", "step_parent", "carer", "partner_of_parent", "grandparent", "sibling", "cousin")
USED = ("sexual", "exploitation", "online")
GRADED = ("medium", "high", "very_high")
LOOKED_AT = ("investigation.closed", "crime.cancelled")


def child_criminalised(case: Case) -> Iterable[Finding]:
    """A child was arrested, questioned, held or dealt with as a suspect where the facts called for safeguarding first.

    Recording a crime is a duty and does not raise it, save where a child is recorded as having deceived the police.
    An inspector or above who reviewed it, or the end of the case, answers it.
    """
    last: datetime | None = None
    for done in case.own.of_kind(*TREATED):
        if not _as_suspect(case, done) or not case.is_child(done.at):
            continue
        fresh, last = last is None or done.at - last > ONE_AFFAIR, done.at
        why = _why(case, done) if fresh else ""
        if why and not _answered(case, done):
            yield case.finding(
                "child_criminalised",
                done,
                case.at_once(done),
                f"A child is being treated as a suspect, though {why}.",
                step="Ask first what happened to this child and what keeps it safe; decide with social care whether this is a matter for the police.",
                rests_on=_crimes(case, done),
            )
        elif not why:
            last = None if fresh else last


def _as_suspect(case: Case, h: Happening) -> bool:
    if h.kind.startswith("detention."):
        return case.subject in h.people.get("child", ()) and h.get("power") not in ("s136", "warrant", "recall")
    blamed = case.subject in h.people.get("suspect", ()) and (case.born or case.subject in h.people.get("child", ()))
    if h.kind == "crime.recorded":
        return bool(blamed) and says(h.get("offence"), DISBELIEVED)
    if not blamed and not (h.get("child_is_suspect") and case.subject in h.people.get("child", ())):
        return False
    return h.kind != "suspect.seen" or h.get("under_caution") is True


def _crimes(case: Case, done: Happening) -> tuple[Happening, ...]:
    """What the child is suspected of, as recorded around it."""
    return tuple(
        h
        for h in case.own.of_kind("crime.recorded")
        if h.concerns(case.subject, "suspect") and abs(h.at - done.at) <= NEAR
    )


def _why(case: Case, done: Happening) -> str:
    """Why safeguarding comes first, as the end of a sentence; empty where it does not."""
    age = case.age(done.at)
    if age is not None and age < case.number("age.responsible", done.at):
        return f"a child of {age} is below the age of criminal responsibility"
    crimes = _crimes(case, done)
    blamed = " ".join(str(x) for h in (done, *crimes) for x in (h.get("offence"), h.get("for")) if x)
    said = f"{blamed} {done.get('reason') or ''}"
    if says(blamed, DISBELIEVED) or says(blamed, RAN):
        return "what it is blamed for is having told, or having run away"
    if says(said, PICTURES) and _harmed(case, done, USED):
        return "the child was itself harmed by the picture"
    if says(said, ARMED):
        return ""
    if _in_the_family(case, done, crimes):
        return "this was a quarrel in the family"
    if _at_the_childrens_home(case, done, crimes, said):
        return "this was trouble in the home where the child is looked after"
    if says(said, MADE_TO) and _exploited(case, done):
        return "there are signs that others exploit the child"
    if says(said, DEALT) and _sent_out(case, done):
        return "it was carrying drugs while away from home, as children do whom others send"
    return ""


def _harmed(case: Case, done: Happening, kinds: tuple[str, ...]) -> bool:
    since = done.at - BACK
    return any(
        h.at >= since and h.at <= done.at and h.get("category") in kinds and h.get("child_is") in ("victim", "both")
        for h in case.of("crime.recorded")
    )


def _victims(case: Case, done: Happening, crimes: Iterable[Happening]) -> frozenset[int]:
    near = [h for h in case.own.of_kind("contact.received") if abs(h.at - done.at) <= timedelta(days=1)]
    named = {p for h in (done, *crimes, *near) for p in h.people.get("victim", ())}
    others = {p for h in crimes for p in h.people.get("child", ())}
    return frozenset(named | others) - {case.subject}


def _in_the_family(case: Case, done: Happening, crimes: Iterable[Happening]) -> bool:
    victims = _victims(case, done, crimes)
    family = case.kin(*RELATIVES, at=done.at) | case.household(done.at)
    return bool(victims) and victims <= family


def _looked_after(case: Case, at: datetime) -> bool:
    said = case.last("marker.set", before=at, where=lambda h: h.get("kind") == "looked_after")
    ended = said and case.first("marker.cleared", since=said.at, where=lambda h: h.get("kind") == "looked_after")
    return bool(said and not ended) or case.in_care_home(at)


def _at_the_childrens_home(case: Case, done: Happening, crimes: Iterable[Happening], said: str) -> bool:
    if not _looked_after(case, done.at) or not says(said, HOME_TROUBLE):
        return False
    return _victims(case, done, crimes) <= case.kin("carer", "worker_with", at=done.at) and says(
        said, ("damage", "home", "carer", "staff", "unit", "placement", "worker")
    )


def _exploited(case: Case, done: Happening) -> bool:
    since = done.at - BACK
    signs = case.within(
        "exploitation.indicated", "nrm.referred", "nrm.decided", since=since, until=done.at + timedelta(hours=6)
    )
    graded = case.within(
        "risk.assessed",
        since=since,
        until=done.at,
        where=lambda h: h.get("tool") == "exploitation" and h.get("grade") in GRADED,
    )
    marked = case.last("marker.set", before=done.at, where=lambda h: h.get("kind") == "exploitation_risk")
    return bool(signs or graded or marked or _harmed(case, done, ("exploitation",)))


def _sent_out(case: Case, done: Happening) -> bool:
    """Whether a child was missing, or just back, when found with drugs to sell."""
    reported = case.last("missing.reported", before=done.at)
    back = reported and case.first("missing.returned", since=reported.at, until=done.at - JUST_BACK)
    return reported is not None and back is None and done.at - reported.at <= ONE_AFFAIR


def _answered(case: Case, done: Happening) -> bool:
    seniors = case.first(
        "investigation.reviewed", since=done.at, where=lambda h: h.get("by_role") in ("inspector", "superintendent")
    )
    return seniors is not None or case.first(*LOOKED_AT, since=done.at) is not None


RULES = [
    Rule(
        "child_criminalised",
        TREATED,
        child_criminalised,
        CHILD_FIRST,
        "A child treated as a suspect where safeguarding comes first.",
        roles=("suspect", "child"),
        limits=("age.responsible",),
    ),
]
