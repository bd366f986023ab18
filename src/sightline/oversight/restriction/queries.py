"""What restricts a record and whom a court appointed for somebody: for posts that are trusted with either."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.models import Involvement, Restriction
from sightline.access.policy import Purpose
from sightline.access.roles import May
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound
from sightline.people.anchors import records_of

COURT, OFFICER, ADVICE = "court_appointment", "court_appointed_officer", "family_court_advice"


@dataclass(frozen=True)
class Closing:
    """One restriction in force, in plain words."""

    pk: int
    person: int
    state: str
    reason: str
    ask: str
    since: object
    review_on: object


@dataclass(frozen=True)
class Appointment:
    """Whom a court appointed, and for how long."""

    pk: int
    officer: str
    reason: str
    from_at: object
    until_at: object


def _known(viewer: Viewer, person: int, right: May, note: str) -> None:
    """Raises NotFound, in the same words, for other posts, for nobody, and for somebody whom this viewer may not know of.

    Whoever reviews access decides about any record, sealed or not, without reading it; others about those that they read.
    """
    with wall.working():
        there = bool(records_of([person]).get(person))
        if viewer.may(May.REVIEW_ACCESS):
            known = gate.sees(viewer, [person], purpose=Purpose.REVIEW_ACCESS)[person].known
        else:
            known = person in gate.readable(viewer, [person])
    if not (there and known and viewer.may(right)):
        gate.refuse(viewer, people=[person], note=note)
        raise NotFound(gate.NOT_FOUND)


def closings_of(viewer: Viewer, person: int) -> tuple[Closing, ...]:
    """What restricts somebody's record now, the newest first. Raises NotFound as said above."""
    _known(viewer, person, May.RESTRICT_RECORDS, "restriction")
    write(viewer, Action.CONSULTATION, people=[person], fields=("restriction",))
    with wall.working():
        live = Restriction.objects.filter(live_at(viewer.at), person_id=person).order_by("-from_at", "-pk")
        return tuple(map(_closing, live))


def closing_of(viewer: Viewer, person: int, number: int) -> Closing:
    """One restriction in force. Raises NotFound also where it is another's, or over."""
    held = next((c for c in closings_of(viewer, person) if c.pk == number), None)
    if held is None:
        raise NotFound(gate.NOT_FOUND)
    return held


def due_again(viewer: Viewer) -> tuple[Closing, ...]:
    """Every restriction in force, the first to be looked at again first, for whoever reviews access. Raises NotPermitted for others."""
    gate.require(viewer, May.REVIEW_ACCESS)
    with wall.working():
        live = list(Restriction.objects.filter(live_at(viewer.at), carried_from=None).order_by("review_on", "pk"))
    kept = [r for r in live if not gate.excluded(viewer, r.person_id)]
    write(viewer, Action.CONSULTATION, people={r.person_id for r in kept}, fields=("restriction",))
    return tuple(map(_closing, kept))


def _closing(row: Restriction) -> Closing:
    return Closing(row.pk, row.person_id, row.state, row.reason, row.ask, row.from_at, row.review_on)


def appointments_of(viewer: Viewer, person: int) -> tuple[Appointment, ...]:
    """Whom a court appointed for somebody, now or from a day to come. Raises NotFound as said above."""
    _known(viewer, person, May.RECORD_APPOINTMENTS, "court appointment")
    write(viewer, Action.CONSULTATION, people=[person], fields=("court_appointment",))
    with wall.working():
        rows = Involvement.objects.filter(person_id=person, why=COURT, until_at__gt=viewer.at)
        rows = rows.select_related("user").order_by("from_at", "pk")
        return tuple(Appointment(r.pk, str(r.user), r.reason, r.from_at, r.until_at) for r in rows)


def appointment_of(viewer: Viewer, person: int, number: int) -> Appointment:
    """One appointment. Raises NotFound also where it is for another, or over."""
    held = next((a for a in appointments_of(viewer, person) if a.pk == number), None)
    if held is None:
        raise NotFound(gate.NOT_FOUND)
    return held
