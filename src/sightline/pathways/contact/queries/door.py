"""What somebody must know before they go to the door: of each child as plainly as of dangers to themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sightline.access import wall
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.queries import what_stands
from sightline.chronology.standing import InForce, in_force
from sightline.clocks.limits import SEARCH_OPENS
from sightline.kernel.moments import local
from sightline.pathways.contact.queries import Found, found_of, suggested_by
from sightline.pathways.contact.rules import Grade, Raised, Suggestion, table
from sightline.people.household import household
from sightline.people.persons import persons
from sightline.people.places import hazards
from sightline.people.search import Match
from sightline.people.sight import sight_of


@dataclass(frozen=True)
class Told:
    """One thing to know: of whom, from which system, since when, and the entries it rests on."""

    who: str
    says: str
    source: str
    at: datetime
    rests_on: tuple[int, ...]


@dataclass(frozen=True)
class Message:
    """What is said to whoever goes: of the children, and of dangers to themselves. Neither stands before the other."""

    children: tuple[Told, ...]
    warnings: tuple[Told, ...]
    worked_out: bool = True  # for those who answer calls alone: of others it is not known that nothing is held

    @property
    def rests_on(self) -> list[int]:
        """The entries behind it."""
        return sorted({e for t in (*self.children, *self.warnings) for e in t.rests_on})


def at_the_door(
    viewer: Viewer, people: Iterable[int], *, at: datetime, but: frozenset[int] = frozenset()
) -> tuple[Message, Suggestion]:
    """What is known of these people, of those they live with and of where they live; and the response that it suggests.

    `but`: entries that say nothing new to whoever goes: the very call they go to.
    For those who answer calls: it opens whom these people live with, as a search does. To others nothing is
    suggested.
    """
    asked = list(dict.fromkeys(people))
    if not asked or not viewer.may(May.SEARCH_AT_FIRST_CONTACT):
        return Message((), (), worked_out=False), Suggestion(None, ())
    until = limits().due(SEARCH_OPENS.name, viewer.at)
    found, _ = found_of(viewer, [Match(p, 0, 0.0, "", ()) for p in asked], at, sight_of(viewer), until)
    told = [f for f in found if f.pointer is None]
    return _message(told, at, but), _gravest(told)


@wall.working()
def called_for(viewer: Viewer, people: Iterable[int], *, at: datetime) -> Grade | None:
    """The gravest response that anything held of these people calls for, of those they live with and of where they live, whatever of it
    the viewer reads; less those of whom they may not know. Decides, and shows nothing: not even by which rule.
    """
    sight, day = replace(sight_of(viewer), viewer=None), local(at).date()
    asked = set(people) - sight.hidden
    homes = {p: household(p, day, sight) for p in asked}
    held = what_stands(viewer, asked | {m.person for home in homes.values() for m in home}, at=at)
    facts = {p: in_force(c, at) for p, c in held.items()}
    found = [
        suggested_by(
            who, homes[p], [h for a in who.living_at(day) for h in hazards(a.premises, at, sight)], held, facts, at
        )
        for p, who in persons(asked, sight).items()
    ]
    return min((s.grade for s in found if s.grade), key=lambda g: g.rank, default=None)


def _gravest(found: Iterable[Found]) -> Suggestion:
    raised: dict[str, Raised] = {}
    for f in found:
        for r in f.suggested.raised:
            raised.setdefault(r.rule, r)
    every = sorted(raised.values(), key=lambda r: r.grade.rank)
    return Suggestion(every[0].grade if every else None, tuple(every))


def _message(found: list[Found], at: datetime, but: frozenset[int]) -> Message:
    children: dict[tuple[str, str], Told] = {}
    warnings: dict[tuple[str, str], Told] = {}
    day, until = local(at).date(), table().child_until
    for f in found:
        around = [(m.name, m.age, facts) for m, facts in f.household]
        for name, age, facts in ((f.person.name, f.person.age_on(day), f.standing), *around):
            of_child = age is None or age < until
            _add(children if of_child else warnings, name, facts)
        for hazard in f.hazards:
            said = hazard.kind.replace("_", " ").capitalize()
            warnings.setdefault(
                ("", said), Told("At the address", said, hazard.source, hazard.since, (hazard.event_id,))
            )
        for told in _adding_up(f, but):
            children.setdefault((told.who, told.says), told)
    return Message(tuple(children.values()), tuple(warnings.values()))


def _adding_up(found: Found, but: frozenset[int]) -> Iterable[Told]:
    """What adds up about the person found: that calls were many, or that the last one ended with nobody seeing the child."""
    counted = {r.rule for r in table().raises if r.entries}
    for r in found.suggested.raised:
        for b in r.entries:
            if r.rule in counted and b.person == found.person.person and not but.issuperset(b.event_ids):
                yield Told(b.who, r.because[:1].upper() + r.because[1:], b.source, b.at, b.event_ids)


def _add(to: dict[tuple[str, str], Told], name: str, facts: Iterable[InForce]) -> None:
    for fact in facts:
        said = fact.says[0]
        to.setdefault((name, fact.label), Told(name, fact.label, said.source, said.since, said.rests_on))
