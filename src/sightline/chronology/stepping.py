"""Beginning a course and taking its steps: the one way in which a page writes an entry that belongs to a run.

The same form sent twice is one entry. Two people who take a step at once take it one after the other, and the second is told what
the first did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.viewer import Viewer
from sightline.chronology.courses import BEGIN, MADE_HERE, Course, Run, run_of, step_ref
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.record import record, record_many
from sightline.chronology.view import Happening
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import local
from sightline.people.anchors import all_keys, identities_of

HERE = MADE_HERE
People = Mapping[str, tuple[PersonKey, ...]]


class Changed(Refused):
    """Somebody else has taken the run further since the page was made; `run` is how it stands now."""

    def __init__(self, run: Run) -> None:
        newest = run.entries[-1]
        who, when = newest.by or newest.source, local(newest.recorded_at).strftime("%H:%M on %-d %B %Y")
        super().__init__(
            f"{who} has added to this at {when}, so nothing of yours was saved yet. Look at it, then save again."
        )
        self.run = run


def entry_here(viewer: Viewer, kind: str, ref: str, people: People, data: Mapping[str, Any], at: datetime, *,
               note: str = "", place: str = "") -> Entry:  # fmt: skip
    """An entry that this viewer writes on a page, of something that happened at a moment."""
    return Entry(kind, at, HERE, ref, people, data, recorded_at=viewer.at, extracted_at=viewer.at, agency=viewer.agency,
                 by=viewer.name, note=note, place=place)  # fmt: skip


@wall.working()
def every_record(people: Iterable[int]) -> dict[int, tuple[PersonKey, ...]]:
    """All the records of each person, to name them by in an entry that must hold of each record should they be parted.

    Those too that its writer is not shown: an entry that named only what they see could name nobody.
    """
    return all_keys(people)


def made_by(viewer: Viewer, entry: Happening) -> bool:
    """Whether this viewer wrote an entry: by the account it holds, and by the name only where it holds none. Two people may share a name."""
    account = entry.get("account")
    return entry.by == viewer.name if account is None else account == viewer.user_id


@wall.working()
def held_here(ref: str) -> int:
    """The id of the newest entry of this ref that was made here; 0 where there is none, so that the same form sent twice is one entry."""
    return Event.objects.filter(source=HERE, ref=ref).order_by("-id").values_list("id", flat=True).first() or 0


def begin(viewer: Viewer, course: Course, kind: str, *, token: str, people: People, data: Mapping[str, Any], at: datetime,
          note: str = "", place: str = "") -> str:  # fmt: skip
    """Record the entry that begins a run, and give the run's key. The same token again changes nothing.

    Raises FieldErrors for what is wrong in it, NotFound where the viewer may not know of the people, Refused where the entry begins none.
    """
    if course.step(BEGIN, kind, data) is None:
        raise Refused(f"{course.title} cannot begin with this.")
    ref = f"{course.key}/{token}"
    if not held_here(ref):
        record(entry_here(viewer, kind, ref, people, data, at, note=note, place=place), viewer)
    return f"{HERE}:{ref}"


def run_for(viewer: Viewer, course: Course, person: int, key: str) -> Run:
    """One run as this viewer may read it; the look is written down. Raises NotFound where it is not theirs to see."""
    gate.look(viewer, [person], fields=("chronology",), note=course.key)
    found = run_of(course, as_permitted(viewer, chronologies([person])[person]), key)
    if found is None:
        raise NotFound(gate.NOT_FOUND)
    return found


def take(viewer: Viewer, course: Course, person: int, key: str, kind: str, *, token: str, data: Mapping[str, Any], at: datetime,
         seen: int | None = None, people: People | None = None, note: str = "") -> int:  # fmt: skip
    """Take a run one step further, and give the entry's id. `seen`: how many entries it had on the page that was answered.

    The entry names those of the run's first entry whom the viewer may read, unless `people` says whom. The same token again changes
    nothing. Raises NotFound where the run is not the viewer's to see, Changed where others were faster, Refused where the step cannot
    be taken from where the run stands, FieldErrors for what is wrong in it.
    """
    run = run_for(viewer, course, person, key)
    named = people or people_of(viewer, run.first.event_id)
    ref = step_ref(key, kind, token)
    gate.look(viewer, [person], fields=[kind], action=Action.COLLECTION)
    with transaction.atomic():
        _one_at_a_time(key)
        if held := held_here(ref):
            return held
        run = _as_it_stands(viewer, course, person, key)
        if seen is not None and seen != len(run.entries):
            raise Changed(run)
        if course.step(run.state, kind, data) is None:
            raise Refused(f"This cannot be done now: {course.states[run.state]}.")
        record_many([entry_here(viewer, kind, ref, named, data, at, note=note)], viewer, asked=True, logged=True)
        return held_here(ref)


def _as_it_stands(viewer: Viewer, course: Course, person: int, key: str) -> Run:
    """The run read again once nobody else can take a step of it. Below the gate: `run_for` has been passed."""
    found = run_of(course, as_permitted(viewer, chronologies([person])[person]), key)
    if found is None:
        raise NotFound(gate.NOT_FOUND)
    return found


def _one_at_a_time(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


@wall.working()
def people_of(viewer: Viewer, entry: int) -> dict[str, tuple[PersonKey, ...]]:
    """Those of an entry whom the viewer may read, in their roles, by the records it named them by."""
    rows = list(
        EventPerson.objects.filter(event_id=entry).values_list("role", "record_id", "record__source", "record__key")
    )
    who = identities_of({record for _, record, _, _ in rows})
    opened = gate.readable(viewer, who.values())
    found: dict[str, tuple[PersonKey, ...]] = {}
    for role, held, source, key in rows:
        if who.get(held) in opened:
            found[role] = (*found.get(role, ()), (source, key))
    return found
