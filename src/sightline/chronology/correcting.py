"""Correcting an entry by hand: a new version with its author, its time and its reason. The original is kept, and is shown with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.agencies.systems import systems
from sightline.chronology.corrections import BECAUSE
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.kinds import FieldErrors, checked, kinds
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.queries import chronology_of
from sightline.chronology.record import record_many
from sightline.chronology.view import Happening
from sightline.chronology.wording import NUMBERS
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.reasons import worded
from sightline.people.projections import PROJECTED
from sightline.ui.jinja import words

HERE = "sightline"
SECOND = (
    "agreed",
    "decided",
    "decided_again",
)  # another person's word, which is given on its own page and by nobody else


def may_correct(viewer: Viewer, entry: Happening) -> bool:
    """Whether it is this viewer's agency whose record it is. Who somebody is is put right in the system that says it, or by joining and parting."""
    if entry.pointer or entry.kind in PROJECTED:
        return False
    if entry.source == HERE:
        return entry.agency == viewer.agency
    return entry.source in systems() and systems()[entry.source].owner == viewer.agency_kind


def entry_to_correct(viewer: Viewer, person: int, entry: int) -> Happening:
    """One entry that stands, for whoever may correct it. Raises NotFound for any other, the refusal written down."""
    found = next((h for h in chronology_of(viewer, person) if h.event_id == entry), None)
    if found is None or not may_correct(viewer, found):
        gate.refuse(viewer, people=[person], note=f"correct entry {entry}")
        raise NotFound(gate.NOT_FOUND)
    return found


def fields_of(entry: Happening) -> list[str]:
    """What an entry of its kind can say; not by whose account, which decides who may review it, nor what a second person decided."""
    names = kinds()[entry.kind].model_fields.items()
    return [f.alias or name for name, f in names if name not in (*NUMBERS, *SECOND)]


def correct(viewer: Viewer, person: int, entry: int, *, field: str, value: str, reason: str, at: datetime) -> None:
    """One field of an entry says something else from now; nothing, where it is not known.

    Raises NotFound where the viewer may not correct it, Refused for no reason, a field or value its kind has not, and what it says already.
    """
    old = entry_to_correct(viewer, person, entry)
    worded(reason)
    if field not in fields_of(old):
        raise Refused("Choose what is wrong.")
    held = _held(entry)
    said = _said(old.kind, held.data, field, value.strip())
    if said == held.data:
        raise Refused(f"{words(field)} says that already.")
    # It is said in the name of the same system, so that whoever may not read what that system says does not read this either.
    note = f"{held.note}\n{BECAUSE}{reason.strip()}".strip()
    new = Entry(
        old.kind, old.at, old.source, f"correction/{uuid4().hex}", _people(entry), said, recorded_at=at, extracted_at=at, precision=old.precision,
        agency=viewer.agency, by=viewer.name, place=held.place, note=note, supersedes=entry,
    )  # fmt: skip
    with transaction.atomic():
        # Everybody in it stays in it, those too whom the viewer has not opened: the look at this person has passed the gate.
        write(viewer, Action.ALTERATION, people=[person], fields=[old.kind], note=f"correction of entry {entry}")
        record_many([new], viewer, logged=True)


@wall.working()
def _held(entry: int) -> Event:
    """All that it says, what its reader is not shown too, such as an address that is kept from them: a correction takes nothing away."""
    return Event.objects.get(pk=entry)


def _said(kind: str, data: Mapping[str, Any], field: str, value: str) -> dict[str, Any]:
    """An entry's fields with another value: a list where its kind asks for one."""
    rest = {name: held for name, held in data.items() if name != field}
    if not value:
        return rest
    parts = [part.strip() for part in value.split(",") if part.strip()]
    for candidate in (value, parts):
        try:
            return checked(kind, rest | {field: candidate}, asked=False)
        except FieldErrors as wrong:
            fault = wrong
    raise Refused(f"{words(field)} can't say that. {next(iter(fault.faults.values()))}.")


@wall.working()
def _people(entry: int) -> dict[str, tuple[PersonKey, ...]]:
    """Those in it, by the records it named them by: a correction leaves nobody out."""
    found: dict[str, tuple[PersonKey, ...]] = {}
    for role, source, key in EventPerson.objects.filter(event_id=entry).values_list(
        "role", "record__source", "record__key"
    ):
        found[role] = (*found.get(role, ()), (source, key))
    return found
