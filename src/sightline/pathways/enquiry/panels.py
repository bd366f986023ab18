"""What the person page and the worklists say of strategy discussions and enquiries, and one of them as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs, unfinished
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.wording import line
from sightline.chronology.worklists import Owed, Worklist, theirs
from sightline.pathways.enquiry.forms.asking import BeginForm, QuestionForm
from sightline.pathways.enquiry.queries import CoursePage, beside, hears_health
from sightline.pathways.enquiry.rules import ENQUIRY, STRATEGY, actions, wants_review

COLOURS = {
    "requested": "red",
    "called": "orange",
    "held": "blue",
    "started": "blue",
    "onward": "red",
    "held_back": "red",
}
LEADS = "whoever leads the discussion"
TO_HOLD = {
    "requested": "Call a strategy discussion, or say why none is held",
    "called": "Hold a strategy discussion",
}
STATES = {"requested": "Asked for", "declined": "None held", "called": "Called", "held": "Held", "closed": "Closed", "started": "Under way",
          "onward": "Conference or plan owed", "held_back": "Not to go home yet", "ended": "Ended"}  # fmt: skip
SHOWN = 4
JOINS = {"strategy.declined": "strategy-decline", "strategy.called": "strategy-call", "strategy.held": "strategy-hold"}


def address(person: int, run: Run) -> str:
    """The page of a discussion or an enquiry."""
    return reverse("strategy" if run.course is STRATEGY else "enquiry-run", args=[person, run.first.event_id])


def _of(viewer: Viewer, seen: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person = seen.subject
    found = sorted((*runs(STRATEGY, seen), *runs(ENQUIRY, seen)), key=lambda r: r.entries[-1].at, reverse=True)
    standing = unfinished(found)
    shown = [*standing, *(r for r in found if r.over)][: max(SHOWN, len(standing))]
    lines = tuple(
        PanelLine(
            r.course.title, r.entries[-1].at, STATES[r.state], address(person, r), COLOURS.get(r.state, ""), due_of(r)
        )
        for r in shown
    )
    begins = [Begin("Ask for a strategy discussion", reverse("strategy-ask", args=[person]))]
    if viewer.may(May.HOLD_STRATEGY):
        begins += [
            Begin("Call a strategy discussion", reverse("strategy-call-new", args=[person])),
            Begin("Record a strategy discussion", reverse("strategy-hold-new", args=[person])),
            Begin("Start a section 47 enquiry", reverse("enquiry-start", args=[person])),
        ]
    return Told(lines, tuple(begins))


ON_THE_PAGE = Panel("Strategy discussions and enquiries", 30, _of)


def due_of(run: Run) -> datetime | None:
    """By when its next step is owed: a discussion that was asked for, one that was called, and the next of its actions."""
    if run.state == "requested":
        return limits().due("strategy.held", run.entries[-1].at, precision=run.entries[-1].precision)
    called = run.last("strategy.called")
    if run.state == "called" and called is not None and called.get("held_at"):
        return datetime.fromisoformat(str(called.get("held_at")))
    return min((a.due for a in actions(run.entries) if a.end is None and a.due), default=None)


def _owed(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    """What a discussion and an enquiry wait for: by whoever leads them; an action by the agency that took it."""
    person, leads = chronology.subject, viewer.may(May.HOLD_STRATEGY)
    for run in runs(STRATEGY, chronology):
        yield from _of_discussion(viewer, run, person)
    for run in unfinished(runs(ENQUIRY, chronology)):
        say = {"started": "Complete a section 47 enquiry", "onward": "Call a conference or begin a plan"}
        title = say.get(run.state, "Decide whether the child can go home")
        yield Owed(title, person, None, address(person, run), STATES[run.state], "" if leads else LEADS)


def _of_discussion(viewer: Viewer, run: Run, person: int) -> Iterator[Owed]:
    page, others = address(person, run), "" if viewer.may(May.HOLD_STRATEGY) else LEADS
    if run.state in TO_HOLD:
        yield Owed(TO_HOLD[run.state], person, due_of(run), page, STATES[run.state], others)
    if run.state == "held":
        yield from _actions(viewer, run, person)
        if all(a.end for a in actions(run.entries)):
            yield Owed("Close a strategy discussion: all it set was done", person, None, page, others=others)
    if wants_review(run) and viewer.agency_kind == "police" and viewer.may(May.HOLD_STRATEGY):
        title = "Should social care act alone? An offence may have been committed"
        yield Owed(title, person, None, page, "Decided without the police")


def _actions(viewer: Viewer, run: Run, person: int) -> Iterator[Owed]:
    for action in actions(run.entries):
        if action.end is None:
            said, owner = action.set, str(action.set.get("owner") or "")
            ends = reverse("strategy-action-end", args=[person, run.first.event_id, said.event_id])
            whose = theirs(viewer, str(said.get("agency") or "")) if owner != viewer.name else ""
            others = f"{owner}, {whose}" if whose and owner else whose
            yield Owed(str(said.get("what") or "An action"), person, action.due, ends,
                       f"For {owner}" if owner and not others else "", others)  # fmt: skip


WORK = Worklist("enquiry", "Enquiries", 30, of=_owed, kinds=(*STRATEGY.kinds, *ENQUIRY.kinds))


def steps_shown(viewer: Viewer, page: CoursePage, run: Run) -> dict[str, Any]:
    """What the page of one discussion or enquiry shows."""
    who = page.person
    lines = [line(e, who.person, who.born_on, page.people) for e in run.entries]
    return {
        "page": page, "who": who, "run": run, "lines": lines, "actions": actions(run.entries), "at": viewer.at,
        "leads": viewer.may(May.HOLD_STRATEGY), "state": STATES[run.state], "colour": COLOURS.get(run.state, ""),
        "review": wants_review(run), "police": viewer.agency_kind == "police", "strategy": run.course is STRATEGY,
        "due": due_of(run), "hears": hears_health(viewer),
    }  # fmt: skip


def beside_of(viewer: Viewer, page: CoursePage, form: QuestionForm) -> Run | None:
    """The discussion or enquiry that a blank form may be about, as it stands."""
    if not isinstance(form, BeginForm):
        return None
    return beside(viewer, page.enquiries if form.begins in ENQUIRY.kinds else page.discussions)


def beside_shown(page: CoursePage, form: QuestionForm, other: Run | None) -> dict[str, Any]:
    """What a blank form says of the one there is: where it is, and where what was typed can be added to it instead."""
    if other is None or not isinstance(form, BeginForm):
        return {"beside": None}
    step, person = JOINS.get(form.begins), page.person.person
    takes = step and other.course.step(other.state, form.begins, {}) is not None
    joins = reverse(step, args=[person, other.first.event_id]) if step and takes else ""
    return {"beside": other, "beside_at": address(person, other), "joins": joins}
