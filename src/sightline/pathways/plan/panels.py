"""What conferences and plans say on a child's page, and what is owed under them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed as Row
from sightline.chronology.worklists import Worklist
from sightline.pathways.plan.queries.runs import Standing, nation_here, slug_of, stand
from sightline.pathways.plan.rules import CONFERENCE, PLAN
from sightline.pathways.plan.rules.owed import Owed, by_whom, owed
from sightline.ui.jinja import words

COLOURS = {
    "called": "blue",
    "running": "green",
    "offered": "yellow",
    "held": "grey",
    "ended": "grey",
    "cancelled": "grey",
    "accepted": "grey",
}


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    """Each conference and plan with the next thing owed under it, and what this viewer may begin."""
    person = chronology.subject
    standing = stand(viewer, person, chronology)
    lines = [_line(standing, run, person) for run in (*reversed(standing.plans), *reversed(standing.conferences))]
    call = viewer.may(May.HOLD_STRATEGY) or viewer.may(May.CHAIR)
    begins = [Begin("Call a conference", reverse("plan-begin", args=[person, "conference"]))] if call else []
    if not standing.protection:
        begins.append(Begin("Begin a plan below conference level", reverse("plan-begin", args=[person, "plan"])))
    if any(o.step == "followed" for o in standing.owed):
        begins.append(Begin("Say what came of the enquiry", reverse("plan-begin", args=[person, "followed"])))
    if any(o.step == "outcome" and not o.run for o in standing.owed):
        begins.append(
            Begin("Say whether the child is safer since the referral", reverse("plan-begin", args=[person, "outcome"]))
        )
    young = standing.age is None or standing.age < 18
    return Told(tuple(lines), tuple(begins) if young else ())


def _line(standing: Standing, run: Run, person: int) -> PanelLine:
    due = next((o for o in standing.owed if o.run == run.key), None)
    kind = words(run.first.get("kind") or run.course.title)
    said = f"{kind} {'plan' if run.course.key == 'plan' else 'conference'}"
    if run.course.key == "plan" and run.first.get("kind") == "child_protection":
        said = standing.terms["plan"]
    text = f"{said}: next, {due.what[:1].lower()}{due.what[1:]}" if due else said
    page = reverse(run.course.key, args=[person, slug_of(run.key)])
    return PanelLine(
        text,
        run.first.at,
        run.course.states[run.state].capitalize(),
        page,
        COLOURS.get(run.state, ""),
        due.due if due else None,
    )


def _owed(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Row]:
    """What is owed of one child, by what is due: what names another agency is on that agency's list."""
    rules = limits(nation_here(viewer, runs(PLAN, chronology)))
    for one in by_whom(owed(chronology, rules, at), viewer.agency):
        yield Row(one.what, chronology.subject, one.due, _href(chronology.subject, one), one.who)


def _href(person: int, one: Owed) -> str:
    if one.run and one.course:
        return reverse(f"{one.course}-step", args=[person, slug_of(one.run), one.step])
    return reverse("plan-begin", args=[person, one.step if one.step in ("followed", "outcome") else "conference"])


ON_THE_PAGE = Panel("Conferences and plans", 40, _of)
READS = (
    *CONFERENCE.kinds, *PLAN.kinds, "enquiry.completed", "enquiry.followed", "enquiry.started", "referral.decided", "strategy.held",
)  # fmt: skip
WORK = Worklist("plan", "Conferences and plans", 40, of=_owed, kinds=READS)
