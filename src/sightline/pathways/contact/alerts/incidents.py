"""What one call or several open: who it is about, since when, whether anybody came, and whether each child was seen.

It asks what officers must still do, so calls belong together while nobody has come. `alerts.incidents` asks how often things happen to a
child, so there whatever follows within days is one, whoever came. The same two calls may be two to attend and one to count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sightline.alerts.case import Case
from sightline.chronology.view import Happening

# Roles in which an adult answers for a contact that names no child; the first who is named does.
ADULTS = ("victim", "reporter", "adult", "parent", "carer", "subject", "suspect")
EVERYBODY = ("child", *ADULTS)
NOT_ABOUT_HARM = ("antisocial", "crime", "other")
# Entries that show, by themselves, that a professional had the child in front of them.
FACE_TO_FACE = (
    "child.seen", "protection.taken", "return_interview.held", "interview.held", "medical.held",
    "detention.authorised", "detention.interviewed",
)  # fmt: skip
# Entries that show it where they say so.
IF_SAID = ("prevention_interview.held", "plan.visit", "assessment.completed", "missing.returned", "concern.notified")
SEEN = (*FACE_TO_FACE, *IF_SAID)
CAME = ("attendance.arrived", "suspect.arrested", *SEEN)


@dataclass(frozen=True)
class Incident:
    """Calls about one incident. `until`: when the next one began; None for the last."""

    contacts: tuple[Happening, ...]
    until: datetime | None = None

    @property
    def first(self) -> Happening:
        """The call that opened it."""
        return self.contacts[0]

    @property
    def since(self) -> datetime:
        """When it was opened."""
        return self.first.at


def answers_for(case: Case, entry: Happening) -> bool:
    """Whether an entry is this person's to ask about: they are its child, or it names no child and they are its first adult."""
    children = entry.people.get("child", ())
    if children:
        return case.subject in children and case.is_child(entry.at)
    first = next((held[0] for role in ADULTS if (held := entry.people.get(role))), None)
    return first == case.subject


def incidents(case: Case) -> Iterator[Incident]:
    """The incidents a person answers for, oldest first. A further call soon after, or while nobody has come, belongs to the one before."""
    held: list[Happening] = []
    for contact in case.own.of_kind("contact.received"):
        if not answers_for(case, contact):
            continue
        if held and not _same(case, held, contact):
            yield Incident(tuple(held), contact.at)
            held = []
        held.append(contact)
    if held:
        yield Incident(tuple(held))


def _same(case: Case, held: list[Happening], contact: Happening) -> bool:
    if contact.at <= case.due("contact.same_incident", held[-1]):
        return True
    waiting = contact.at <= case.due("contact.still_waiting", held[0])
    return waiting and case.first(*CAME, since=held[0].at, until=contact.at) is None


def about(case: Case, incident: Incident) -> tuple[int, ...]:
    """The children an incident is about: the child named; else children of the household where children are said to be there.

    Children said to be there of whom nothing is known are asked about with the adult who was named.
    """
    contact = incident.first
    if contact.people.get("child"):
        return (case.subject,)
    if named := named_elsewhere(case, incident):
        return named
    said = {c.get("children_present") for c in incident.contacts}
    if True in said or (contact.get("kind") == "domestic_abuse" and False not in said):
        known = tuple(sorted(p for p in case.household(contact.at) if _known_child(case.other(p), contact.at)))
        return known or ((case.subject,) if True in said else ())
    return ()


def named_elsewhere(case: Case, incident: Incident) -> tuple[int, ...]:
    """The children whom another record of the same incident names, as the officer's form does for a call that names none."""
    if any(c.people.get("child") for c in incident.contacts):
        return ()
    opens, until = incident.since, case.due("contact.same_incident", incident.contacts[-1])
    forms = (
        h
        for h in case.own.of_kind("contact.received")
        if opens <= case.due("contact.same_incident", h) and h.at <= until
    )
    return tuple(sorted({p for h in forms for p in h.people.get("child", ()) if p != case.subject}))


def taken_as_a_call(incident: Incident) -> bool:
    """Whether a control room took it: what is only known from a form that an officer filled in has no search and no grade of its own."""
    return any(c.get("graded") or c.get("channel") for c in incident.contacts)


def _known_child(case: Case, at: datetime) -> bool:
    return case.born is not None and case.is_child(at)


def was_seen(entry: Happening) -> bool:
    """Whether an entry shows that the child was seen; one that says they were not is no sighting."""
    if entry.kind == "prevention_interview.held":
        return entry.get("seen") is not False
    if entry.kind in ("plan.visit", "concern.notified"):
        return entry.get("seen") is True
    if entry.kind == "assessment.completed":
        return entry.get("child_seen") is True
    if entry.kind == "missing.returned":
        return bool(entry.get("found_by") == "police")
    return True


def seen(case: Case, child: int, since: datetime) -> Happening | None:
    """The first time somebody saw the child from then."""
    return case.other(child).first(*SEEN, since=since, where=was_seen)


def came(case: Case, incident: Incident, children: tuple[int, ...]) -> bool:
    """Whether anybody reached the incident, or saw one of its children."""
    if case.first(*CAME, since=incident.since, where=was_seen) is not None:
        return True
    if any(c.get("channel") == "in_person" for c in incident.contacts):
        return True
    return any(seen(case, child, incident.since) is not None for child in children if child != case.subject)
