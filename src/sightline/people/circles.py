"""Who could be whom because of where they stand: those one child's records name as parent, those at one address, those on one phone.

A circle is a handful of people. Two records in one circle are not two of a whole force's: what is left to tell apart is who of the
few it is. Pure functions; records are numbers, and a person is the number of the first of their records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sightline.people.partition import Pair

# More different people than this at one address are a care home, a hostel or a hospital; on one phone, an office.
MOST_PEOPLE = 12
# More parts of people than this, whatever their names, are no circle.
MOST_PARTS = 80
# Namesakes in one district beyond this are too many for the district to tell anything.
MOST_NAMESAKES = 20
# Kinds of relationship that are the same seen from either side.
EITHER_WAY = {"sibling": "sibling", "partner": "partner", "ex_partner": "partner"}
AT_HOME = frozenset({"parent", "step_parent", "carer", "partner", "sibling", "child_of_partner"})
SAID = {
    "parent": "both are named as parent of the same child",
    "partner": "both are named as partner of the same person",
    "sibling": "both are named as sibling of the same child",
    "place": "both are recorded at the same address",
    "phone": "both have the same phone",
}
IN_DISTRICT = "both are recorded in the same postcode district"


@dataclass(frozen=True, slots=True)
class Related:
    """`subject` is the <kind> of `other`, as one system says it."""

    subject: int
    other: int
    kind: str


@dataclass(slots=True)
class Ties:
    """What puts records into circles: relationships, and who is recorded at which place, on which phone, in which district."""

    related: list[Related] = field(default_factory=list)
    at_place: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    on_phone: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    in_district: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Circle:
    """A few people (each the number of their first record) who share something, in words that follow `same name, and ...`."""

    said: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two people share, and among how many different people."""

    said: tuple[str, ...]
    among: int


def circles(ties: Ties, person: Sequence[int]) -> list[Circle]:
    """Every circle of two people or more; `person` is who each record is so far."""
    found: dict[tuple[str, int | str], set[int]] = defaultdict(set)
    kin: dict[int, set[int]] = defaultdict(set)
    for tie in ties.related:
        subject, other = person[tie.subject], person[tie.other]
        if subject == other:
            continue
        kind = EITHER_WAY.get(tie.kind, tie.kind)
        found[kind, other].add(subject)
        found[kind if tie.kind in EITHER_WAY else f"of {kind}", subject].add(other)
        if tie.kind in AT_HOME:
            kin[other].add(subject)
    for place, records in ties.at_place.items():
        here = {person[record] for record in records}
        # A parent named without an address belongs where the child lives.
        found["place", place] = here.union(*(kin[who] for who in here if who in kin))
    for phone, records in ties.on_phone.items():
        found["phone", phone] = {person[record] for record in records}
    held = sorted(((kind, str(of)), people) for (kind, of), people in found.items() if 1 < len(people) <= MOST_PARTS)
    return [Circle(_said(kind), frozenset(people)) for (kind, _), people in held]


def _said(kind: str) -> str:
    if kind.startswith("of "):
        return f"the same person is named as {kind[3:].replace('_', '-')} of both"
    return SAID.get(kind, f"both are named as {kind.replace('_', '-')} of the same person")


def different(people: Iterable[int], called: Callable[[int], Iterable[str]]) -> int:
    """How many different people these look like, those with a given name in common counted as one; the nameless are not counted."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for who in people:
        names = [find(name) for name in called(who)]
        for name in names[1:]:
            root[find(name)] = find(names[0])
    return len({find(name) for name in root})


def sharing(
    standing: Iterable[Circle], called: Callable[[int], Iterable[str]], meets: Callable[[int, int], bool]
) -> Iterator[tuple[Pair, Shared]]:
    """Every pair that stands in a circle together and `meets`. Of several circles those count who stand in all of them."""
    found: dict[Pair, list[Circle]] = defaultdict(list)
    counted: dict[frozenset[int], int] = {}
    for circle in standing:
        counted[circle.people] = different(circle.people, called)
        if counted[circle.people] <= MOST_PEOPLE:
            for pair in combinations(sorted(circle.people), 2):
                if meets(*pair):
                    found[pair].append(circle)
    for pair, shared in found.items():
        few = frozenset.intersection(*(circle.people for circle in shared))
        if few not in counted:
            counted[few] = different(few, called)
        yield pair, Shared(tuple(dict.fromkeys(circle.said for circle in shared)), counted[few])


def neighbours(
    ties: Ties, person: Sequence[int], names: Callable[[int], Iterable[str]]
) -> Iterator[tuple[Pair, Shared]]:
    """Pairs of namesakes in one postcode district, among everybody there; the smallest district that both are in."""
    found: dict[Pair, int] = {}
    for records in ties.in_district.values():
        alike: dict[str, set[int]] = defaultdict(set)
        for record in records:
            for name in names(record):
                alike[name].add(person[record])
        among = len({person[record] for record in records})
        for people in alike.values():
            if 1 < len(people) <= MOST_NAMESAKES:
                for pair in combinations(sorted(people), 2):
                    found[pair] = min(among, found.get(pair, among))
    for pair, among in found.items():
        yield pair, Shared((IN_DISTRICT,), among)


def youngest_parents(ties: Ties, person: Sequence[int], born: Mapping[int, int], gap: int) -> dict[int, int]:
    """The last year in which each person named as a parent can have been born: `gap` years before the eldest child whose year is known."""
    found: dict[int, int] = {}
    for tie in ties.related:
        year = born.get(person[tie.other])
        if tie.kind in {"parent", "step_parent"} and year is not None:
            who = person[tie.subject]
            found[who] = min(year - gap, found.get(who, year))
    return found
