"""First contact on a person's page, and what is owed under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs, unfinished
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.stepping import made_by
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist, theirs
from sightline.clocks.limits import Limits
from sightline.pathways.contact.queries.incident import attendance_of, from_a_home, grade_of, needs, seen_by
from sightline.pathways.contact.queries.quality import SAMPLED
from sightline.pathways.contact.queries.unrecorded import DAYS, likely_unrecorded
from sightline.pathways.contact.rules import CONTACT
from sightline.pathways.contact.rules.offences import unrecorded
from sightline.pathways.contact.rules.sample import drawn
from sightline.ui.jinja import words

SHOWN = 3
COLOURS = {
    "opened": "red",
    "sent": "orange",
    "attended": "orange",
    "stood_down": "red",
    "seen": "green",
    "closed": "grey",
    "noted": "grey",
}


def _href(person: int, run: Run, step: str = "") -> str:
    args: list[object] = [person, run.first.event_id, *([step] if step else [])]
    return reverse("contact-step" if step else "contact", args=args)


def _says(run: Run, held: Chronology) -> str:
    """What it is about and its grade; first that it has to do with a children's home."""
    home = "Children’s home: " if from_a_home(run, held) else ""
    return f"{home}{words(run.first.get('kind') or 'contact')}, graded {words(grade_of(run)).lower() or 'not known'}"


def _of(viewer: Viewer, held: Chronology, at: datetime) -> Told:
    person = held.subject
    found = [r for r in runs(CONTACT, held) if not r.first.pointer]
    by, mine = limits(), [r for r in found if not r.over]
    shown = (mine + [r for r in found if r.over])[-SHOWN:]
    lines = [
        PanelLine(
            _says(r, held), r.first.at,
            CONTACT.states[r.state], _href(person, r), COLOURS[r.state],
            seen_by(r, by).due_at if r.state in ("opened", "sent", "attended", "stood_down") and person in r.first.people.get("child", ()) else None,
        )
        for r in reversed(shown)
    ]  # fmt: skip
    lines += [PanelLine(f"{label}: {said}") for label, said in needs(held, at)]
    begins = (
        (Begin("Open a contact", f"{reverse('contact-new')}?person={person}"),) if viewer.may(May.OPEN_CONTACTS) else ()
    )
    return Told(tuple(lines), begins)


def _owed(viewer: Viewer, chronology: Chronology, _at: datetime) -> Iterator[Owed]:
    """Somebody to go, the child to be seen, and what waits for a second person; an account that became no crime."""
    by, person = limits(), chronology.subject
    for run in unfinished(runs(CONTACT, chronology)):
        if run.first.source != "sightline":
            continue
        about = words(run.first.get("kind") or "contact").lower()
        whose = theirs(viewer, run.first.agency)
        if run.state in ("opened", "sent") and (due := attendance_of(run, by).due_at):
            yield Owed(
                "Somebody to be there", person, due, _href(person, run), f"{about}, graded {grade_of(run)}", whose
            )
        if run.state in ("opened", "sent", "attended", "stood_down") and person in run.first.people.get("child", ()):
            yield Owed(
                "The child to be seen", person, seen_by(run, by).due_at, _href(person, run, "seen"), about, whose
            )
        yield from _second(viewer, run, person, about)
        if waits_for_a_listener(viewer, run, by):
            due = by.due("contact.reviewed", run.first.at)
            yield Owed("Listen to how a contact was taken", person, due, _href(person, run, "review"), about)
    for account in unrecorded(chronology):
        due = by.due("crime.recorded", account.at)
        yield Owed(
            "Record a crime, or why there is none",
            person,
            due,
            f"{reverse('person', args=[person])}#chronology",
            words(account.kind).lower(),
            theirs(viewer, "police"),
        )


def waits_for_a_listener(viewer: Viewer, run: Run, by: Limits) -> bool:
    """Whether this contact was drawn, nobody has listened to it, and this viewer may: not whoever took it."""
    mine = made_by(viewer, run.first) or not viewer.may(May.AGREE_TO_GRADES) or run.first.agency != viewer.agency
    return not mine and not run.last("contact.reviewed") and drawn(run.first.ref, by.number(SAMPLED, run.first.at))


def _second(viewer: Viewer, run: Run, person: int, about: str) -> Iterator[Owed]:
    """What takes another's word: shown to those who may give it, and not to whoever asked."""
    doubted, asked = run.last("contact.doubted"), run.last("crime.cancelling")
    if (
        viewer.may(May.AGREE_TO_GRADES)
        and doubted
        and not doubted.get("decided")
        and doubted.get("account") != viewer.user_id
    ):
        yield Owed("Say whether it is malicious", person, None, _href(person, run, "agree-malicious"), about)
    cancelled = run.last("crime.cancelled")
    waits = asked and (cancelled is None or cancelled.at < asked.at)
    if viewer.may(May.AGREE_TO_GRADES) and asked and waits and asked.get("account") != viewer.user_id:
        yield Owed("Review a crime to be cancelled", person, None, _href(person, run, "review-crime"), about)
    question, answer = run.last("advice.requested"), run.last("advice.given")
    if question and (answer is None or answer.at < question.at):
        yield Owed(
            "Answer a question", person, limits().due("advice.given", question.at), _href(person, run, "advised"), about
        )


ON_THE_PAGE = Panel("Contacts and incidents", 10, _of)


def _list(viewer: Viewer, _team: bool, _at: datetime) -> Iterator[Owed]:
    """For the crime registrar: the list of accounts that read as offences, and how many."""
    if viewer.role == "crime_registrar" and (rows := likely_unrecorded(viewer)):
        many = f"{len(rows)} account{'s' if len(rows) != 1 else ''} of the last {DAYS} days"
        yield Owed("Review likely unrecorded offences", None, rows[0].due, reverse("contact-unrecorded"), many)


READS = (*CONTACT.kinds, "concern.notified", "referral.made")
WORK = Worklist("contact", "Contacts", 10, of=_owed, also=_list, kinds=READS)
