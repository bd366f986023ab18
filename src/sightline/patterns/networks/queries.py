"""A network around one person, for whoever has to say what it is: children, adults, places, and what each link rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sightline.access import gate
from sightline.access.viewer import Viewer
from sightline.alerts.case import ADULT
from sightline.alerts.models import Alert, Told
from sightline.alerts.settings import limits
from sightline.alerts.shown import known_of, own_role, people_of
from sightline.chronology.queries import as_known, as_permitted, chronologies, happenings_at
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local
from sightline.patterns.networks.rules import LINKS, Link, Node, counts, links_of, reached
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

STEPS = 4  # from the person asked about: an adult, a place, another child, another adult (local default)
MOST = 60  # people followed; a wider network is an analyst's work on other tools
FIELDS = ("names", "chronology")


@dataclass(frozen=True)
class NetworkPage:
    """The people and places that entries link, as far as this viewer may read them, each link with its entries.

    `not_opened`: people in these entries whose records the viewer has not opened. They have no name here and are followed no further.
    `to_take_on`: those whom an alert told to the viewer concerns, and who are not open to them yet.
    """

    person: Person
    who: dict[int, Person]
    children: tuple[Person, ...]
    adults: tuple[Person, ...]
    of_unknown_age: tuple[Person, ...]
    places: dict[int, str]
    links: tuple[Link, ...]
    not_opened: int
    to_take_on: int
    whole: bool
    days: int


def network_page(viewer: Viewer, person: int) -> NetworkPage:
    """The network around a person. Raises NotFound where the viewer may not read them."""
    gate.look(viewer, [person], fields=FIELDS, note="network")
    walk = _Walk(viewer, person)
    links = tuple(x for x in links_of(walk.entries.values()) if _someone(x, walk.opened))
    nodes = reached(("person", person), links)
    links = tuple(x for x in links if x.one in nodes)
    named = {key for kind, key in nodes if kind == "person"}
    if others := walk.opened & named - {person}:
        gate.look(viewer, others, fields=FIELDS, note="network")
    who = persons(walk.opened & named | {person}, sight_of(viewer))
    day = local(viewer.at).date()
    ages = {p: held.age_on(day) for p, held in who.items()}
    return NetworkPage(
        who[person], who,
        tuple(who[p] for p, age in ages.items() if age is not None and age < ADULT),
        tuple(who[p] for p, age in ages.items() if age is not None and age >= ADULT),
        tuple(who[p] for p, age in ages.items() if age is None),
        _places(links), links, len(named - who.keys()), len(closed_to(viewer, person)), walk.whole, walk.days,
    )  # fmt: skip


def closed_to(viewer: Viewer, person: int) -> dict[int, Alert]:
    """Whom standing alerts of a network around this person concern, told to the viewer's role, who are not open to the viewer: and by which."""
    told = Told.objects.filter(role__in=own_role(viewer)).values("alert")
    standing = Alert.objects.filter(kind="network_found", subject_id=person, cleared_at=None, pk__in=told)
    concerned = {p: a for a in known_of(viewer, list(standing)) for p in people_of(a)}
    shut = concerned.keys() - gate.involved(viewer, concerned) - gate.hidden(viewer, concerned)
    return {p: concerned[p] for p in shut}


def _someone(link: Link, opened: set[int]) -> bool:
    """Whether the viewer has opened anybody at either end; a link between two others says nothing that may be said."""
    return any(kind == "person" and key in opened for kind, key in (link.one, link.other))


def _places(links: Iterable[Link]) -> dict[int, str]:
    """Each place by the words of an entry."""
    said: dict[int, str] = {}
    for link in links:
        for kind, key in (link.one, link.other):
            if kind == "place":
                said.setdefault(key, next(h.place for h in link.entries if h.place))
    return said


class _Walk:
    """From one person by entries to others and to places, and on from there, through those alone whom the viewer has opened."""

    def __init__(self, viewer: Viewer, start: int) -> None:
        self.viewer = viewer
        self.days = limits().number("network.days", viewer.at)
        self.since = viewer.at - timedelta(days=self.days)
        self.entries: dict[int, Happening] = {}
        self.opened: set[int] = set()
        self.whole = True
        waiting: set[Node] = {("person", start)}
        met: set[Node] = set()
        for _ in range(STEPS):
            met |= waiting
            self._people({key for kind, key in waiting if kind == "person"})
            self._places_of({key for kind, key in waiting if kind == "place"})
            waiting = {n for link in links_of(self.entries.values()) for n in (link.one, link.other)} - met
        self._people({key for kind, key in waiting if kind == "person"}, follow=False)

    def _people(self, people: set[int], *, follow: bool = True) -> None:
        open_ = sorted(gate.readable(self.viewer, people))
        room = max(MOST - len(self.opened), 0)
        self.whole = self.whole and len(open_) <= room
        self.opened |= set(open_[:room])
        for held in chronologies(open_[:room]).values() if follow else ():
            self._take(as_permitted(self.viewer, held))

    def _places_of(self, places: set[int]) -> None:
        for premises in sorted(places):
            there = as_known(self.viewer, Chronology.of(0, happenings_at(premises)))
            who = {p for h in there.of_kind(*LINKS) for of in h.people.values() for p in of}
            opened = self.opened | gate.readable(self.viewer, who)
            shown = [h for h in there if not h.people or any(p in opened for of in h.people.values() for p in of)]
            self._take(as_permitted(self.viewer, Chronology.of(0, shown)))

    def _take(self, held: Chronology) -> None:
        for entry in held.of_kind(*LINKS):
            if not entry.pointer and counts(entry) and self.since <= entry.at <= self.viewer.at:
                self.entries[entry.event_id] = entry
