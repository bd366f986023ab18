"""Asking other agencies what they know, answering what is asked of one's own, and challenging what came of one's referral."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sightline.access import gate, wall
from sightline.access.casework import REFERRAL, open_to
from sightline.access.log import Action
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run, step_ref
from sightline.chronology.entries import PersonKey
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.record import record_many
from sightline.chronology.stepping import HERE, entry_here, held_here
from sightline.kernel.errors import Refused
from sightline.kernel.moments import say_moment
from sightline.kernel.reasons import worded
from sightline.pathways.referral.queries.door import SAFEGUARDING_LEAD, answer_due, asked_of_us, sent_by_us
from sightline.pathways.referral.queries.receiving import agency_called
from sightline.pathways.referral.queries.tiers import tiers
from sightline.pathways.referral.services.naming import named_to
from sightline.people.anchors import keys_for

ALREADY = "This has been answered meanwhile. Open it again to see how."


def ask(viewer: Viewer, person: int, *, of: Iterable[str], question: str, lawful_basis: str, called: str, token: str, at: datetime,
        needed_by: datetime | None = None) -> None:  # fmt: skip
    """Ask agencies what they know of a child, each by itself, on a lawful basis and by a time; each sees its own alone."""
    asked = list(dict.fromkeys(of))
    if not asked:
        raise Refused("Choose whom you ask.")
    purpose, basis = worded(question, "Say what you ask and why"), worded(lawful_basis, "Say on what lawful basis")
    gate.look(viewer, [person], fields=["information.requested"], action=Action.COLLECTION)
    key = _key(person)
    said: dict[str, Any] = {"purpose": purpose, "lawful_basis": basis, "called": called}
    if needed_by:
        said["needed_by"] = needed_by.isoformat()
    entries = [
        entry_here(viewer, "information.requested", f"request/{token}-{agency}", {"child": (key,)}, {"of": agency, **said}, at)
        for agency in asked
    ]  # fmt: skip
    with transaction.atomic():
        named_to(viewer, person, asked, kind="information.requested")
        record_many(entries, viewer, asked=True, logged=True)


@wall.working()
def _key(person: int) -> PersonKey:
    return keys_for([person])[person]


def answer(
    viewer: Viewer, entry: int, *, nothing_held: bool, text: str, refused: bool, token: str, at: datetime
) -> None:
    """Answer a request to the viewer's agency: what it knows, that it holds nothing, or that it refuses and why. No record opens by it."""
    request = asked_of_us(viewer, entry)
    data: dict[str, Any]
    if refused:
        kind, data = "information.refused", {"reason": worded(text, "Say why you refuse")}
    else:
        words = text.strip() or ("Nothing held" if nothing_held else "")
        kind, data = "information.supplied", {"summary": words, "nothing_held": nothing_held}
        if not words:
            raise Refused("Say what you know, or that you hold nothing.")
    _step(viewer, request.run, kind, data, token=token, at=at)


def confirm(viewer: Viewer, entry: int, *, doing: str, token: str, at: datetime) -> None:
    """Somebody at a setting has read what it was told, and what they will do. Only the designated lead's word is the setting's receipt."""
    data: dict[str, Any] = {"by_role": role_name(viewer.role), "lead": viewer.role == SAFEGUARDING_LEAD}
    if doing.strip():
        data["doing"] = doing.strip()
    _step(viewer, asked_of_us(viewer, entry).run, "setting.received", data, token=token, at=at)


def add_what_was_asked(viewer: Viewer, entry: int, *, text: str, token: str, at: datetime) -> None:
    """Whoever referred answers the questions with which it came back; it waits for a decision again."""
    data = {"summary": worded(text, "Answer the questions")}
    _step(viewer, sent_by_us(viewer, entry).run, "information.supplied", data, token=token, at=at)


def challenge(viewer: Viewer, entry: int, *, text: str, token: str, at: datetime) -> None:
    """Whoever referred disagrees with what was decided, or presses for an answer: it comes before the next tier of the agency that received it.

    There it is in the work of whoever answers, who is never whoever decided. What was raised before has its time to be answered first, and
    what the last tier leaves is the partnership's: Refused until then, and after.
    """
    sent = sent_by_us(viewer, entry)
    run, due = sent.run, answer_due(sent.run)
    if sent.on_agenda:
        raise Refused(
            "No tier there has resolved this: it is on the partnership's agenda. You read here what comes of it."
        )
    if due is not None and at < due:
        raise Refused(
            f"They have until {say_moment(due)} to answer. If they do not, you can take it a level higher from here."
        )
    decided, agency = run.last("referral.decided"), agency_called(run.first.get("to"))
    whose = decided.get("account") if decided is not None else None
    to = tiers().goes_to(agency, 1 + (sent.stands.level if sent.stands else 0), whose, at)
    about = "delay" if run.state in ("made", "acknowledged") else "decision"
    data = {"about": about, "level": to.level, "to_agency": agency, "to": to.name, "text": worded(text, "Say what you disagree with"),
            "account": viewer.user_id, "decided_account": whose}  # fmt: skip
    with transaction.atomic():
        _step(viewer, run, "escalation.raised", {k: v for k, v in data.items() if v is not None}, token=token, at=at)
        open_to(to.posts, [sent.person], why=REFERRAL, reason="A challenge of what came of a referral", at=at)


def _step(viewer: Viewer, run: Run, kind: str, data: Mapping[str, Any], *, token: str, at: datetime) -> None:
    """One step of a run that concerns the viewer's agency, whose child's record is not open to them. The same token again changes nothing."""
    ref = step_ref(run.key, kind, token)
    with transaction.atomic(), wall.working():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [run.key])
        if held_here(ref):
            return
        since = Event.objects.filter(source=HERE, ref__startswith=f"{run.key}#").exclude(
            ref__in=[e.ref for e in run.entries]
        )
        if since.exists() or run.course.step(run.state, kind, data) is None:
            raise Refused(ALREADY)
        record_many([entry_here(viewer, kind, ref, _people(run.first.event_id), data, at)], viewer, asked=True)


def _people(entry: int) -> dict[str, tuple[PersonKey, ...]]:
    found: dict[str, tuple[PersonKey, ...]] = {}
    for role, source, key in EventPerson.objects.filter(event_id=entry).values_list(
        "role", "record__source", "record__key"
    ):
        found[role] = (*found.get(role, ()), (source, key))
    return found
