"""What is said to have been done to a child: the entries that call for a discussion, a clinician or the police. Imports no Django."""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.alerts.case import ADULT, Case
from sightline.chronology.view import Happening

HARM = ("violence", "sexual", "cruelty_neglect", "exploitation")
BODILY = ("violence", "sexual")
# How concern forms and referrals name harm to the body and harm that is an offence: parts of words, lower case, as services write them.
BODILY_WORDS = ("physical", "sexual", "assault", "injur", "bruis")
OFFENCE_WORDS = (*BODILY_WORDS, "online", "groom", "exploit")
MOVED = timedelta(minutes=1)


def is_victim(case: Case, entry: Happening) -> bool:
    """Whether the child is on the receiving end of it, and not the one suspected."""
    if case.subject in entry.people.get("suspect", ()):
        return False
    return entry.kind != "crime.recorded" or entry.get("child_is") in ("victim", "both")


def by_children(case: Case, entry: Happening) -> bool:
    """Whether all who are suspected in it are known to be children themselves."""
    suspects = entry.people.get("suspect", ())
    return bool(suspects) and all((age := case.other(s).age(entry.at)) is not None and age < ADULT for s in suspects)


def by_family(case: Case, entry: Happening) -> bool:
    """Whether somebody suspected in it is family, or lives with the child."""
    suspects = set(entry.people.get("suspect", ()))
    return bool(suspects & (case.kin(at=entry.at) | case.household(entry.at)))


def speaks_of(entry: Happening, words: tuple[str, ...]) -> bool:
    """Whether a form's list of kinds of harm names one of these."""
    return any(word in str(kind).lower() for kind in entry.get("kinds") or () for word in words)


def bodily_allegation(case: Case, before: datetime, days: float) -> Happening | None:
    """The first entry, in so many days before a decision, that says this child was hurt or sexually abused."""
    since = before - timedelta(days=days)
    kinds = ("crime.recorded", "contact.received", "child.seen", "concern.notified")
    return case.first(*kinds, since=since, until=before + MOVED, where=lambda h: _bodily(case, h))


def _bodily(case: Case, entry: Happening) -> bool:
    if not entry.concerns(case.subject, "child") or not is_victim(case, entry):
        return False
    if entry.kind == "crime.recorded":
        return entry.get("category") in BODILY
    if entry.kind == "contact.received":
        return entry.get("kind") in ("assault", "sexual_offence")
    if entry.kind == "child.seen":
        return bool(str(entry.get("injuries") or "").strip())
    return speaks_of(entry, BODILY_WORDS)


def suspected_offence(case: Case, before: datetime, days: float) -> Happening | None:
    """The first entry, in so many days before a decision, from which an offence by an adult against this child may be suspected."""
    since = before - timedelta(days=days)
    kinds = ("crime.recorded", "contact.received", "concern.notified", "exploitation.indicated")
    return case.first(*kinds, since=since, until=before + MOVED, where=lambda h: _offence(case, h))


def _offence(case: Case, entry: Happening) -> bool:
    if not entry.concerns(case.subject, "child") or not is_victim(case, entry) or by_children(case, entry):
        return False
    if entry.kind == "crime.recorded":
        return entry.get("category") in (*HARM, "online")
    if entry.kind == "contact.received":
        return entry.get("kind") in ("assault", "sexual_offence", "online_abuse", "exploitation")
    return entry.kind == "exploitation.indicated" or speaks_of(entry, OFFENCE_WORDS)
