"""Who is linked to whom, and through which place: by the entries that put them together, and by nothing else. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from sightline.chronology.view import Happening

ADULTS = ("suspect", "subject", "adult", "offender", "other")
LINKS = (
    *("intelligence.recorded", "exploitation.indicated", "missing.returned", "missing.located", "contact.received"),
    *("crime.recorded", "suspect.identified", "suspect.arrested", "disruption.considered", "disruption.used"),
    *("offender.breached", "relationship.recorded"),
)
TIES = ("associate", "partner")
FAMILY = ("worker", "parent", "carer", "reporter", "victim", "sibling")
Node = tuple[str, int]  # ("person", id) or ("place", key of the premises)


@dataclass(frozen=True)
class Link:
    """Two people, or a person and a place, and every entry that puts them together, oldest first."""

    one: Node
    other: Node
    entries: tuple[Happening, ...]


def counts(entry: Happening) -> bool:
    """Whether an entry that names two people, or a place, says something of harm or of who keeps whose company."""
    if entry.kind == "contact.received":
        return entry.get("kind") in ("exploitation", "sexual_offence", "missing", "online_abuse")
    if entry.kind == "crime.recorded":
        return entry.get("category") in ("sexual", "exploitation", "drugs")
    return entry.kind != "relationship.recorded" or entry.get("kind") in TIES


def links_of(entries: Iterable[Happening]) -> tuple[Link, ...]:
    """Every link that these entries make, the one that most entries bear out first."""
    found: dict[tuple[Node, Node], dict[int, Happening]] = defaultdict(dict)
    for entry in entries:
        if entry.kind in LINKS and counts(entry):
            for one, other in _pairs(entry):
                found[min(one, other), max(one, other)][entry.event_id] = entry
    made = [Link(*ends, tuple(sorted(held.values(), key=lambda h: (h.at, h.event_id)))) for ends, held in found.items()]
    return tuple(sorted(made, key=lambda link: (-len(link.entries), link.one, link.other)))


def _pairs(entry: Happening) -> Iterator[tuple[Node, Node]]:
    """Each child with each adult, adults with one another, everybody with the place; children only where neither is named."""
    if entry.kind == "relationship.recorded":
        ends = [("person", p) for role in ("subject", "other") for p in entry.people.get(role, ())]
        yield from (pair for pair in combinations(ends, 2) if pair[0] != pair[1])
        return
    children = [("person", p) for p in entry.people.get("child", ())]
    adults = [("person", p) for role in ADULTS for p in entry.people.get(role, ())]
    pairs = (*product(children, adults), *combinations(adults, 2))
    yield from (pair for pair in pairs if pair[0] != pair[1])
    if entry.premises_key is not None:
        yield from ((who, ("place", entry.premises_key)) for who in (*children, *adults))
    elif not adults:
        yield from combinations(children, 2)


def reached(start: Node, links: Iterable[Link]) -> frozenset[Node]:
    """Everybody and every place that links lead to from one of them, however many links away."""
    beside: dict[Node, set[Node]] = defaultdict(set)
    for link in links:
        beside[link.one].add(link.other)
        beside[link.other].add(link.one)
    found, waiting = {start}, [start]
    while waiting:
        new = beside[waiting.pop()] - found
        found |= new
        waiting += new
    return frozenset(found)
