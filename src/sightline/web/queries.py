"""What the pages of no one slice read: who this viewer was lately involved with, and what is known of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.models import Involvement
from sightline.access.policy import Of
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.pointers import Pointer, pointer_to
from sightline.chronology.queries import as_known, as_permitted, happenings_at, what_stands
from sightline.chronology.sources import for_standing
from sightline.chronology.standing import InForce, in_force
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.identity.queries import PersonPage, identity_page
from sightline.people.anchors import identities_of
from sightline.people.household import Member, Unnamed, unnamed_children
from sightline.people.models import Address
from sightline.people.persons import Person, persons
from sightline.people.places import Hazard, Place, hazards, place
from sightline.people.sight import Sight, sight_of

RECENT = 10


@dataclass(frozen=True)
class Recent:
    """Somebody this viewer is involved with now, since when, until when, and why."""

    person: Person
    age: int | None
    reason: str
    from_at: datetime
    until_at: datetime | None


def recent_people(viewer: Viewer, *, most: int = RECENT) -> tuple[Recent, ...]:
    """Those this viewer has lately become involved with, newest first; the list is written down as one."""
    live = Involvement.objects.filter(user_id=viewer.user_id or 0, from_at__lte=viewer.at).exclude(
        until_at__lte=viewer.at
    )
    rows = {r.person_id: r for r in live.exclude(reason__startswith="household of").order_by("from_at", "id")}
    newest = sorted(rows.values(), key=lambda r: (r.from_at, r.pk), reverse=True)
    seen = gate.readable(viewer, (r.person_id for r in newest))
    kept = [r for r in newest if r.person_id in seen][:most]
    gate.look(viewer, [r.person_id for r in kept], fields=("names", "born"), action=Action.LIST, note="home")
    people = persons((r.person_id for r in kept), sight_of(viewer))
    day = local(viewer.at).date()
    return tuple(
        Recent(people[r.person_id], people[r.person_id].age_on(day), r.reason, r.from_at, r.until_at)
        for r in kept
        if r.person_id in people
    )


def may_be_same(viewer: Viewer, person: int) -> frozenset[int]:
    """Those waiting for somebody to decide whether they are this person, as far as the viewer may know of them."""
    if not gate.sees(viewer, [person])[person].shows(Of.TRAIL):
        return frozenset()
    return frozenset(other for other, _bits, vetoed, _why in identity_page(viewer, person).candidates if not vetoed)


def restricted(viewer: Viewer, person: int) -> Pointer | None:
    """Where somebody's record may be known of and not read: that it is there, and whom to ask; none where it is open, or not there."""
    given = gate.sees(viewer, [person])[person]
    return pointer_to(viewer, person) if given.known and not given.content else None


def unnamed(page: PersonPage) -> Unnamed | None:
    """Since when somebody whose page this is, already opened, is known to exist without a name; nothing where one is held or withheld."""
    waiting = unnamed_children([page.person.person], as_of=page.at) if page.person.records else ()
    return waiting[0] if waiting else None


@dataclass(frozen=True)
class Lived:
    """Somebody who lives or lived at a place, as one or more systems say it."""

    person: Person
    age: int | None
    since: date
    until: date | None
    kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class AddressPage:
    """A place: what must be known before going, who lives there, who did, and what happened there."""

    place: Place
    hazards: tuple[Hazard, ...]
    now: tuple[Lived, ...]
    before: tuple[Lived, ...]
    not_opened: int
    incidents: tuple[Happening, ...]
    standing: dict[int, tuple[InForce, ...]]

    @property
    def household(self) -> tuple[tuple[Member, tuple[InForce, ...]], ...]:
        """Those who live there now, as far as they are open to the viewer, with what must be known of each."""
        return tuple((_member(x), self.standing.get(x.person.person, ())) for x in self.now)

    @property
    def around(self) -> dict[int, Person]:
        """Those of this place that the viewer has opened, by id."""
        return {x.person.person: x.person for x in (*self.now, *self.before)}


def address_page(viewer: Viewer, premises: int) -> AddressPage:
    """What is known of a place, for whoever answers calls or is involved with somebody there. Raises NotFound otherwise."""
    with wall.at_place(premises):
        return _at_place(viewer, premises)


def _at_place(viewer: Viewer, premises: int) -> AddressPage:
    sight, said = sight_of(viewer), Address.objects.filter(premises_id=premises).order_by("since", "event_id")
    rows = sight.told_of(said)
    whose = identities_of(r.record_id for r in rows)
    known = set(whose.values()) - sight.hidden
    seen = gate.readable(viewer, known)
    held = place(premises, sight)
    if held is None or not (seen or viewer.may(May.SEARCH_AT_FIRST_CONTACT)):
        gate.refuse(viewer, note="place")
        raise NotFound(gate.NOT_FOUND)
    incidents, theirs = _incidents(viewer, premises)
    fields = ("names", "born", "addresses", "hazards", "incidents", "standing_facts")
    gate.look(viewer, seen | theirs, fields=fields, note="place")
    day = local(viewer.at).date()
    lived = _lived([r for r in rows if whose[r.record_id] in seen], whose, day, sight)
    now = tuple(x for x in lived if (x.until is None or x.until > day) and not x.person.dead_on(day))
    return AddressPage(
        held, hazards(premises, viewer.at, sight), now, tuple(x for x in lived if x not in now), len(known - seen),
        incidents, _standing(viewer, [x.person.person for x in now]),
    )  # fmt: skip


def _member(lived: Lived) -> Member:
    return Member(lived.person.person, lived.person.name, lived.age, "lives here", lived.sources)


def _standing(viewer: Viewer, people: list[int]) -> dict[int, tuple[InForce, ...]]:
    """What must be known of each of these, whom the viewer has opened, before anybody goes there."""
    given, resting = gate.sees(viewer, people), what_stands(viewer, people, at=viewer.at)
    return {p: in_force(for_standing(viewer, c, given[p]), viewer.at) for p, c in resting.items()}


def _lived(rows: list[Address], whose: dict[int, int], day: date, sight: Sight) -> list[Lived]:
    people = persons({whose[r.record_id] for r in rows}, sight)
    found: list[Lived] = []
    for person, who in people.items():
        said = [r for r in rows if whose[r.record_id] == person]
        last = said[-1]
        sources = tuple(dict.fromkeys(r.source for r in said))
        found.append(Lived(who, who.age_on(day), min(r.since for r in said), last.until, last.kind, sources))
    return sorted(found, key=lambda x: (x.until is not None, x.since, x.person.person))


def _incidents(viewer: Viewer, premises: int) -> tuple[tuple[Happening, ...], set[int]]:
    """Newest first, with those they concern whom the viewer has opened.

    One that concerns only people whose records are not open to this viewer is not shown: a place is no way round a person's record.
    """
    held = as_known(viewer, Chronology.of(0, happenings_at(premises)))
    opened = gate.readable(viewer, {p for h in held for of in h.people.values() for p in of})
    shown = [h for h in held if not h.kind.startswith(("person.", "address.", "relationship."))]
    shown = [h for h in shown if not h.people or opened & {p for of in h.people.values() for p in of}]
    theirs = {p for h in shown for of in h.people.values() for p in of} & opened
    return tuple(reversed(as_permitted(viewer, Chronology.of(0, shown)).happenings)), theirs
