"""Three units whose work waits for a second person: whoever signs concern forms off, grades domestic incidents, and looks at first grades again.

What waits for one child is told elsewhere (`queue_backlog`, `risk_not_reviewed`). Here is told that a unit falls behind, whoever the children are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.depth import Depth, too_deep
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.queues import ROLE, Queue
from sightline.chronology.courses import MADE_HERE
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.patterns.grades.alerts import LOOKED_AT_AGAIN, SECOND

FORMS = Depth(
    "concern.depth_days",
    "{came} concern forms were sent and {left} were looked at by a supervisor: the {deep} more are over {days} days of their work.",
    "Have the forms read, gravest first, and say who looks at them while the supervisors cannot.",
)
UNGRADED = Depth(
    "contact.depth_days",
    "{came} domestic incidents came in and {left} first grades of risk were set: the {deep} more are over {days} days of that work.",
    "Have each incident without a grade graded, gravest first, and say who grades while the unit cannot.",
)
FIRST_GRADES = Depth(
    "risk.depth_days",
    "{came} risks were graded for the first time and {left} looked at again by a specialist: the {deep} more are over {days} days of their work.",
    "Have the first grades looked at, gravest first, weekends too, and say what cover the unit needs.",
)
ABUSE = "domestic_abuse"
CONTACT, FORM, LOOKED_AT, GRADED = "contact.received", "concern.notified", "concern.reviewed", "risk.assessed"


def _form(h: Happening) -> bool:
    """A form sent here, where its supervisor's word is written here too; of another system's forms nobody says who has looked at them."""
    return h.source == MADE_HERE


def _incident(h: Happening) -> bool:
    """A domestic incident reported, or the first grade of one."""
    if h.kind == CONTACT:
        return bool(h.get("kind") == ABUSE and not h.get("low_level"))
    return bool(h.get("tool") == ABUSE and h.get("stage") == "initial")


def _to_look_at(h: Happening) -> bool:
    return h.get("tool") in LOOKED_AT_AGAIN


def _second(h: Happening) -> bool:
    return h.get("stage") in SECOND or h.get("role") in ("specialist", "supervisor")


def forms_exceed(case: Case) -> Iterable[Finding]:
    """More concern forms were sent than supervisors looked at; a form looked at twice was looked at once."""
    looked = {h.ref.partition("#")[0]: h for h in reversed(case.own.of_kind(LOOKED_AT))}
    yield from too_deep(case, case.own.of_kind(FORM), sorted(looked.values(), key=lambda h: h.at), FORMS)


def incidents_ungraded(case: Case) -> Iterable[Finding]:
    """More domestic incidents came in than first grades of risk were set. Several systems hold one incident: the one that holds most is counted."""
    every = case.own.of_kind(CONTACT)
    most = max(Counter(h.source for h in every).items(), key=lambda x: (x[1], x[0]), default=("", 0))[0]
    yield from too_deep(case, [h for h in every if h.source == most], case.own.of_kind(GRADED), UNGRADED)


def grades_exceed(case: Case) -> Iterable[Finding]:
    """More first grades were set than specialists looked at again."""
    held = case.own.of_kind(GRADED)
    yield from too_deep(case, [h for h in held if not _second(h)], [h for h in held if _second(h)], FIRST_GRADES)


FORM_QUEUE = Queue(-2, "Concern forms to be signed off", (FORM, LOOKED_AT), _form)
INCIDENT_QUEUE = Queue(-3, "Domestic incidents to be graded", (CONTACT, GRADED), _incident)
GRADE_QUEUE = Queue(-4, "First grades to be looked at again", (GRADED,), _to_look_at)

RULES = [
    Rule("queue_backlog", (FORM,), forms_exceed, local_default(provision="CN-22, RF-05"),
         "More concern forms than supervisors look at, by over so many days of their work.", roles=(ROLE,), answers=(LOOKED_AT,),
         limits=FORMS.limits),
    Rule("queue_backlog", (CONTACT,), incidents_ungraded, local_default(provision="DA-16, RA-13"),
         "More domestic incidents than are graded, by over so many days of that work.", roles=(ROLE,), answers=(GRADED,),
         limits=UNGRADED.limits),
    Rule("queue_backlog", (GRADED,), grades_exceed, local_default(provision="RA-13, RA-15"),
         "More first grades than specialists look at again, by over so many days of their work.", roles=(ROLE,), answers=(GRADED,),
         limits=FIRST_GRADES.limits),
]  # fmt: skip
