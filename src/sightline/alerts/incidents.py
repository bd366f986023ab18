"""Incidents, as they are counted: what one contact, crime or report opens; what follows within a few days of it belongs to it.

What officers must go to is another grouping, in `pathways.contact`. Imports no Django.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sightline.alerts.case import Case
from sightline.chronology.view import Happening

# Kinds of contact that are a worry about a child. Missing has a pathway of its own; crime and other may be anything.
WORRIES = (
    "concern_for_child", "domestic_abuse", "assault", "sexual_offence", "neglect", "exploitation", "online_abuse",
    "welfare_check", "disturbance",
)  # fmt: skip
HARMS = ("violence", "sexual", "cruelty_neglect", "exploitation", "online")
OPENING = ("contact.received", "crime.recorded", "concern.notified", "exploitation.indicated", "referral.made")
# Whose referral is itself the news of a worry; the police and the hub refer what they have on record already.
REFERRERS = ("health", "education", "housing", "probation", "youth_offending", "prison")
MISSING = "missing"  # a form about going missing belongs to the episode, which is counted by itself
AT_HOME = ("domestic_abuse", "assault", "disturbance")


class Told(TypedDict):
    """Of whom an alert speaks: the subject, and everyone it concerns."""

    subject: int
    concerns: tuple[int, ...]


def together(entry: Happening) -> Told:
    """What one entry about several children asks for is one thing to tell: of the first of them, concerning all."""
    children = entry.people["child"]
    return {"subject": children[0], "concerns": children}


@dataclass(frozen=True)
class Incident:
    """One incident: the entries that tell of it, the first of which opened it."""

    entries: tuple[Happening, ...]

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entries[0].at

    @property
    def opened(self) -> Happening:
        """The entry that opened it."""
        return self.entries[0]


def worrying(entry: Happening) -> bool:
    """Whether an entry tells of a worry about a child. A contact whose kind was not supplied counts: unknown is not harmless."""
    if entry.kind == "contact.received":
        return entry.get("kind") in (*WORRIES, None)
    if entry.kind == "crime.recorded":
        return entry.get("category") in HARMS and entry.get("child_is") not in ("suspect", "none")
    if entry.kind == "referral.made":
        theirs = entry.source in REFERRERS or entry.agency in REFERRERS
        return theirs and entry.get("basis") in ("s17", "s47", None)
    if entry.kind == "concern.notified":
        return MISSING not in " ".join(map(str, entry.get("kinds") or ())).lower()
    return entry.kind in OPENING


def at_home(entry: Happening) -> bool:
    """Whether an entry tells of violence between adults at home."""
    return entry.kind == "contact.received" and entry.get("kind") in AT_HOME


def incidents(case: Case, *more: str) -> tuple[Incident, ...]:
    """What happened to a child or in the home of a child, oldest first; `more`: further kinds that open one.

    Violence reported between the adults the child lives with is an incident of the child's, whether or not the report names the child.
    """
    own = [e for e in case.of(*OPENING, *more) if e.kind in more or worrying(e)]
    theirs = [
        e
        for adult in case.household()
        for e in case.chronology_of(adult).of_kind("contact.received")
        if at_home(e) and e.concerns(adult, "victim", "suspect") and "child" not in e.people
    ]
    return grouped([*own, *theirs], case)


def grouped(entries: Iterable[Happening], case: Case) -> tuple[Incident, ...]:
    """Entries as incidents: whatever comes within the limit after the entry that opened one belongs to it."""
    found: list[list[Happening]] = []
    for entry in sorted({e.event_id or id(e): e for e in entries}.values(), key=lambda e: (e.at, e.source, e.ref)):
        if found and entry.at < case.due("incident.same", found[-1][0]):
            found[-1].append(entry)
        else:
            found.append([entry])
    return tuple(Incident(tuple(held)) for held in found)
