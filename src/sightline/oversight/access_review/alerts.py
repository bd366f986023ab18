"""Whoever guards access is told at once of a record opened in an emergency, and whoever leads when nobody has reviewed it in time."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.queues import ROLE, Queue
from sightline.chronology.courses import MADE_HERE
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.oversight.access_review.clocks import REVIEWED

OPENED, DONE, KIND = "emergency.opened", "emergency.reviewed", "emergency_not_reviewed"
NEXT_LEVEL = "partner_lead"  # as access.guardians has it, which needs Django
STEP = (
    "Its agency's data guardian reads who opened it and why, under Records opened in an emergency, and says what they find. "
    "If nobody has within {time}, whoever leads is told."
)


def _here(h: Happening) -> bool:
    return h.source == MADE_HERE


def not_reviewed(case: Case) -> Iterable[Finding]:
    """An opening that nobody has reviewed: told at once; and once its time is over, to the next level as well."""
    done = {h.get("opening") for h in case.own.of_kind(DONE)}
    for opened in case.own.of_kind(OPENED):
        if opened.get("opening") in done:
            continue
        what = "A record was opened in an emergency" if opened.get("found") else "An emergency opening found nobody"
        kept = ", by somebody whom a conflict of interest keeps from it" if opened.get("conflict") else ""
        said = f"{what}{kept}: {opened.get('role')}, {opened.get('from_agency')}."
        by, step = (
            case.limits.due(REVIEWED.name, opened.at),
            STEP.format(time=case.limits.say(REVIEWED.name, opened.at)),
        )
        yield case.finding(KIND, opened, opened.at, said, step=step)
        late = f"{said} Its review is overdue."
        yield case.finding(KIND, opened, by, late, step=step, to=NEXT_LEVEL, part="overdue")


OPENINGS = Queue(-5, "Records opened in an emergency", (OPENED, DONE), _here)
RULES = [
    Rule(KIND, (OPENED,), not_reviewed, local_default(provision="IS-02"),
         "A record opened in an emergency, until somebody has reviewed that.", roles=(ROLE,), limits=(REVIEWED.name,)),
]  # fmt: skip
