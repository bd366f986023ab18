"""Who lives with whom, and who is what to whom, on any date. Reads below the gate: for queries that have passed it.

A household on a day is those who share a current home address, or are related with `lives_with`, that day. Care homes, hospitals
and schools are places, not households. Those who are related and live elsewhere are in `relations`, not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sightline.people.anchors import identities_of, records_of
from sightline.people.models import Address, Relationship
from sightline.people.persons import persons

HOMES = ("home", "foster", "temporary", "hostel")
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


def relations(person: int, day: date | None = None) -> tuple[Relation, ...]:
    """Who is what to this person: on a day, or ever; each source's word apart."""
    records = records_of([person]).get(person, [])
    held = Relationship.objects.filter(Q(subject_id__in=records) | Q(other_id__in=records)).order_by(
        "since", "event_id"
    )
    rows = list(held)
    who = identities_of({r for row in rows for r in (row.subject_id, row.other_id)})
    found = []
    for row in rows:
        of_subject = row.subject_id in records
        other = who[row.other_id if of_subject else row.subject_id]
        noun = INVERSE.get(row.kind, row.kind) if of_subject else row.kind.replace("_", "-")
        found.append(
            Relation(other, noun, row.since, row.ended, row.lives_with, row.cares_for, row.source, row.event_id)
        )
    return tuple(r for r in found if r.person != person and (day is None or r.on(day)))


def household(person: int, day: date) -> tuple[Member, ...]:
    """Those who live with this person on a day, oldest first; the person is not among them."""
    shared = _sharing(person, day)
    related = relations(person, day)
    for relation in related:
        if relation.lives_with:
            shared.setdefault(relation.person, set()).add(relation.source)
    people = persons(shared)
    members = [
        Member(other, people[other].name, people[other].age_on(day), _relation(related, other), tuple(sorted(sources)))
        for other, sources in shared.items()
        if other in people and not (people[other].died and people[other].died <= day)  # type: ignore[operator]
    ]
    return tuple(sorted(members, key=lambda m: (-(m.age if m.age is not None else 200), m.name, m.person)))


def children_around(person: int, day: date) -> tuple[Member, ...]:
    """Every child this adult lives with or is related to on a day (under 18, or of unknown age and called a child)."""
    around = {m.person: m for m in household(person, day)}
    related = relations(person, day)
    people = persons({r.person for r in related} - around.keys())
    for other, who in people.items():
        sources = tuple(sorted({r.source for r in related if r.person == other}))
        around[other] = Member(other, who.name, who.age_on(day), _relation(related, other), sources)
    return tuple(m for m in around.values() if (m.age < 18 if m.age is not None else m.relation == "child"))


def _relation(related: Iterable[Relation], other: int) -> str:
    nouns = dict.fromkeys(r.relation for r in related if r.person == other)
    return ", ".join(nouns) or "lives at the same address"


def _sharing(person: int, day: date) -> dict[int, set[str]]:
    """People with a home at a premises that is this person's home that day, and who says so."""
    current = Address.objects.filter(since__lte=day, kind__in=HOMES).filter(Q(until__isnull=True) | Q(until__gt=day))
    own = current.filter(record_id__in=records_of([person]).get(person, [])).values_list("premises_id", flat=True)
    there = list(current.filter(premises_id__in=set(own)).values_list("record_id", "source"))
    who = identities_of({record for record, _ in there})
    shared: dict[int, set[str]] = {}
    for record, source in there:
        if who[record] != person:
            shared.setdefault(who[record], set()).add(source)
    return shared
