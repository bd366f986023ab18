"""Low grades set while much waited: how many, and the sample of them that somebody looks at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.models import Event, EventPerson
from sightline.patterns.after_grading.pressure import LOW, sampled
from sightline.people.anchors import identities_of
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

LOOKS_BACK = timedelta(days=28)


@dataclass(frozen=True)
class Pressed:
    """One low grade of the sample: of whom, how low, how much waited, and whether it was graded again since."""

    person: Person
    grade: str
    at: datetime
    waited: int
    again: bool


@dataclass(frozen=True)
class PressedPage:
    """`under`: low grades set under pressure in four weeks; `low`: all low grades; `closed`: of the sample, not open to this viewer."""

    rows: tuple[Pressed, ...]
    low: int
    under: int
    closed: int
    queue: int
    every: int


def pressed(viewer: Viewer) -> PressedPage:
    """The sample, newest first, for those who agree to grades. Raises NotPermitted for other posts."""
    gate.require(viewer, May.AGREE_TO_GRADES)
    rules = limits()
    queue, every = rules.number("pressure.queue", viewer.at), rules.number("pressure.sample", viewer.at)
    since = viewer.at - LOOKS_BACK
    with wall.working():
        graded = list(
            Event.objects.filter(kind="risk.assessed", at__gt=since, at__lte=viewer.at).exclude(
                superseded__isnull=False
            )
        )
        of = _of([e.pk for e in graded])
    hidden = gate.unseen(viewer)
    graded = [e for e in graded if e.pk not in of or not hidden.issuperset(of[e.pk])]  # not even a number tells of them
    low = [e for e in graded if e.data.get("grade") in LOW]
    under = [e for e in low if int(e.data.get("queue_length") or 0) >= queue]
    chosen = [e for e in under if sampled(e.ref, every)]
    shown = {e.pk: [p for p in of.get(e.pk, ()) if p not in hidden] for e in chosen}
    open_ = gate.readable(viewer, {p for held in shown.values() for p in held})
    gate.look(viewer, open_, fields=("names", "grades"), action=Action.LIST, note="grades under pressure")
    who = persons(open_, sight_of(viewer)) if open_ else {}
    rows = [
        Pressed(who[p], str(e.data["grade"]), e.at, int(e.data["queue_length"]), any(p in of.get(x.pk, ()) and x.at > e.at for x in graded))
        for e in sorted(chosen, key=lambda e: e.at, reverse=True) for p in shown[e.pk] if p in who
    ]  # fmt: skip
    closed = sum(bool(held) and not set(held) & open_ for held in shown.values())
    return PressedPage(tuple(rows), len(low), len(under), closed, queue, every)


def _of(events: list[int]) -> dict[int, list[int]]:
    """The children of each entry."""
    rows = list(EventPerson.objects.filter(event_id__in=events, role="child").values_list("event_id", "record_id"))
    who = identities_of({record for _, record in rows})
    found: dict[int, list[int]] = {}
    for event, record in rows:
        if record in who:
            found.setdefault(event, []).append(who[record])
    return found
