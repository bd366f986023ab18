"""What an investigation is, for rules: whom it is about, who is suspected, whether it still lives, and what was last done on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.chronology.view import Happening
from sightline.pathways.investigation.alerts.words import AWAITING, COMPLAINT, says

NOT_POLICE = ("social_care", "child_protection", "placements", "health", "education", "housing")
INVESTIGATORS = ("crime", "child_abuse", "domestic_abuse")
CHILDREN_TEAMS = ("child_protection", "exploitation", "online")
NEAR = timedelta(days=7)
SUSPECTED = ("suspect", "offender", "subject")
NEWS = ("intelligence.recorded",)  # what is learnt of a suspect, whomever he was seen with
RESULTS = ("convicted", "acquitted", "discontinued")


def _any(_: Happening) -> bool:
    return True


def _directs(h: Happening) -> bool:
    """A review that decides something. One that only notes that a thing is late, or says nothing, moves no case."""
    return any(not says(d, AWAITING) for d in h.get("directions") or ())


def _by_investigators(h: Happening) -> bool:
    return h.source not in NOT_POLICE and h.agency not in NOT_POLICE


def _met(h: Happening) -> bool:
    """Time given to the child: an investigator who saw them, so that patient preparation is not taken for drift."""
    return h.source in INVESTIGATORS and h.get("spoken_to") is not False


def _childs(h: Happening) -> bool:
    return h.get("whose") in ("child",) and not says(h.get("text"), COMPLAINT)


def _on_a_suspect(h: Happening) -> bool:
    """A meeting of agencies about somebody who harms children, or about the child he harms."""
    return h.get("kind") in ("exploitation", "marac", "mappa", "professionals", "designated_officer")


# What counts as something done: an enquiry, a decision or an act that protects. Being told that there is no news, a visit or
# the end of an enquiry by social care, and a supervisor's note that a thing is late do not move a criminal investigation.
ACTS: Mapping[str, Callable[[Happening], bool]] = {
    **dict.fromkeys(
        (
            "investigation.allocated",
            "investigation.planned",
            "interview.planned",
            "interview.held",
            "medical.requested",
            "medical.held",
            "medical.reported",
            "health.consulted",
            "evidence.taken",
            "suspect.identified",
            "suspect.seen",
            "suspect.arrested",
            "arrest.considered",
            "bail.set",
            "bail.checked",
            "device.seized",
            "device.submitted",
            "device.allocated",
            "device.examined",
            "device.reported",
            "report.requested",
            "report.received",
            "cps.submitted",
            "cps.decided",
            "charge.made",
            "disposal.given",
            "crime.recorded",
            "intelligence.recorded",
            "information.requested",
            "information.supplied",
            "disruption.considered",
            "disruption.used",
            "strategy.held",
            "offender.visited",
        ),
        _any,
    ),
    "investigation.reviewed": _directs,
    "action.done": _by_investigators,
    "child.seen": _met,
    "voice.captured": _childs,
    "meeting.held": _on_a_suspect,
}


@dataclass(frozen=True)
class Matter:
    """One investigation: the entry that opened it, whom its alerts are about, who is suspected, and everybody in it."""

    opened: Happening
    about: frozenset[int]
    suspects: frozenset[int]
    people: frozenset[int]


def about(h: Happening) -> frozenset[int]:
    """Whom an alert that rests on an entry is about: the children named; where none is, the victims; where none is, the suspects."""
    for roles in (("child",), ("victim",), SUSPECTED):
        if found := frozenset(p for role in roles for p in h.people.get(role, ())):
            return found
    return frozenset()


def suspected(h: Happening) -> frozenset[int]:
    """Those suspected in an entry, whom it is about apart: a child who is a suspect is another matter."""
    held = frozenset(h.people.get("suspect", ()))
    return held - frozenset(h.people.get("child", ()))


def matters(case: Case) -> list[Matter]:
    """Every investigation that is about the subject, oldest first."""
    return [
        _matter(case, opened)
        for opened in case.own.of_kind("investigation.opened")
        if case.subject in about(opened) and of_children(case, opened)
    ]


def of_children(case: Case, entry: Happening) -> bool:
    """Whether a case is one of harm to children though it names none, as with images, or an adult who tells of childhood."""
    if entry.people.get("child") or entry.get("team") in CHILDREN_TEAMS:
        return True
    near = case.within("crime.recorded", since=entry.at - NEAR, until=entry.at + NEAR)
    return any(h.people.get("child") or h.get("child_is") not in ("none", None) for h in near)


def _matter(case: Case, opened: Happening) -> Matter:
    named = {
        p
        for h in case.own.of_kind("suspect.identified", "crime.recorded")
        if h.at >= opened.at and case.subject in about(h)
        for p in h.people.get("suspect", ())
    }
    whom = about(opened)
    suspects = frozenset(opened.people.get("suspect", ())) | named
    victims = frozenset(opened.people.get("victim", ()))
    return Matter(opened, whom, suspects, whom | suspects | victims)


def closed(case: Case, matter: Matter) -> Happening | None:
    """The entry that ended an investigation; None while it has none."""
    return case.first("investigation.closed", since=matter.opened.at, where=lambda h: belongs(h, matter))


def belongs(h: Happening, matter: Matter) -> bool:
    """Whether an entry about a suspect is of this investigation: the same suspect where both name one, and no other victim."""
    held = frozenset(h.people.get("suspect", ()))
    others = frozenset((*h.people.get("child", ()), *h.people.get("victim", ()))) - held
    return (not held or not matter.suspects or bool(held & matter.suspects)) and (
        not others or bool(others & matter.people)
    )


def settled(case: Case, matter: Matter) -> bool:
    """Whether every suspect has been charged or dealt with, so that what is left is for the court."""
    ends = [
        h
        for h in case.own.of_kind("charge.made", "disposal.given", "court.result")
        if h.at >= matter.opened.at and belongs(h, matter) and (h.kind != "court.result" or h.get("result") in RESULTS)
    ]
    dealt = {p for h in ends for p in h.people.get("suspect", ())}
    return bool(ends) and matter.suspects <= dealt


def live(case: Case) -> list[Matter]:
    """Those that are still being investigated: neither ended nor before a court."""
    return [m for m in matters(case) if closed(case, m) is None and not settled(case, m)]


def with_prosecutors(case: Case, matter: Matter) -> bool:
    """Whether the next move is the prosecutor's: the file has gone and no decision came."""
    sent = case.last("cps.submitted", since=matter.opened.at)
    return sent is not None and case.first("cps.decided", "charge.made", since=sent.at) is None


def last_act(case: Case, matter: Matter) -> Happening:
    """What was last done on a case, on anybody in it; its opening where nothing was. Work on a suspect's other crimes is not work on it."""
    done = [found for p in matter.people for found in _last_on(case, p, matter)]
    return max([matter.opened, *done], key=lambda h: h.at)


def _last_on(case: Case, person: int, matter: Matter) -> Iterator[Happening]:
    own = case.chronology_of(person)
    for kind, counts in ACTS.items():
        ours = (h for h in reversed(own.of_kind(kind)) if counts(h) and (kind in NEWS or belongs(h, matter)))
        found = next(ours, None)
        if found is not None and found.at >= matter.opened.at:
            yield found
