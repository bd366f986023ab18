"""What the person page and the worklists say of escalations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist
from sightline.kernel.moments import local
from sightline.oversight.escalation.queries import Standing, agenda, standing
from sightline.oversight.escalation.rules import ESCALATION, escalations, ladder_on
from sightline.oversight.escalation.services import may_answer, may_take_higher
from sightline.ui.jinja import words

STATES = {"raised": "Waits for an answer", "resolved": "Resolved", "unresolved": "Not resolved", "settled": "Settled"}
COLOURS = {"raised": "orange", "unresolved": "red"}


def _address(person: int, held: Standing) -> str:
    return reverse("escalation", args=[person, held.run.first.event_id])


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person, found = chronology.subject, escalations(chronology)[::-1]
    lines = tuple(
        PanelLine(str(s.run.first.get("what") or s.run.first.get("text") or "An escalation"), s.run.entries[-1].at,
                  "Overdue" if s.late else STATES[s.run.state], _address(person, s), COLOURS.get(s.run.state, ""),
                  s.due if s.run.state == "raised" else None)
        for s in (standing(r, at) for r in found)
    )  # fmt: skip
    return Told(lines, (Begin("Escalate something that has stalled", reverse("escalate", args=[person])),))


ON_THE_PAGE = Panel("Escalations", 60, _of)


def _owed(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:
    for run in escalations(chronology):
        held = standing(run, at)
        page, says = _address(chronology.subject, held), str(run.first.get("what") or run.first.get("text") or "")
        if run.state == "raised" and may_answer(viewer, held):
            yield Owed("Answer an escalation", chronology.subject, held.due, page, says)
        elif may_take_higher(viewer, held) and run.state != "resolved":
            yield Owed("Take an escalation a tier higher", chronology.subject, None, page, says)


def _agenda(viewer: Viewer, team: bool, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    """For those who sit for the partnership: each problem that no tier resolved."""
    if viewer.role in ladder_on(local(at).date()).partnership:
        for point in agenda(viewer):
            says = f"{len(point.cases)} case{'s' if len(point.cases) != 1 else ''}, {point.about}"
            title = f"On the partnership's agenda: {words(point.from_)} to {words(point.to).lower()}"
            yield Owed(title, None, None, reverse("agenda"), says)


WORK = Worklist("escalation", "Escalations", 60, of=_owed, also=_agenda, kinds=ESCALATION.kinds)
