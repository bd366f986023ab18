"""Grading again: any grade that facts allow, a lower one with a reason, and a supervisor who agrees to it or does not."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.models import EventPerson
from sightline.chronology.record import record
from sightline.kernel.errors import Refused
from sightline.patterns.grades.queries import Grading, one_grading
from sightline.patterns.grades.rules import GRADES
from sightline.people.anchors import identities_of

HERE = "sightline"
SPECIALISTS = ("on_call_specialist", "exploitation_team", "missing_coordinator")
SAY_WHY = f"Say why, in at least {gate.SHORTEST_REASON} characters: the grade is lower than what is recorded supports."


def grade_again(viewer: Viewer, person: int, entry: int, *, grade: str, reason: str, at: datetime) -> int:
    """Set a new grade for what a grading is about, and give its entry.

    A grade below what facts allow takes a reason, and until a supervisor agrees the alert about it stands. Raises NotFound where the
    viewer may not read the grading, Refused for an unknown grade, for no reason, and for a supervisor who agrees with themselves.
    """
    _, held = one_grading(viewer, person, entry)
    if grade not in GRADES:
        raise Refused("Choose a grade.")
    lower = held.lowest.above(grade)
    if lower and len(reason.strip()) < gate.SHORTEST_REASON:
        raise Refused(SAY_WHY)
    if lower and viewer.may(May.AGREE_TO_GRADES):
        _somebody_else(viewer, held)
    return _record(viewer, held, grade=grade, reason=reason, at=at)


def agree(viewer: Viewer, person: int, entry: int, *, agrees: bool, reason: str, at: datetime) -> int:
    """A supervisor agrees to a grade below what facts allow, or sets the one they allow instead; gives the new entry.

    Raises NotPermitted for other posts, NotFound where the viewer may not read it, Refused where there is nothing to agree to, for no
    reason, and for whoever set the grade themselves.
    """
    gate.require(viewer, May.AGREE_TO_GRADES)
    _, held = one_grading(viewer, person, entry)
    if not held.waits:
        raise Refused(
            "Nothing waits for agreement here: the grade is not below what is recorded, or has been set right."
        )
    _somebody_else(viewer, held)
    if len(reason.strip()) < gate.SHORTEST_REASON:
        raise Refused(f"Say why, in at least {gate.SHORTEST_REASON} characters.")
    return _record(viewer, held, grade=held.grade if agrees else held.lowest.grade, reason=reason, at=at)


def _somebody_else(viewer: Viewer, held: Grading) -> None:
    if held.entry.by and held.entry.by.casefold() == viewer.name.casefold():
        raise Refused("You set this grade yourself, so another supervisor has to agree to a lower one.")


def _record(viewer: Viewer, held: Grading, *, grade: str, reason: str, at: datetime) -> int:
    role = _role(viewer)
    said = {"tool": held.entry.get("tool"), "grade": grade, "stage": "initial" if role in ("response", "partner") else "review",
            "role": role, "history_considered": True}  # fmt: skip
    given = said | ({"rationale": reason.strip()} if reason.strip() else {})
    if held.entry.get("factors"):
        given["factors"] = list(held.entry.get("factors"))  # the facts stay those facts, whatever the grade
    ref = f"risk.assessed/{uuid4().hex}"
    entry = Entry("risk.assessed", at, HERE, ref, _people(viewer, held.entry.event_id), given, recorded_at=at, extracted_at=viewer.at,
                  agency=viewer.agency, by=viewer.name)  # fmt: skip
    return record(entry, viewer)


def _role(viewer: Viewer) -> str:
    if viewer.may(May.AGREE_TO_GRADES):
        return "supervisor"
    if viewer.role in SPECIALISTS:
        return "specialist"
    return "response" if viewer.agency_kind == "police" else "partner"


def _people(viewer: Viewer, entry: int) -> dict[str, tuple[PersonKey, ...]]:
    """Those of the grading whom the viewer has opened, in their roles, by the records it named them by."""
    rows = list(
        EventPerson.objects.filter(event_id=entry).values_list("role", "record_id", "record__source", "record__key")
    )
    who = identities_of({record for _, record, _, _ in rows})
    opened = gate.readable(viewer, who.values())
    found: dict[str, tuple[PersonKey, ...]] = {}
    for role, held, source, key in rows:
        if who.get(held) in opened:
            found[role] = (*found.get(role, ()), (source, key))
    return found
