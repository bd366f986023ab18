"""First contact: which child this is, or which few it may be and why; what must be known now; which systems did not answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sightline.access import budgets, gate, wall
from sightline.access.log import Action, write
from sightline.access.policy import Purpose
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.pointers import Pointer, pointer_to
from sightline.chronology.queries import as_known, chronologies, what_stands
from sightline.chronology.sources import Entry, SourceLine, for_standing, in_full, source_lines
from sightline.chronology.standing import InForce, in_force
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import SEARCH_OPENS
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.pathways.contact.queries.checks import ONE_SEARCH, Check, checks
from sightline.pathways.contact.rules import Action as AtTheScene
from sightline.pathways.contact.rules import AtPlace, Someone, Suggestion, least_at_the_scene, suggest
from sightline.people.household import Member, household
from sightline.people.matching.records import Record
from sightline.people.persons import Person, persons
from sightline.people.places import Hazard, Place, hazards, places_like, residents
from sightline.people.premises import outcode_in, postcode_in, street_of
from sightline.people.search import Match, matches
from sightline.people.sight import Sight, sight_of

MOST = 5
WORTH_SAYING = 0.5  # bits
TOO_LITTLE = (
    "Give at least one thing to look for: a name, a date of birth, an address, a whole postcode or a phone number."
    " An age, a description or half a postcode alone finds nobody."
)
FEW_SHARE_IT = (
    500  # a phone number leads to a household: nobody is the likelier a stranger for how many are held elsewhere
)
FEW_STREETS = 3  # postcodes that an address without one may have; more say nothing of where a child lives
LIVES_THERE = "lives at this address"
_BITS = re.compile(r", ([+-][0-9.]+) bits$")
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
    "suggested_response",
    "checks_run",
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

    def enough(self) -> bool:
        """Whether there is anything to look for: an age, a description or half a postcode alone finds nobody, and must not look as if it had."""
        said = any(v.strip() for v in (self.name, self.born, self.phone))
        where = street_of(self.address).words or postcode_in(self.postcode) or postcode_in(self.address)
        return said or bool(where)

    def record(self, day: date, streets: tuple[str, ...] = ()) -> Record:
        """As the matcher takes it; a boy or a girl in the description says the sex, as the caller's word.

        `streets`: postcodes of the places that the address may be, for an address given without its own.
        """
        words = set(re.findall(r"[a-z]+", self.description.lower()))
        male, female = (
            words & {"boy", "man", "son", "brother", "father", "male"},
            words & {"girl", "woman", "daughter", "sister", "mother", "female"},
        )
        sex = "M" if male and not female else "F" if female and not male else ""
        codes = _codes(self.postcode, self.address, streets)
        return Record(
            record_id="asked",
            forenames=self.name.strip(),
            born=self.born.strip() or self.age.strip(),
            sex=sex,
            postcode=codes[0],
            other_postcodes=codes[1:],
            phone=(self.phone.strip(),) if self.phone.strip() else (),
            as_of=day,
        )


def _codes(postcode: str, address: str, streets: tuple[str, ...]) -> tuple[str, ...]:
    """The whole postcode that was said; else those of the streets that the address may be, where few; else as much of one as was said."""
    if whole := postcode_in(postcode) or postcode_in(address):
        return (whole,)
    if 0 < len(streets) <= FEW_STREETS:
        return streets
    return (outcode_in(postcode) or postcode.strip() or outcode_in(address),)


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
    suggested: Suggestion
    pointer: Pointer | None = None  # the record is restricted: nothing of it is shown but whom to ask


@dataclass(frozen=True)
class Answer:
    """Up to five people in bands, never one silent answer; the places asked about; and every system once, over all that is shown."""

    asked: Asked
    at: datetime
    found: tuple[Found, ...]
    places: tuple[tuple[Place, tuple[Hazard, ...], int], ...]
    sources: tuple[SourceLine, ...]
    checks: tuple[Check, ...]
    at_the_scene: tuple[AtTheScene, ...]


def first_contact(viewer: Viewer, asked: Asked, *, at: datetime) -> Answer:
    """The answer to a call, in one query; the page and the API show this same answer.

    Opens an involvement of some hours with each person shown. Raises NotPermitted for roles that do not answer calls, Refused where
    nothing to look for or no reason was given, BudgetSpent where it would show more people than the role opens. The search is written down
    before anything is shown.
    """
    gate.require(viewer, May.SEARCH_AT_FIRST_CONTACT)
    if not asked.enough():
        raise Refused(TOO_LITTLE)
    with budgets.kept_within(viewer) as within:
        answer = _answer(viewer, asked, at)
        opened = {f.person.person for f in answer.found if f.pointer is None}
        opened |= {member.person for f in answer.found for member, _ in f.household}
        within(opened - gate.in_emergency(viewer, opened))
    return answer


def _answer(viewer: Viewer, asked: Asked, at: datetime) -> Answer:
    day, sight = local(at).date(), sight_of(viewer, purpose=Purpose.FIRST_CONTACT)
    few = FEW_SHARE_IT if asked.phone.strip() and not asked.name.strip() else 0
    with wall.searching():
        at_place = places_like(asked.address, asked.postcode, sight) if asked.address or asked.postcode else ()
        streets = tuple(dict.fromkeys(p.postcode for p in at_place if p.postcode)) if asked.address else ()
        likely = matches(asked.record(day, streets), today=day, sight=sight, most=MOST * 2, among=few)
        home = at_place if _one_house(asked, at_place) and not asked.name.strip() else ()
        shown = _shown(viewer, likely, dict.fromkeys(r for p in home for r in residents(p.premises, day, sight)))
        places = tuple((p, hazards(p.premises, at, sight), len(residents(p.premises, day, sight))) for p in at_place)
    until = limits().due(SEARCH_OPENS.name, viewer.at)
    opened = gate.open_first_contact(viewer, [m.person for m in shown], until=until)
    sight.learn_again(opened)
    told = {p for p in opened if sight.given(p).content}
    write(viewer, Action.SEARCH, people=told, fields=(*(f"asked:{f}" for f in asked.given()), *FIELDS))
    found, held = found_of(viewer, [m for m in shown if m.person in opened], at, sight, until)
    held += [h for _, dangers, _ in places for h in dangers]
    return Answer(
        asked,
        at,
        found,
        places,
        source_lines(viewer, held, at),
        checks(viewer, opened, at, since=at - (until - viewer.at)),
        least_at_the_scene(day)[0],
    )


def _one_house(asked: Asked, places: tuple[Place, ...]) -> bool:
    """Whether these are one place: the only one, or a house that some write with its postcode and some without."""
    written = len(places) == 2 and len([p for p in places if p.postcode]) == 1 and bool(street_of(asked.address).number)
    return len(places) == 1 or written


def _shown(viewer: Viewer, likely: Iterable[Match], living: Iterable[int]) -> list[Match]:
    """The best five this viewer may know of; where no name was given, those who live at the address come first."""
    at_address = {p: Match(p, 0, 0.0, LIVES_THERE, ("lives at the address asked about",)) for p in living}
    every = at_address | {m.person: _said(m) for m in likely if m.person not in at_address}
    unseen = gate.hidden(viewer, every)
    return [m for m in every.values() if m.person not in unseen][:MOST]


def _said(match: Match) -> Match:
    """With the reasons that weigh something: one of no weight tells nobody anything."""
    weighs = [r for r in match.reasons if not (bits := _BITS.search(r)) or abs(float(bits[1])) >= WORTH_SAYING]
    return replace(match, reasons=tuple(weighs))


def found_of(
    viewer: Viewer, shown: list[Match], at: datetime, sight: Sight, until: datetime
) -> tuple[tuple[Found, ...], list[Entry]]:
    """Those shown, with those they live with; and every entry that speaks of any of them or of where they live."""
    day = local(at).date()
    people = persons((m.person for m in shown), sight)
    with wall.searching():
        homes = {m.person: household(m.person, day, sight) for m in shown if sight.given(m.person).content}
    around = {member.person for held in homes.values() for member in held}
    gate.open_first_contact(viewer, around, until=until)
    everyone = {m.person for m in shown} | around
    known = {p: as_known(viewer, c.known_by(at)) for p, c in chronologies(everyone).items()}
    sight.learn_again(around)
    given = {p: sight.given(p) for p in everyone}
    facts = {
        p: in_force(for_standing(viewer, c, given[p]), at) for p, c in what_stands(viewer, everyone, at=at).items()
    }
    told = {p for p in everyone if given[p].content}
    if around:
        _written(viewer, told, everyone - told)
    read = {p: in_full(viewer, c, given[p]) for p, c in known.items()}
    dangers = {
        m.person: tuple(h for a in people[m.person].living_at(day) for h in hazards(a.premises, at, sight))
        for m in shown
    }
    found = tuple(
        Found(
            people[m.person], m.band, m.bits, m.reasons, facts[m.person],
            tuple((member, facts[member.person]) for member in homes[m.person]), dangers[m.person],
            _latest(read[m.person]), source_lines(viewer, known[m.person], at),
            suggested_by(people[m.person], homes[m.person], dangers[m.person], read, facts, at),
        )
        if m.person in told
        else _pointed(viewer, people[m.person], m)
        for m in shown
    )  # fmt: skip
    return found, [h for p in told for h in known[p]] + [h for held in dangers.values() for h in held]


def _written(viewer: Viewer, told: set[int], pointed: set[int]) -> None:
    fields = ("names", "household", "standing_facts", "suggested_response")
    write(viewer, Action.CONSULTATION, people=told, fields=fields, note=ONE_SEARCH)
    if pointed:
        write(viewer, Action.CONSULTATION, people=pointed, fields=("pointer",), note=ONE_SEARCH)


def _pointed(viewer: Viewer, who: Person, match: Match) -> Found:
    """Somebody whose record is restricted: how likely it is them, and whom to ask. Not what of them is like what was said."""
    pointer = pointer_to(viewer, who.person, action=Action.SEARCH)
    return Found(who, match.band, 0.0, (), (), (), (), (), (), Suggestion(None, ()), pointer)


def suggested_by(
    who: Person, home: Iterable[Member], dangers: Iterable[Hazard], read: dict[int, Chronology],
    facts: dict[int, tuple[InForce, ...]], at: datetime,
) -> Suggestion:  # fmt: skip
    """What all that is held suggests, from danger to the child, by the entries and the facts that are given."""
    day = local(at).date()
    person = Someone(who.person, who.name, "", who.age_on(day), facts[who.person], read[who.person])
    others = [Someone(m.person, m.name, m.relation, m.age, facts[m.person], read[m.person]) for m in home]
    return suggest(person, others, [AtPlace(h.kind, h.source, h.since, h.event_id) for h in dangers], at)


def _latest(read: Chronology) -> tuple[Happening, ...]:
    told = [h for h in read if not h.kind.startswith(("person.", "address.", "relationship."))]
    return tuple(reversed(told[-5:]))
