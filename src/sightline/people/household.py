"""Who lives with whom, and who is what to whom, on any date. Reads below the gate: for queries that have passed it.

A household on a day is those who share a current home address, or are related with `lives_with`, that day. Care homes, hospitals
and schools are places, not households. Visitors, and children who live elsewhere but stay, are listed apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from sightline.people.anchors import identities_of, records_of
from sightline.people.homes import lives, lives_at
from sightline.people.models import Relationship, SourceRecord
from sightline.people.persons import persons
from sightline.people.sight import EVERYTHING, Sight

IDENTIFY_WITHIN = timedelta(days=1)  # local default
# What `other` is to `subject`, where subject is the <kind> of other.
INVERSE = {
    "parent": "child", "step_parent": "step-child", "carer": "cared for", "grandparent": "grandchild", "aunt_uncle": "niece or nephew",
    "sibling": "sibling", "cousin": "cousin", "partner": "partner", "ex_partner": "ex-partner", "child_of_partner": "parent's partner",
    "lodger": "landlord", "neighbour": "neighbour", "teacher_coach": "taught or coached", "associate": "associate",
    "worker_with": "works with",
}  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """What someone is to the person in question, as one source says it. `relation` is a noun: `parent`, `sibling`, `child`."""

    person: int
    relation: str
    since: date
    ended: date | None
    lives_with: bool | None
    cares_for: bool | None
    source: str
    event_id: int

    def on(self, day: date) -> bool:
        """Whether it held on a day."""
        return self.since <= day and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Member:
    """Someone in the household, what they are to the person in question, and which sources say that they live there."""

    person: int
    name: str
    age: int | None
    relation: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Unnamed:
    """A child known to exist but not named: since when, and by when somebody should have found out."""

    person: int
    since: datetime
    identify_by: datetime


def relations(person: int, day: date | None = None, sight: Sight = EVERYTHING) -> tuple[Relation, ...]:
    """Who is what to this person: on a day, or ever; each source's word apart, its later word in place of its earlier."""
    return relations_of([person], day, sight)[person]


def relations_of(
    people: Iterable[int], day: date | None = None, sight: Sight = EVERYTHING
) -> dict[int, tuple[Relation, ...]]:
    """The same for several people at once."""
    linked = records_of(people)
    own = {record: person for person, held in linked.items() for record in held}
    found: dict[int, list[Relation]] = {person: [] for person in people}
    rows = sight.told_of(_rows(own, day))
    who = identities_of({r for row in rows for r in (row.subject_id, row.other_id)})
    for row in rows:
        for mine, theirs in ((row.subject_id, row.other_id), (row.other_id, row.subject_id)):
            if mine in own and theirs in who and who[theirs] != own[mine] and who[theirs] not in sight.hidden:
                noun = INVERSE.get(row.kind, row.kind) if mine == row.subject_id else row.kind.replace("_", "-")
                found[own[mine]].append(
                    Relation(
                        who[theirs], noun, row.since, row.ended, row.lives_with, row.cares_for, row.source, row.event_id
                    )
                )
    return {person: tuple(held) for person, held in found.items()}


def _rows(records: Iterable[int], day: date | None) -> list[Relationship]:
    mine = list(records)
    held = Relationship.objects.filter(Q(subject_id__in=mine) | Q(other_id__in=mine))
    if day is None:
        return list(held.order_by("since", "event_id"))
    latest: dict[tuple[str, int, int, str], Relationship] = {}
    for row in held.filter(since__lte=day).order_by("recorded_at", "since", "event_id"):
        latest[row.source, row.subject_id, row.other_id, row.kind] = row
    rows = [row for row in latest.values() if row.ended is None or day < row.ended]
    return sorted(rows, key=lambda row: (row.since, row.event_id))


def household(person: int, day: date, sight: Sight = EVERYTHING) -> tuple[Member, ...]:
    """Those who live with this person on a day, oldest first; the person is not among them."""
    sources = _together(person, day, sight)[0]
    return _members(person, {p: said for p, said in sources.items() if p != person}, day, sight)


def visitors(person: int, day: date) -> tuple[Member, ...]:
    """Those who stay at this person's home that day with a home elsewhere, and children of the household who live elsewhere."""
    household_of, premises = _together(person, day)
    staying: dict[int, set[str]] = {}
    for held in lives_at(premises, day):
        if held.stays and held.person not in household_of:
            staying.setdefault(held.person, set()).add(held.source)
    members = list(_members(person, staying, day))
    parents = relations_of(household_of, day)
    apart: dict[int, set[str]] = {}
    whose: dict[int, int] = {}
    for adult, related in parents.items():
        for r in related:
            if (
                r.relation in ("child", "step-child", "cared for")
                and r.person not in household_of.keys() | staying.keys()
            ):
                apart.setdefault(r.person, set()).add(r.source)
                whose.setdefault(r.person, adult)
    names = {p: held.name for p, held in persons(whose.values()).items()}
    for member in _members(person, apart, day):
        if member.age is None or member.age < 18:
            members.append(replace(member, relation=f"child of {names[whose[member.person]]}, lives elsewhere"))
    return tuple(members)


def children_around(person: int, day: date) -> tuple[Member, ...]:
    """Every child this adult lives with, is visited by, or is related to on a day (under 18, or of unknown age and called a child)."""
    around = {m.person: m for m in (*visitors(person, day), *household(person, day))}
    others: dict[int, set[str]] = {}
    for r in relations(person, day):
        if r.person not in around:
            others.setdefault(r.person, set()).add(r.source)
    around |= {m.person: m for m in _members(person, others, day)}
    return tuple(m for m in around.values() if (m.age < 18 if m.age is not None else "child" in m.relation))


def _together(person: int, day: date, sight: Sight = EVERYTHING) -> tuple[dict[int, set[str]], set[int]]:
    """Everyone in the household, the person included, with the sources that say so; and the premises that are its home.

    Those a person lives with bring their address along, and those at the address bring whom they live with: a baby without an address
    lives where its mother does.
    """
    sources: dict[int, set[str]] = {person: set()}
    _add_lived_with(sources, day, sight)
    premises = {held.premises for held in lives(sources, day, sight) if not held.stays}
    for held in lives_at(premises, day, sight):
        if not held.stays:
            sources.setdefault(held.person, set()).add(held.source)
    _add_lived_with(sources, day, sight)
    return sources, premises


def _add_lived_with(sources: dict[int, set[str]], day: date, sight: Sight) -> None:
    asked: set[int] = set()
    while fresh := sources.keys() - asked:
        asked |= fresh
        for related in relations_of(sorted(fresh), day, sight).values():
            for r in related:
                if r.lives_with:
                    sources.setdefault(r.person, set()).add(r.source)


def _members(person: int, sources: dict[int, set[str]], day: date, sight: Sight = EVERYTHING) -> tuple[Member, ...]:
    related, people = relations(person, day, sight), persons(sources, sight)
    members = [
        Member(other, people[other].name, people[other].age_on(day), _relation(related, other), tuple(sorted(said)))
        for other, said in sources.items()
        if other in people and not people[other].dead_on(day)
    ]
    return tuple(sorted(members, key=lambda m: (-(m.age if m.age is not None else 200), m.name, m.person)))


def _relation(related: Iterable[Relation], other: int) -> str:
    nouns = dict.fromkeys(r.relation for r in related if r.person == other)
    return ", ".join(nouns) or "lives at the same address"


def unnamed_children(people: Iterable[int], *, as_of: datetime) -> tuple[Unnamed, ...]:
    """Children known to exist whom no system names yet, longest unnamed first, and by when they should be named."""
    named, waiting = persons(people), []
    for person, held in named.items():
        told = SourceRecord.objects.filter(pk__in=[r.record_id for r in held.records], event_id__isnull=False)
        since = min((r.recorded_at for r in told if r.recorded_at), default=None)
        if not held.names and since is not None and since <= as_of:
            waiting.append(Unnamed(person, since, since + IDENTIFY_WITHIN))
    return tuple(sorted(waiting, key=lambda u: (u.since, u.person)))
