"""Whose home a place is on a day. Reads below the gate: for queries that have passed it.

A home is where a record's own system last said that they live: the newest of its home, foster and hostel addresses in force that day, and
any other that the system gives an end that is still to come. Temporary addresses are homes for those who have no other that day. Care
homes, hospitals, schools and secure units are places, not homes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sightline.people.anchors import identities_of, records_of
from sightline.people.models import Address
from sightline.people.sight import EVERYTHING, Sight

SETTLED = ("home", "foster", "hostel")
PASSING = ("temporary", "other")


@dataclass(frozen=True)
class Lives:
    """That a person lives at a place on a day, or stays there with a home elsewhere, by one source."""

    person: int
    premises: int
    source: str
    stays: bool


def lives(people: Iterable[int], day: date, sight: Sight = EVERYTHING) -> tuple[Lives, ...]:
    """Every place these people live or stay at on a day, each source's word apart."""
    of = {record: person for person, held in records_of(people).items() for record in held}
    by_record: dict[int, list[Address]] = defaultdict(list)
    in_force = Address.objects.filter(record_id__in=of, since__lte=day, kind__in=SETTLED + PASSING)
    for address in sight.told_of(in_force.filter(Q(until__isnull=True) | Q(until__gt=day)).order_by("event_id")):
        if sight.there(address.premises_id):
            by_record[address.record_id].append(address)
    settled = [a for held in by_record.values() for a in _current([a for a in held if a.kind in SETTLED])]
    housed = {of[a.record_id] for a in settled}
    passing = [a for held in by_record.values() for a in held if a.kind in PASSING]
    at_home = [Lives(of[a.record_id], a.premises_id, a.source, stays=False) for a in settled]
    away = [Lives(of[a.record_id], a.premises_id, a.source, _stays(a, of[a.record_id] in housed)) for a in passing]
    return tuple(dict.fromkeys([*at_home, *away]))


def lives_at(premises: Iterable[int], day: date, sight: Sight = EVERYTHING) -> tuple[Lives, ...]:
    """Everyone who lives or stays at these places on a day."""
    places = {p for p in premises if sight.there(p)}
    ever = Address.objects.filter(premises_id__in=places, since__lte=day, kind__in=SETTLED + PASSING)
    people = set(identities_of(ever.values_list("record_id", flat=True).distinct()).values()) - sight.hidden
    return tuple(held for held in lives(people, day, sight) if held.premises in places)


def _current(held: list[Address]) -> list[Address]:
    newest = max((a.since for a in held), default=None)
    return [a for a in held if a.since == newest or a.until is not None]


def _stays(address: Address, housed: bool) -> bool:
    return housed or address.kind == "other"
