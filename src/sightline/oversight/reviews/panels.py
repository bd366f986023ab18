"""What the person page and the worklists say of what follows a grade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist
from sightline.oversight.reviews.queries import Following, following, to_do
from sightline.patterns.after_grading.rules import TASKS_REST_ON
from sightline.ui.jinja import words


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    found, page = following(chronology), reverse("after-grade", args=[chronology.subject])
    lines = tuple(_lines(found, page, at))
    begins = []
    if found.grade is not None and found.nothing is None:
        begins.append(Begin("Decide to do nothing for now", reverse("after-grade-nothing", args=[chronology.subject])))
    if any(not one.over for one in found.occasions):
        begins.append(
            Begin(
                "Record that the child was asked about self-harm",
                reverse("after-grade-self-harm", args=[chronology.subject]),
            )
        )
    return Told(lines, tuple(begins))


def _lines(found: Following, page: str, at: datetime) -> Iterator[PanelLine]:
    if found.grade is not None and found.again_at is not None:
        late = found.again_at < at
        yield PanelLine(f"Risk graded {words(found.grade.get('grade')).lower()}: looked at again", found.grade.at,
                        "Overdue" if late else "", page, "red" if late else "", found.again_at)  # fmt: skip
    for task in found.tasks:
        if task.open:
            whose = task.owner or role_name(task.asked.role)
            yield PanelLine(f"{task.asked.means}: {whose}", None, "Overdue" if task.due_at < at else "To do", page,
                            "red" if task.due_at < at else "orange", task.due_at)  # fmt: skip
    if found.nothing is not None:
        yield PanelLine(
            f"Nothing is done for now, looked at again on {found.nothing.get('review_on')}", found.nothing.at, "", page
        )
    if found.one_agency is not None:
        who = ", ".join(words(a) for a, _ in found.one_agency.not_asked)
        yield PanelLine(
            f"The assessment rests on one agency. Not asked: {who}",
            found.one_agency.entry.at,
            "One agency only",
            page,
            "red",
        )
    for one in found.occasions:
        if one.known and one.assessed is None and not one.over:
            yield PanelLine(
                f"Known risk of self-harm or suicide, {one.name}: not asked about", one.entry.at, "Ask now", page, "red"
            )


ON_THE_PAGE = Panel("What the grade of risk asks for", 25, _of)


def _owed(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    for task in to_do(chronology):
        if viewer.name == task.owner or (not task.owner and viewer.role == task.asked.role):
            page = reverse("after-grade", args=[chronology.subject])
            yield Owed(task.asked.means, chronology.subject, task.due_at, page, "asked for by a high grade of risk")


WORK = Worklist("after_grade", "After a high grade", 25, of=_owed, kinds=TASKS_REST_ON)
