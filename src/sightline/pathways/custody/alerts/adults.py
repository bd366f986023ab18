"""The adults a held child is owed: an appropriate adult, parents or carers told, rights given with the adult there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.ties import PARENTS
from sightline.chronology.view import Happening
from sightline.pathways.custody.alerts.stay import Stay, held, stays
from sightline.pathways.custody.clocks import CODE_C, law

ALATE = "appropriate_adult_late"


def adult_came(stay: Stay) -> bool:
    """Whether an appropriate adult is known to have been there."""
    return bool(
        stay.first("adult.arrived")
        or stay.first(
            "detention.rights_given", "detention.interviewed", where=lambda h: h.get("appropriate_adult_present") is True
        )
    )  # fmt: skip


def appropriate_adult_late(case: Case) -> Iterable[Finding]:
    """No appropriate adult has been asked, or the one asked has not come, cannot come, or will come too late."""
    for stay in held(case):
        if stay.under("custody.adult_under") and not adult_came(stay):
            yield _awaited(case, stay)


def _awaited(case: Case, stay: Stay) -> Finding:
    asked = stay.all("adult.requested")
    if not asked:
        due = case.due("adult.asked", stay.began)
        why = f"No appropriate adult has been asked to come within {case.say('adult.asked', stay.began)} of this child's detention."
    else:
        due = case.due("adult.here", asked[0])
        why = f"The appropriate adult has not come within {case.say('adult.here', asked[0])} of being asked."
        if sooner := _will_not_come(case, stay, asked[-1], due):
            due, why = sooner
    step = "Ask another adult now: the youth offending team's rota, or a volunteer."
    return case.finding(ALATE, stay.began, due, why, step=step, rests_on=asked[:1])


def _will_not_come(case: Case, stay: Stay, asked: Happening, due: datetime) -> tuple[datetime, str] | None:
    """When to say that whoever was asked last cannot come, or not in time; None while they may."""
    answer = stay.last("adult.answered", where=lambda h: h.at >= asked.at)
    if answer is None:
        return None
    said = answer.get("expected")
    expected = datetime.fromisoformat(str(said)) if said else None
    if answer.get("coming") is False:
        return min(
            due, case.due("adult.another", answer)
        ), "The adult who was asked is not coming and no other has been asked."
    if expected is not None and expected > due:
        return min(
            due, case.at_once(answer)
        ), "The appropriate adult will not come until long after the child needs one."
    return None


def interviewed_alone(case: Case) -> Iterable[Finding]:
    """A child was interviewed as a suspect with no appropriate adult there."""
    for stay in stays(case):
        alone = stay.first("detention.interviewed", where=lambda h: h.get("appropriate_adult_present") is False)
        if alone and stay.under("custody.adult_under"):
            yield case.finding(
                ALATE,
                alone,
                case.at_once(alone),
                "This child was interviewed without an appropriate adult.",
                step="Stop any further interview, get an adult, and tell the investigator what the interview is worth.",
                rests_on=(stay.began,),
            )


def responsible_adult_not_told(case: Case) -> Iterable[Finding]:
    """An hour after a child's detention nobody responsible for the child has been told."""
    for stay in held(case):
        if stay.under("custody.adult_under") and not _told(case, stay):
            yield case.finding(
                "responsible_adult_not_told",
                stay.began,
                case.due("responsible.told", stay.began),
                f"This child has been held for {case.say('responsible.told', stay.began)} and {_whom(case, stay)} has not been told.",
                step="Tell them now where the child is and why, and record it.",
            )


def in_care(case: Case, at: datetime) -> bool:
    """Whether a local authority looks after the child, as far as is recorded."""
    marks = [
        h
        for h in case.own.of_kind("marker.set", "marker.cleared")
        if h.get("kind") == "looked_after" and h.at <= at and not (h.get("until") and str(h.get("until")) <= at.date().isoformat())
    ]  # fmt: skip
    placed = case.last("placement.started", "placement.ended", before=at)
    return bool(marks and marks[-1].kind == "marker.set") or bool(placed and placed.kind == "placement.started")


def _whom(case: Case, stay: Stay) -> str:
    return "the authority that looks after them" if in_care(case, stay.began.at) else "whoever is responsible for them"


def _told(case: Case, stay: Stay) -> bool:
    """For a child in care, the authority or the home (Code C 3.13(b)); for any other, a parent or carer, or social care."""
    theirs = ("social_care", "care_home") if in_care(case, stay.began.at) else ("parent", "care_home", "social_care")
    asks = {"social_care": "social_worker", "parent": "parent"}
    parents = case.kin(*PARENTS, at=stay.began.at)
    return bool(
        stay.first("detention.informed", where=lambda h: h.get("whom") in theirs)
        or stay.first("adult.requested", where=lambda h: h.get("who") in {asks.get(t) for t in theirs} - {None})
        or stay.first("adult.arrived", where=lambda h: "parent" in theirs and bool(parents & set(h.people.get("adult", ()))))
        or stay.first("family.informed", where=lambda h: "parent" in theirs and h.get("whom") in ("parent", "carer"))
    )  # fmt: skip


def rights_late(case: Case) -> Iterable[Finding]:
    """A child has not been given their rights with an appropriate adult there."""
    for stay in held(case):
        given = stay.first("detention.rights_given", where=lambda h: h.get("appropriate_adult_present") is not False)
        if stay.under("custody.adult_under") and not stay.for_health and not given:
            alone = stay.first("detention.rights_given")
            yield case.finding(
                "rights_late",
                stay.began,
                case.due("rights.given", stay.began),
                "This child was told their rights with no appropriate adult there, and not again since."
                if alone
                else f"This child has not been given their rights within {case.say('rights.given', stay.began)}.",
                step="Give the rights again as soon as the adult is there.",
                rests_on=(alone,) if alone else (),
            )


RULES = [
    Rule(
        ALATE,
        ("detention.authorised",),
        appropriate_adult_late,
        law(CODE_C, "3.15"),
        "No appropriate adult asked for, or none who has come.",
        answers=("adult.requested", "adult.arrived", "detention.ended"),
        limits=("adult.asked", "adult.another", "adult.here", "custody.adult_under"),
    ),
    Rule(
        ALATE,
        ("detention.interviewed",),
        interviewed_alone,
        law(CODE_C, "11.15"),
        "A child interviewed as a suspect without an appropriate adult.",
    ),
    Rule(
        "responsible_adult_not_told",
        ("detention.authorised",),
        responsible_adult_not_told,
        law(CODE_C, "3.13"),
        "Nobody responsible for a held child has been told.",
        answers=("detention.informed",),
        limits=("responsible.told", "custody.adult_under"),
    ),
    Rule(
        "rights_late",
        ("detention.authorised",),
        rights_late,
        law(CODE_C, "3.17"),
        "Rights not given with the appropriate adult there.",
        answers=("detention.rights_given",),
        limits=("rights.given", "custody.adult_under"),
    ),
]
