"""What was told in the last weeks that reads as an offence against a child and stands in no crime record: for whoever reviews crime recording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.queries import chronologies
from sightline.chronology.view import Happening
from sightline.kernel.errors import NotPermitted
from sightline.pathways.contact.rules.offences import READ, RECORDED, reads_as_offence, unrecorded
from sightline.people.anchors import identities_of
from sightline.people.persons import persons
from sightline.people.sight import sight_of

DAYS = 28
NOTE = "likely unrecorded offences"


@dataclass(frozen=True)
class Likely:
    """One account: about whom, what kind of entry, when, and by when a crime or a reason was due. A name only where the record is open."""

    person: int
    entry: int
    kind: str
    at: datetime
    due: datetime
    name: str = ""


def reviews(viewer: Viewer, people: tuple[int, ...] = ()) -> None:
    """Raises NotPermitted, the refusal written down, for whoever does not answer for crime recording here."""
    above = viewer.may(May.AGREE_TO_GRADES) and viewer.agency_kind == "police"
    if viewer.role != "crime_registrar" and not above:
        gate.refuse(viewer, people=people, note=NOTE)
        raise NotPermitted("This list is for whoever answers for the recording of crime.")


def likely_unrecorded(viewer: Viewer) -> tuple[Likely, ...]:
    """Every such account of the last weeks, the longest due first; of nobody whom this viewer may not know of. Raises NotPermitted."""
    reviews(viewer)
    found = accounts(viewer.at)
    known = {p for p, _ in found} - gate.hidden(viewer, {p for p, _ in found})
    write(viewer, Action.LIST, people=known, fields=("kinds_of_entry",), note=NOTE)
    opened = gate.readable(viewer, known)
    if opened:
        gate.look(viewer, opened, fields=("names",), note=NOTE)
    names = {p: who.name for p, who in persons(opened, sight_of(viewer)).items()}
    by = limits()
    rows = [
        Likely(p, h.event_id, h.kind, h.at, by.due("crime.recorded", h.at), names.get(p, ""))
        for p, h in found
        if p in known
    ]
    return tuple(sorted(rows, key=lambda r: (r.due, r.entry, r.person)))


@wall.working()
def accounts(at: datetime) -> list[tuple[int, Happening]]:
    """Whom such an account is about, and the account, anywhere in the force. Below the gate: for lists that show who is to review it."""
    told = Event.objects.filter(kind__in=READ, at__gt=at - timedelta(days=DAYS), at__lte=at)
    read = [
        pk
        for pk, kind, data, note in told.values_list("pk", "kind", "data", "note")
        if reads_as_offence(kind, data, note)
    ]
    records = set(EventPerson.objects.filter(event_id__in=read, role="child").values_list("record_id", flat=True))
    held = chronologies(set(identities_of(records).values()), kinds=(*READ, *RECORDED))
    return [(p, h) for p, c in held.items() for h in unrecorded(c.known_by(at)) if h.at > at - timedelta(days=DAYS)]
