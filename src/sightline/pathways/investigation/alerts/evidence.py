"""What fades: an injury, a scene, what only a doctor can find."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.investigation.alerts.words import INJURING, NO_EXAMINATION, NO_TOUCH, TOUCH, injured, says
from sightline.pathways.investigation.clocks import ABUSE_EVIDENCE, MEDICAL

PHYSICAL = ("violence", "cruelty_neglect")
SUSPICION = ("crime.recorded", "investigation.opened", "strategy.requested", "strategy.held", "referral.made")
PICTURES = ("photograph", "scene", "forensic")
BEFORE = timedelta(days=2)  # an injury is often seen before anything is opened about it
LATELY = timedelta(days=7)
MOMENT = timedelta(seconds=1)


def _victim(h: Happening) -> bool:
    return h.get("child_is") in ("victim", "both", None)


def _closed_since(case: Case, at: datetime) -> bool:
    return case.first("investigation.closed", "crime.cancelled", since=at) is not None


def _injuries(case: Case) -> tuple[Happening, ...]:
    return case.of("child.seen", where=lambda h: injured(h.get("injuries")))


def evidence_delayed(case: Case) -> Iterable[Finding]:
    """An injury that a crime may have caused was seen and not photographed, or a neglected home was visited and not photographed."""
    crimes = case.of("crime.recorded", where=_victim)
    before: datetime | None = None
    for seen in _injuries(case):
        again, before = before is not None and seen.at - before <= LATELY, seen.at
        if again or not _may_be_a_crime(case, seen) or _closed_since(case, seen.at):
            continue
        if not _pictured(case, seen.at - LATELY, ("photograph", "forensic")):
            yield _not_taken(case, seen, "An injury was seen on this child and has not been photographed")
    for crime in crimes:
        came = case.first("attendance.arrived", since=crime.at - BEFORE, until=crime.at)
        visited = crime.get("category") == "cruelty_neglect" and came is not None and not _injuries(case)
        if visited and not _pictured(case, crime.at - BEFORE, PICTURES) and not _closed_since(case, crime.at):
            yield _not_taken(case, crime, "Neglect was recorded after a visit and nothing was photographed")


def _may_be_a_crime(case: Case, seen: Happening) -> bool:
    """Whether what was seen is looked into as harm by somebody. Injuries of a sexual offence are for the doctor to picture."""
    since, until = seen.at - LATELY, seen.at + LATELY
    crimes = case.within("crime.recorded", since=since, until=until, where=_victim)
    if crimes:
        return any(h.get("category") not in ("sexual", "online") for h in crimes)
    return bool(case.within("investigation.opened", since=since, until=until))


def _pictured(case: Case, since: datetime, kinds: tuple[str, ...]) -> bool:
    taken = case.first("evidence.taken", since=since, where=lambda h: h.get("kind") in kinds)
    doctor = case.first("medical.held", since=since, where=lambda h: says(h.get("findings"), ("photograph",)))
    return taken is not None or doctor is not None


def _not_taken(case: Case, cause: Happening, what: str) -> Finding:
    return case.finding(
        "evidence_delayed",
        cause,
        case.due("evidence.injury", cause),
        f"{what}, {case.say('evidence.injury', cause)} on. Marks fade and rooms are cleaned.",
        step="Have photographs taken today, by somebody trained to, with a scale.",
    )


def medical_missing(case: Case) -> Iterable[Finding]:
    """An injury or a sexual allegation about a child, and no doctor has examined them: a day, or at once for what is
    recent and sexual; where specialists and social care have it at once, they have the time to ring a clinician. What is recorded as
    exploitation is a course of conduct, whose last act has no date.

    A request holds it for a day. A clinician who says that no examination is needed or wanted ends it.
    """
    for cause, sexual in _allegations(case):
        if not case.is_child(cause.at) or _examined(case, cause) or _closed_since(case, cause.at):
            continue
        asked = case.first("medical.requested", "health.consulted", since=cause.at - BEFORE)
        due_at = case.due("medical.held", cause)
        if sexual and cause.get("recent") is True and cause.get("category") == "sexual":
            due_at = _to_be_asked(case, cause) if asked is None else case.due("medical.held", asked)
        elif asked is not None:
            due_at = max(due_at, case.due("medical.held", asked))
        what = "A sexual offence against this child" if sexual else "An injury to this child"
        state = "was asked for and has not been held" if asked else "has been asked for or held"
        yield case.finding(
            "medical_missing",
            cause,
            due_at,
            f"{what} is recorded and {'a' if asked else 'no'} medical examination {state}.",
            step="Ring the paediatrician or the referral centre now; record what they say and when they will see the child.",
            rests_on=(asked,) if asked else (),
        )
        return


def _to_be_asked(case: Case, crime: Happening) -> datetime:
    """By when a clinician must have been asked about what is recent and sexual: at once. Half an hour is left where a joint enquiry has begun in
    those minutes, since whether and where to examine is then decided together, with a paediatrician (Working Together, section 47 enquiries).
    """
    at_once = case.due("medical.recent", crime)
    since, until = crime.at - BEFORE, at_once + MOMENT
    ours = case.first(
        "investigation.opened", "investigation.allocated", since=since, until=until, where=_with_specialists
    )
    theirs = case.first("referral.made", "strategy.requested", since=since, until=until, where=_of_harm)
    return case.due("medical.asked", crime) if ours and theirs else at_once


def _with_specialists(h: Happening) -> bool:
    return h.get("specialist") is True or h.get("team") in ("child_protection", "rape", "exploitation")


def _allegations(case: Case) -> Iterable[tuple[Happening, bool]]:
    """What calls for a doctor, oldest first, each with whether it is sexual."""
    injuries = _injuries(case)
    crimes = case.of("crime.recorded", where=_victim)
    for crime in crimes:
        if _touched(crime):
            yield crime, True
        elif crime.get("category") in PHYSICAL and not _by_a_child(case, crime) and _hurt(crime, injuries):
            yield crime, False
    if not crimes and injuries:
        first = case.first(*SUSPICION, since=injuries[0].at - BEFORE, where=_of_harm)
        if first is not None:
            yield max(first, injuries[0], key=lambda h: h.at), False
    if not crimes and (told := case.of("contact.received", where=lambda h: h.get("kind") == "sexual_offence")):
        first = case.first(*SUSPICION, since=told[0].at, where=_of_harm)
        if first is not None:
            yield first, True


def _hurt(crime: Happening, injuries: Iterable[Happening]) -> bool:
    by_name = says(crime.get("offence"), INJURING) and not says(crime.get("offence"), ("no injur", "without injur"))
    return by_name or any(abs(h.at - crime.at) <= BEFORE for h in injuries)


def _of_harm(h: Happening) -> bool:
    return h.kind != "referral.made" or h.get("basis") == "s47"


def _touched(crime: Happening) -> bool:
    """A sexual offence in which the child was touched, as far as its name says."""
    offence = crime.get("offence")
    if crime.get("category") == "exploitation":
        return says(offence, TOUCH)
    return crime.get("category") == "sexual" and not says(offence, NO_TOUCH)


def _by_a_child(case: Case, crime: Happening) -> bool:
    held = crime.people.get("suspect", ())
    if not held:
        return bool(crime.get("child_is") == "both")  # between the children themselves
    return all(case.other(p).born is not None and case.other(p).is_child(crime.at) for p in held)


def _examined(case: Case, cause: Happening) -> bool:
    since = cause.at - BEFORE
    held = case.first("medical.held", since=since)
    not_needed = case.first("health.consulted", since=since, where=lambda h: says(h.get("opinion"), NO_EXAMINATION))
    return held is not None or not_needed is not None


RULES = [
    Rule(
        "evidence_delayed",
        ("child.seen", "crime.recorded"),
        evidence_delayed,
        ABUSE_EVIDENCE,
        "An injury or a neglected home that nobody photographed in time.",
        answers=("evidence.taken",),
        limits=("evidence.injury",),
    ),
    Rule(
        "medical_missing",
        ("crime.recorded", "child.seen", "contact.received"),
        medical_missing,
        MEDICAL,
        "An injury or a sexual allegation without a medical examination.",
        answers=("medical.held", "medical.requested", "health.consulted"),
        around=True,
        limits=("medical.held", "medical.asked", "medical.recent"),
    ),
]
