"""What was there to be read here when something was decided: for those to whom others answer, of a record that is open to them.

Not what is held now. And of each entry, whether whoever decided could read it in the post that they held then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access import gate, wall
from sightline.access.models import AccessEntry, Post
from sightline.access.policy import Of
from sightline.access.roles import May, above_others, role_name
from sightline.access.viewer import Viewer
from sightline.chronology.queries import as_permitted, chronologies, chronology_as_held, chronology_of
from sightline.chronology.view import Happening
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

NOT_YOURS = "What could be read when something was decided is for those to whom others answer."
LOOKED_BEFORE = timedelta(days=1)
MOST_LOOKS = 20


@dataclass(frozen=True)
class AsHeldPage:
    """An entry, who wrote it in which post, and what was held then: `read` says of each entry whether they could read it, None where nobody knows.

    `looks`: when they looked at this record in the day before, and at what. `later`: entries of before that arrived only afterwards.
    """

    person: Person
    people: Mapping[int, Person]
    entry: Happening
    role: str
    held: tuple[Happening, ...]
    read: Mapping[int, bool] | None
    looks: tuple[tuple[datetime, tuple[str, ...]], ...] | None
    later: int


def supervises(viewer: Viewer) -> bool:
    """Whether others answer to this post, or it agrees to what others decide."""
    return above_others(viewer.role) or viewer.may(May.AGREE_TO_GRADES)


def as_held(viewer: Viewer, person: int, entry: int) -> AsHeldPage:
    """What could be read at the moment of an entry. Raises NotPermitted where nobody answers to this post, NotFound for what it may not read."""
    now = chronology_of(viewer, person, fields=("names", "born", "chronology"))
    if not supervises(viewer):
        gate.refuse(viewer, people=[person], note="what could be read then")
        raise NotPermitted(NOT_YOURS)
    about = next((h for h in now.everything() if h.event_id == entry and not h.pointer), None)
    if about is None:
        gate.refuse(viewer, people=[person], note="what could be read then")
        raise NotFound(gate.NOT_FOUND)
    with wall.around(person):
        then = chronology_as_held(viewer, person, moment=about.at)
        held = tuple(h for h in then.happenings if h.event_id != entry)
        people = persons({p for h in held for of in h.people.values() for p in of} | {person}, sight_of(viewer))
    by = _decider(about)
    arrived = {h.event_id for h in then.everything()} | {entry}
    later = sum(h.at <= about.at and h.event_id not in arrived for h in now.happenings)
    trail = gate.sees(viewer, [person])[person].shows(Of.TRAIL)
    return AsHeldPage(
        people[person], people, about, role_name(by.role) if by else "", held, _read_by(by, person, held) if by else None,
        _looks(by, person) if by and trail else None, later,
    )  # fmt: skip


@wall.working()  # shows nothing but in which post they wrote it
def _decider(about: Happening) -> Viewer | None:
    """Whoever wrote an entry, as they looked at things then; nobody where it names no account and no one person who signs in."""
    held = (
        Post.objects.filter(held_from__lte=about.at).exclude(held_until__lte=about.at).select_related("user", "agency")
    )
    account = about.get("account")
    posts = list(held.filter(user_id=account) if account else held.filter(user__name=about.by or "-"))
    if not posts or len({p.user_id for p in posts}) > 1:
        return None
    post = max(posts, key=lambda p: (p.held_from, p.pk))
    return Viewer(post.user_id, str(post.user), post.role, post.agency.key, post.pk, post.team_id, about.at, "",
                  agency_kind=post.agency.kind, confirmed=True)  # fmt: skip


@wall.working()  # shows nothing but a yes or a no of entries that the viewer reads
def _read_by(by: Viewer, person: int, held: tuple[Happening, ...]) -> dict[int, bool]:
    """Of each of these entries, whether its content was open to somebody then."""
    if not gate.sees(by, [person])[person].content:
        return dict.fromkeys((h.event_id for h in held), False)
    theirs = as_permitted(by, chronologies([person], linked_at=by.at)[person].held_by(by.at))
    could = {h.event_id for h in theirs.everything() if not h.pointer}
    return {h.event_id: h.event_id in could for h in held}


@wall.working()  # the look itself is written down, as one at who looked
def _looks(by: Viewer, person: int) -> tuple[tuple[datetime, tuple[str, ...]], ...]:
    lines = AccessEntry.objects.filter(user_id=by.user_id, people__contains=[person], outcome="given",
                                       at__gt=by.at - LOOKED_BEFORE, at__lte=by.at).order_by("-at", "-pk")  # fmt: skip
    return tuple((e.at, tuple(e.fields)) for e in lines[:MOST_LOOKS])
