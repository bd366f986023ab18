"""The family told, and the other children of the home heard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.investigation.alerts.matters import RESULTS, Matter, about, belongs, closed, matters
from sightline.pathways.investigation.clocks import VICTIMS_CODE

DECISIONS = ("charge.made", "cps.decided", "disposal.given", "investigation.closed", "court.result")
HARM = ("violence", "cruelty_neglect", "sexual")
SPOKEN_TO = ("child.seen", "interview.held", "voice.captured", "plan.visit", "suspect.seen", "detention.interviewed")
BEFORE = timedelta(days=1)
KIN = ("parent", "step_parent", "carer", "partner_of_parent", "grandparent", "sibling", "aunt_uncle", "cousin")


def family_not_informed(case: Case) -> Iterable[Finding]:
    """The child or family has heard nothing for four weeks of a live case, or nothing within a working day of a decision."""
    for matter in matters(case)[-1:]:
        if not {*matter.opened.people.get("child", ()), *matter.opened.people.get("victim", ())}:
            continue
        told = case.last("family.informed", since=matter.opened.at - BEFORE)
        decision = _untold(case, matter, told.at if told else None)
        if decision is not None:
            yield _uninformed(
                case,
                decision,
                case.due("family.told", decision),
                f"a decision was taken and the family has not been told of it within {case.say('family.told', decision)}",
            )
        elif closed(case, matter) is None and not _in_court_ended(case, matter):
            last = told or matter.opened
            yield _uninformed(
                case,
                matter.opened,
                case.due("family.updated", last),
                f"the child and family have been told nothing for {case.say('family.updated', last)}",
                last,
            )


def _untold(case: Case, matter: Matter, told: datetime | None) -> Happening | None:
    """The first decision after which nobody was told anything."""
    for h in case.own.of_kind(*DECISIONS):
        ours = h.at >= matter.opened.at and case.subject in about(h) and belongs(h, matter)
        if ours and (told is None or told < h.at) and _is_decision(h):
            return h
    return None


def _is_decision(h: Happening) -> bool:
    if h.kind == "court.result":
        return h.get("result") in RESULTS
    return h.get("outcome") not in ("transferred",) and h.get("decision") not in ("more_evidence",)


def _in_court_ended(case: Case, matter: Matter) -> bool:
    return (
        case.first("court.result", since=matter.opened.at, where=lambda h: _is_decision(h) and belongs(h, matter))
        is not None
    )


def _uninformed(case: Case, cause: Happening, due_at: datetime, what: str, last: Happening | None = None) -> Finding:
    return case.finding(
        "family_not_informed",
        cause,
        due_at,
        f"In this case {what}.",
        step="Ring or visit today; say where the case stands, what is causing the wait and when they will next hear.",
        rests_on=(last,) if last else (),
        concerns=about(cause),
    )


def witness_outstanding(case: Case) -> Iterable[Finding]:
    """A child of a home in which another was harmed has not been spoken to. Seen asleep or in passing is not spoken to."""
    for crime in case.of("crime.recorded", where=lambda h: h.get("child_is") in ("victim", "both")):
        if case.first("investigation.closed", "crime.cancelled", since=crime.at) is not None:
            continue
        named = {p for held in crime.people.values() for p in held}
        if crime.get("category") in HARM and _by_the_family(case, crime):
            for child in sorted(case.household(crime.at) - named):
                if _may_say(case, child, crime.at) and not _heard(case, child, crime):
                    yield _unheard(case, crime, child, "A child of this home, who may have seen or suffered it,")
        for child in sorted(_of_both(case, crime)):
            if not _heard(case, child, crime):
                yield _unheard(
                    case, crime, child, "One of the children in this, where a child is said to have harmed another,"
                )


def _of_both(case: Case, crime: Happening) -> frozenset[int]:
    """The children on either side, where one is said to have harmed another; nobody where a grown person is suspected."""
    suspects = frozenset(
        p for p in crime.people.get("suspect", ()) if case.other(p).born and case.other(p).is_child(crime.at)
    )
    harmed = frozenset((*crime.people.get("child", ()), *crime.people.get("victim", ())))
    harmed = frozenset(p for p in harmed if case.other(p).is_child(crime.at)) - suspects
    return suspects | harmed if suspects and harmed else frozenset()


def _unheard(case: Case, crime: Happening, child: int, who: str) -> Finding:
    return case.finding(
        "witness_outstanding",
        crime,
        case.due("witness.spoken_to", crime),
        f"{who} has not been spoken to within {case.say('witness.spoken_to', crime)}.",
        step="Have somebody trained see this child alone, and record what they say or how they behave.",
        subject=child,
        concerns=about(crime),
    )


def _by_the_family(case: Case, crime: Happening) -> bool:
    """Whether it was, or may have been, somebody of the home: a stranger's crime elsewhere has no witnesses in it."""
    suspects = set(crime.people.get("suspect", ()))
    return bool(suspects & (case.household(crime.at) | case.kin(*KIN, at=crime.at)))


def _may_say(case: Case, child: int, at: datetime) -> bool:
    """Whether this is a child old enough to be asked. Of unknown age: only where it is said to be a brother or sister."""
    age = case.other(child).age(at)
    if age is None:
        return child in case.kin("sibling", at=at)
    return age < 18 and age >= case.number("witness.age", at)


def _heard(case: Case, child: int, crime: Happening) -> bool:
    def heard(h: Happening) -> bool:
        if h.kind in ("suspect.seen", "detention.interviewed"):
            return True
        if not h.concerns(child, "child"):
            return False
        if h.kind == "child.seen":
            return bool(h.get("spoken_to"))
        return h.kind != "plan.visit" or bool(h.get("seen") and h.get("alone"))

    return case.other(child).first(*SPOKEN_TO, since=crime.at - BEFORE, where=heard) is not None


RULES = [
    Rule(
        "family_not_informed",
        ("investigation.opened",),
        family_not_informed,
        VICTIMS_CODE,
        "A child or family told nothing.",
        roles=("child", "victim"),
        answers=("family.informed",),
        limits=("family.updated", "family.told"),
    ),
    Rule(
        "witness_outstanding",
        ("crime.recorded",),
        witness_outstanding,
        local_default(provision="SI-22"),
        "A brother, sister or other child of the home not spoken to.",
        answers=("child.seen", "interview.held"),
        around=True,
        limits=("witness.spoken_to", "witness.age"),
    ),
]
