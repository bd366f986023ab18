"""First contact: which child this is, or which few it may be and why; what must be known now; which systems did not answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.policy import Tier, tier
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.queries import as_known, chronologies
from sightline.chronology.sources import SourceLine, for_standing, source_lines
from sightline.chronology.standing import InForce, in_force
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import local
from sightline.people.household import Member, household
from sightline.people.matching.records import Record
from sightline.people.persons import Person, persons
from sightline.people.places import Hazard, Place, hazards, place, places_like, residents
from sightline.people.search import Match, matches
from sightline.people.sight import Sight, sight_of

MOST = 5
FIELDS = (
    "names",
    "born",
    "sex",
    "addresses",
    "phones",
    "standing_facts",
    "household",
    "latest_entries",
    "source_states",
)


@dataclass(frozen=True)
class Asked:
    """What the caller says, as it was typed; any of it may be empty."""

    name: str = ""
    born: str = ""
    age: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    description: str = ""

    def given(self) -> tuple[str, ...]:
        """The names of the fields that were filled in: what the access log may hold."""
        return tuple(field for field, value in vars(self).items() if value.strip())

    def record(self, day: date) -> Record:
        """As the matcher takes it; a boy or a girl in the description says the sex, as the caller's word."""
        words = set(re.findall(r"[a-z]+", self.description.lower()))
        male, female = (
            words & {"boy", "man", "son", "brother", "father", "male"},
            words & {"girl", "woman", "daughter", "sister", "mother", "female"},
        )
        sex = "M" if male and not female else "F" if female and not male else ""
        return Record(
            record_id="asked",
            forenames=self.name.strip(),
            born=self.born.strip() or self.age.strip(),
            sex=sex,
            postcode=self.postcode.strip(),
            phone=(self.phone.strip(),) if self.phone.strip() else (),
            as_of=day,
        )


@dataclass(frozen=True)
class Found:
    """A person who may be meant, with what somebody going to the door must know."""

    person: Person
    band: str
    bits: float
    reasons: tuple[str, ...]
    standing: tuple[InForce, ...]
    household: tuple[tuple[Member, tuple[InForce, ...]], ...]
    hazards: tuple[Hazard, ...]
    latest: tuple[Happening, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Answer:
    """Up to five people in bands, never one silent answer; the places asked about; and every source's state."""

    asked: Asked
    at: datetime
    found: tuple[Found, ...]
    places: tuple[tuple[Place, tuple[Hazard, ...], int], ...]
    sources: tuple[SourceLine, ...]


def first_contact(viewer: Viewer, asked: Asked, *, at: datetime) -> Answer:
    """The answer to a call, in one query; the page and the API show this same answer.

    Opens a 12-hour involvement with each person shown. Raises NotPermitted for roles that do not answer calls, Refused where
    nothing to look for or no reason was given. The search is written down before anything is read.
    """
    gate.require(viewer, May.SEARCH_AT_FIRST_CONTACT)
    if not asked.given():
        raise Refused(
            "Give at least one thing to look for: a name, a date of birth, an address, a postcode or a phone number."
        )
    day, sight = local(at).date(), sight_of(viewer)
    likely = matches(asked.record(day), today=day, sight=sight, most=MOST * 2)
    at_place = places_like(asked.address, asked.postcode, sight) if asked.address or asked.postcode else ()
    living = {p.premises: residents(p.premises, day, sight) for p in at_place[:1]} if not asked.name.strip() else {}
    shown = _shown(viewer, likely, living.values())
    opened = gate.open_first_contact(viewer, [m.person for m in shown])
    write(viewer, Action.SEARCH, people=opened, fields=(*(f"asked:{f}" for f in asked.given()), *FIELDS))
    found = _found(viewer, [m for m in shown if m.person in opened], at, sight)
    places = tuple((p, hazards(p.premises, at, sight), len(residents(p.premises, day, sight))) for p in at_place)
    return Answer(asked, at, found, places, source_lines(viewer, (), at))


def _shown(viewer: Viewer, likely: Iterable[Match], living: Iterable[tuple[int, ...]]) -> list[Match]:
    """The best five this viewer may know of; where no name was given, those who live at the address come first."""
    at_address = [
        Match(p, 0, 0.0, "lives at this address", ("lives at the address asked about",))
        for held in living
        for p in held
    ]
    every = {m.person: m for m in [*likely, *at_address]}
    unseen = gate.hidden(viewer, every)
    return [m for m in every.values() if m.person not in unseen][:MOST]


def _found(viewer: Viewer, shown: list[Match], at: datetime, sight: Sight) -> tuple[Found, ...]:
    day = local(at).date()
    people = persons((m.person for m in shown), sight)
    homes = {m.person: household(m.person, day, sight) for m in shown}
    around = {member.person for held in homes.values() for member in held}
    gate.open_first_contact(viewer, around)
    everyone = {m.person for m in shown} | around
    known = {p: as_known(viewer, c.known_by(at)) for p, c in chronologies(everyone).items()}
    facts = {p: in_force(for_standing(viewer, c), at) for p, c in known.items()}
    if around:
        write(
            viewer,
            Action.CONSULTATION,
            people=everyone,
            fields=("names", "household", "standing_facts"),
            note="household at first contact",
        )
    return tuple(
        Found(
            people[m.person], m.band, m.bits, m.reasons, facts[m.person],
            tuple((member, facts[member.person]) for member in homes[m.person]),
            tuple(h for a in people[m.person].living_at(day) for h in hazards(a.premises, at, sight)),
            _latest(viewer, known[m.person]), source_lines(viewer, known[m.person], at),
        )
        for m in shown
    )  # fmt: skip


def _latest(viewer: Viewer, chronology: Chronology) -> tuple[Happening, ...]:
    told = [
        h
        for h in chronology
        if tier(viewer, h.source) is Tier.FULL and not h.kind.startswith(("person.", "address.", "relationship."))
    ]
    return tuple(reversed(told[-5:]))


def place_asked(viewer: Viewer, premises: int, *, at: datetime) -> tuple[Place, tuple[Hazard, ...], tuple[int, ...]]:
    """A place, its hazards and who lives there now that this viewer may know of; the look is written down by the caller's query."""
    sight = sight_of(viewer)
    held = place(premises, sight)
    if held is None:
        gate.refuse(viewer, note="no such place")
        raise NotFound(gate.NOT_FOUND)
    return held, hazards(premises, at, sight), residents(premises, local(at).date(), sight)
