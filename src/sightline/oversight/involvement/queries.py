"""Whose work with a child ends soon, as they are told; and whose of a team ended, as whoever leads it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate, wall
from sightline.access.casework import WORK
from sightline.access.handing import answering
from sightline.access.log import Action
from sightline.access.models import Involvement
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.oversight.involvement.rules import HANDED_ON, KEPT, NO_WORK, day_after, last_day
from sightline.people.persons import persons
from sightline.people.sight import sight_of

BECAUSE = {
    NO_WORK: "Nothing of yours or your agency’s goes on with this child that Sightline knows of.",
    HANDED_ON: "The work was handed on, and nothing else of yours goes on with this child that Sightline knows of.",
    KEPT: "You said why you still needed it, and that time is over.",
}
ENDED = {NO_WORK: "no live work", HANDED_ON: "handed on", KEPT: "kept for a time with a reason"}
NOT_LED = "No other post answers to yours, so there is no team whose ended work you could be shown."


@dataclass(frozen=True)
class Ending:
    """The viewer's own work with somebody, and the last day on which it opens the record to them."""

    person: int
    until_at: datetime
    why: str

    @property
    def last_day(self) -> date:
        """As a page says it."""
        return last_day(self.until_at)

    @property
    def because(self) -> str:
        """Why, in a sentence."""
        return BECAUSE[self.why]


@dataclass(frozen=True)
class Ended:
    """Somebody's work with a child whom the viewer may read, that ended lately."""

    person: int
    name: str
    post: int
    whose: str
    last_day: date
    why: str


def _endings(viewer: Viewer, people: Iterable[int] | None = None) -> list[Ending]:
    """Of each child the last of the viewer's ties, where the nightly look set its end and that is near."""
    mine = Involvement.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, why__in=WORK)
    mine = mine if people is None else mine.filter(person_id__in=list(people))
    last: dict[int, tuple[datetime | None, str]] = {}
    for person, until, why in mine.values_list("person_id", "until_at", "ends"):
        had = last.get(person)
        if had is None or (had[0] is not None and (until is None or until > had[0])):
            last[person] = (until, why)
    near = day_after(limits().due("involvement.told", viewer.at))
    return [Ending(p, until, why) for p, (until, why) in last.items() if why and until is not None and until <= near]


def ending_of(viewer: Viewer, person: int) -> Ending | None:
    """The viewer's own work with a child, where it ends soon. For a page that has passed the gate; says nothing of the child."""
    return next(iter(_endings(viewer, [person])), None)


def ending_to_keep(viewer: Viewer, person: int) -> Ending:
    """The same for the page that asks why it is still needed. Raises NotFound, written down, where nothing ends or nothing may be read."""
    found = ending_of(viewer, person) if gate.readable(viewer, [person]) else None
    if found is None:
        gate.refuse(viewer, people=[person], note="keep work")
        raise NotFound(gate.NOT_FOUND)
    return found


def endings(viewer: Viewer) -> list[Ending]:
    """All of the viewer's work that ends soon, the first to end first. Names nobody; whom they may not read is left out by the list."""
    return sorted(_endings(viewer), key=lambda e: (e.until_at, e.person))


def leads_work(viewer: Viewer) -> bool:
    """Whether there is a team whose work this viewer hands on."""
    return bool(answering(viewer))


def listed_since(viewer: Viewer) -> datetime:
    """From when on work that ended is still on the list of whoever leads the team."""
    span = limits().due("involvement.listed", viewer.at) - viewer.at
    return viewer.at - span


def ended(viewer: Viewer) -> list[Ended]:
    """Whose work of the viewer's teams ended lately, of children whom the viewer may read; others are not there. The look is written down.

    Raises NotPermitted for a post to which no team answers.
    """
    if not leads_work(viewer):
        gate.refuse(viewer, note="ended work of a team")
        raise NotPermitted(NOT_LED)
    rows = _ended(viewer)
    seen = gate.readable(viewer, {row.person_id for row in rows})
    gate.look(viewer, seen, fields=("names",), action=Action.LIST, note="ended work of a team")
    named = persons(seen, sight_of(viewer))
    return [_said(row, named[row.person_id].name) for row in rows if row.person_id in named]


def ended_of(viewer: Viewer, person: int, post: int) -> Ended:
    """One of them. Raises NotFound, written down, where it is not on the viewer's list."""
    found = (
        next((e for e in ended(viewer) if (e.person, e.post) == (person, post)), None) if leads_work(viewer) else None
    )
    if found is None:
        gate.refuse(viewer, people=[person], note="ended work of a team")
        raise NotFound(gate.NOT_FOUND)
    return found


@wall.working()
def _ended(viewer: Viewer) -> list[Involvement]:
    """The newest end of each post and child, where that post has no other work with the child now."""
    team = Involvement.objects.filter(post__team__in=answering(viewer), why__in=WORK)
    over = team.filter(until_at__gt=listed_since(viewer), until_at__lte=viewer.at).exclude(ends="")
    rows = {(r.post_id, r.person_id): r for r in over.select_related("user").order_by("until_at", "pk")}
    live = team.filter(live_at(viewer.at), person_id__in={p for _, p in rows})
    works = set(live.values_list("post_id", "person_id"))
    return sorted((r for key, r in rows.items() if key not in works), key=lambda r: (r.until_at, r.pk), reverse=True)


def _said(row: Involvement, name: str) -> Ended:
    last = last_day(row.until_at or row.from_at)
    return Ended(row.person_id, name, row.post_id, str(row.user), last, ENDED.get(row.ends, ""))
