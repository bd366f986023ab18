"""Restricting a record and lifting that; recording whom a court appointed for a child, and that it is over."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.models import Involvement, Post, Restriction
from sightline.access.roles import May
from sightline.access.rota import live_posts
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotPermitted, Refused
from sightline.kernel.moments import start_of
from sightline.kernel.reasons import worded
from sightline.oversight.restriction.queries import (
    ADVICE,
    COURT,
    OFFICER,
    appointment_of,
    appointments_of,
    closing_of,
    closings_of,
)


@wall.working()
def restrict(viewer: Viewer, person: int, *, state: str, reason: str, ask: str, review_on: date) -> Restriction:
    """A record opens from now only to those who work with the child; or, sealed, to nobody, and is not there.

    Raises NotFound for posts that may not and for somebody of whom the viewer may not know, NotPermitted for a seal by anybody but those
    who can lift it, Refused where the record is so already, or it would not be looked at again.
    """
    standing = closings_of(viewer, person)
    if state == "sealed" and not viewer.may(May.REVIEW_ACCESS):
        gate.refuse(viewer, people=[person], note="seal")
        raise NotPermitted("Ask the data guardian: a record is sealed by whoever can also open it again.")
    worded(reason, "Say why this record is restricted, and on whose authority")
    if state in {c.state for c in standing}:
        raise Refused(f"This record is {state} already.")
    if review_on <= viewer.at.date():
        raise Refused("The day on which somebody looks at this again is still to come.")
    with transaction.atomic():
        write(viewer, Action.ADMINISTRATION, people=[person], fields=("restriction",), note=f"{state}")
        said = {"state": state, "reason": reason.strip(), "ask": ask.strip(), "review_on": review_on}
        return Restriction.objects.create(
            person_id=person, from_at=viewer.at, set_by=viewer.user_id, lifted_why="", **said
        )


@wall.working()
def lift(viewer: Viewer, person: int, restriction: int, *, reason: str) -> Restriction:
    """A record is open again, with whose word and why; that it was restricted stays on record. Raises NotFound as `restrict` does."""
    closing_of(viewer, person, restriction)
    said = worded(reason, "Say why it is lifted, and on whose authority")
    with transaction.atomic():
        held = Restriction.objects.select_for_update().filter(live_at(viewer.at), pk=restriction).first()
        if held is None:
            raise Refused("This restriction has been lifted already.")
        write(viewer, Action.ADMINISTRATION, people=[person], fields=("restriction",), note=f"{held.state} lifted")
        held.until_at, held.lifted_by, held.lifted_why = viewer.at, viewer.user_id, said
        held.save(update_fields=["until_at", "lifted_by", "lifted_why"])
        return held


@wall.working()
def appoint(viewer: Viewer, person: int, *, officer: str, reason: str, from_on: date, until_on: date) -> Involvement:
    """An officer whom a court appointed for this child reads what the law lets them read of it, from a day to a day, both included.

    Raises NotFound for posts that may not and for somebody of whom the viewer may not know, Refused where nobody of that user name holds a
    post as a court's officer, or the days are the wrong way round or past.
    """
    appointments_of(viewer, person)
    said = worded(reason, "Say which court appointed them, by which order")
    if until_on < max(from_on, viewer.at.date()):
        raise Refused("The last day of the appointment comes after its first, and is not past.")
    post = Post.objects.filter(
        live_posts(viewer.at), user__username=officer.strip(), role=OFFICER, agency__kind=ADVICE
    ).first()
    if post is None:
        raise Refused("Nobody of this user name holds a post as an officer whom a court appoints.")
    with transaction.atomic():
        write(viewer, Action.ADMINISTRATION, people=[person], fields=("court_appointment",), note="appointed")
        span = {"from_at": start_of(from_on), "until_at": start_of(until_on + timedelta(days=1))}
        return Involvement.objects.create(
            user_id=post.user_id, post=post, person_id=person, why=COURT, reason=said, **span
        )


@wall.working()
def end_appointment(viewer: Viewer, person: int, appointment: int, *, reason: str) -> None:
    """An appointment is over from now, and with it what it opened. Raises NotFound as `appoint` does."""
    appointment_of(viewer, person, appointment)
    said = worded(reason, "Say why it ends")
    with transaction.atomic():
        write(viewer, Action.ADMINISTRATION, people=[person], fields=("court_appointment",), note="appointment ended")
        held = Involvement.objects.select_for_update().get(pk=appointment)
        held.until_at, held.reason = viewer.at, f"{held.reason}; ended: {said}"
        held.from_at = min(held.from_at, viewer.at)
        held.save(update_fields=["from_at", "until_at", "reason"])
