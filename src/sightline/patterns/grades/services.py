"""Grading again: any grade that facts allow, a lower one with a reason, and a supervisor who agrees to it or does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import uuid4

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.record import record
from sightline.chronology.stepping import entry_here, people_of
from sightline.kernel.errors import Refused
from sightline.kernel.reasons import SHORTEST_REASON, worded
from sightline.patterns.after_grading.pressure import waiting
from sightline.patterns.grades.queries import Grading, by_all_held, each_child, one_grading
from sightline.patterns.grades.rules import GRADES
from sightline.people.anchors import keys_for

SPECIALISTS = ("on_call_specialist", "exploitation_team", "missing_coordinator")
NONE_SAID: Mapping[int, str] = MappingProxyType({})
SAY_WHY = f"Say why, in at least {SHORTEST_REASON} characters: the grade is lower than what is recorded supports."
BEYOND = (
    "You cannot settle a lower grade here, because your post may not read all that it has to be weighed against."
    " Set a higher grade, or ask a supervisor whose post may read it to decide."
)


def grade_again(viewer: Viewer, person: int, entry: int, *, grade: str, reason: str, at: datetime,
                impacts: Mapping[int, str] = NONE_SAID) -> int:  # fmt: skip
    """Set a new grade for what a grading is about, and give its entry.

    A grade below what facts allow takes a reason, and until a supervisor agrees the alert about it stands. What they allow is worked out
    from all that is held, whatever of it this viewer reads. Of violence between adults, `impacts` says what it means for each child whose
    record is open. Raises NotFound where the viewer may not read the grading, Refused for an unknown grade, for no reason, for a child left
    out, and for a supervisor who agrees with themselves, or to what they may not read all about.
    """
    page, held = one_grading(viewer, person, entry)
    if grade not in GRADES:
        raise Refused("Choose a grade.")
    by_all = by_all_held(viewer, person, held)
    lower = by_all.lowest.above(grade)
    if lower and viewer.may(May.AGREE_TO_GRADES):
        _settles(viewer, held, by_all)
    if lower and len(reason.strip()) < SHORTEST_REASON:
        raise Refused(SAY_WHY)
    children = each_child(page, held)
    if left_out := [who.name for who in children if not impacts.get(who.person, "").strip()]:
        raise Refused(f"Say what it means for each child, and not for the adult alone: {', '.join(left_out)}.")
    for who in children:
        _record_impact(viewer, who.person, impacts[who.person].strip(), at=at)
    return _record(viewer, held, grade=grade, reason=reason, at=at, impact=bool(children))


def _record_impact(viewer: Viewer, child: int, impact: str, *, at: datetime) -> None:
    """What violence between adults means for one child, in that child's own record."""
    said = {"impact": impact, "of": "domestic abuse, as it was graded"}
    who = {"child": (keys_for([child])[child],)}
    record(entry_here(viewer, "child.impact_assessed", f"child.impact_assessed/{uuid4().hex}", who, said, at), viewer)


def agree(viewer: Viewer, person: int, entry: int, *, agrees: bool, reason: str, at: datetime) -> int:
    """A supervisor agrees to a grade below what facts allow, or sets the one they allow instead; gives the new entry.

    Raises NotPermitted for other posts, NotFound where the viewer may not read it, Refused where there is nothing to agree to, for no
    reason, for whoever set the grade themselves, and for whoever may not read all that raises what facts allow.
    """
    gate.require(viewer, May.AGREE_TO_GRADES)
    _, held = one_grading(viewer, person, entry)
    by_all = by_all_held(viewer, person, held)
    if not by_all.waits:
        raise Refused(
            "Nothing waits for agreement here: the grade is not below what is recorded, or has been set right."
        )
    _settles(viewer, held, by_all)
    worded(reason)
    return _record(viewer, held, grade=held.grade if agrees else held.lowest.grade, reason=reason, at=at)


def _settles(viewer: Viewer, held: Grading, by_all: Grading) -> None:
    """A supervisor's word on a lower grade ends the alert about it: theirs alone who reads what it is lower than, and did not set it."""
    if by_all.lowest.above(held.lowest.grade):
        raise Refused(BEYOND)
    if held.entry.by and held.entry.by.casefold() == viewer.name.casefold():
        raise Refused("You set this grade yourself, so another supervisor has to agree to a lower one.")


def _record(viewer: Viewer, held: Grading, *, grade: str, reason: str, at: datetime, impact: bool = False) -> int:
    role = _role(viewer)
    said = {"tool": held.entry.get("tool"), "grade": grade, "stage": "initial" if role in ("response", "partner") else "review",
            "role": role, "history_considered": True}  # fmt: skip
    given = said | ({"rationale": reason.strip()} if reason.strip() else {})
    if impact:
        given["child_impact_considered"] = True
    if held.entry.get("factors"):
        given["factors"] = list(held.entry.get("factors"))  # the facts stay those facts, whatever the grade
    given["queue_length"] = waiting(at, first=given["stage"] == "initial")  # what waited is on record with the grade
    ref = f"risk.assessed/{uuid4().hex}"
    return record(entry_here(viewer, "risk.assessed", ref, people_of(viewer, held.entry.event_id), given, at), viewer)


def _role(viewer: Viewer) -> str:
    if viewer.may(May.AGREE_TO_GRADES):
        return "supervisor"
    if viewer.role in SPECIALISTS:
        return "specialist"
    return "response" if viewer.agency_kind == "police" else "partner"
