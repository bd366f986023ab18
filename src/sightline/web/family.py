"""The people around one person, as a list and as a picture. Pure: everything comes from the page's own answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from sightline.chronology.standing import InForce
from sightline.pathways.identity.queries import PersonPage
from sightline.people.household import Member
from sightline.people.persons import Lived, Person, RecordKey
from sightline.ui.pictures import Figure, family_picture

OLDER = ("parent", "step-parent", "carer", "grandparent", "aunt-uncle", "parent's partner", "landlord", "teacher-coach")
SAME = ("sibling", "cousin", "partner", "ex-partner", "neighbour", "associate", "works with", "worker-with")
YOUNGER = ("child", "step-child", "grandchild", "niece or nephew", "cared for", "taught or coached", "child-of-partner")
GRAVE = 80
GENERATION = 16  # years between two people that make one of them a generation older, where nobody says what they are
NO_DANGER = ("child_protection_plan", "looked_after", "died")
MOST_DRAWN = 14


@dataclass(frozen=True)
class Kin:
    """Somebody related who lives elsewhere: what they are to the person, and who says so."""

    person: int
    name: str
    age: int | None
    relation: str
    sources: tuple[str, ...]
    stays: bool
    may_be: tuple[str, ...] = ()
    died: date | None = None


def around(page: PersonPage) -> list[Kin]:
    """Those related on the day who are not of the household: visitors and children who live elsewhere among them."""
    home = {m.person for m, _ in page.household}
    found: dict[int, list[str]] = {}
    for r in page.relations:
        if r.person not in home and r.on(page.on):
            found.setdefault(r.person, []).append(r.relation)
    return [
        Kin(
            p,
            page.around[p].name,
            page.around[p].age_on(page.on),
            ", ".join(dict.fromkeys(nouns)),
            tuple(dict.fromkeys(r.source for r in page.relations if r.person == p)),
            any(r.cares_for for r in page.relations if r.person == p),
            tuple(page.around[o].name for o in sorted(page.alike.get(p, ())) if o in home),
            page.around[p].died if page.around[p].dead_on(page.on) else None,
        )
        for p, nouns in found.items()
        if p in page.around
    ]


def dangers(household: Iterable[tuple[Member, tuple[InForce, ...]]]) -> list[tuple[Member, list[InForce]]]:
    """Those of a household whom an officer at the door must know of, with what must be known; a child's own plan is no danger, nor is a death."""
    told = [(m, [f for f in facts if f.weight >= GRAVE and f.kind not in NO_DANGER]) for m, facts in household]
    return [(m, facts) for m, facts in told if facts]


@dataclass(frozen=True)
class Home:
    """An address of one kind, over all the systems that give it: from the first day any says, until the last."""

    premises: int
    lines: str
    kind: str
    since: date
    until: date | None
    records: tuple[RecordKey, ...]


def addresses_of(who: Person) -> list[Home]:
    """Where somebody has lived or stayed, newest first, each address once."""
    held: dict[tuple[int, str], list[Lived]] = {}
    for lived in who.addresses:
        held.setdefault((lived.premises, lived.kind), []).append(lived)
    return [
        Home(
            premises,
            said[0].lines,
            kind,
            min(a.since for a in said),
            None if any(a.until is None for a in said) else max(a.until for a in said if a.until),
            tuple(dict.fromkeys(a.record for a in said if a.record)),
        )
        for (premises, kind), said in held.items()
    ]


def lives_now(who: Person, day: date) -> list[tuple[Lived, tuple[str, ...]]]:
    """Where somebody lives, each place once, with the systems that say so; what most say first.

    One system's address without its postcode is the same place as another's with it.
    """
    held: dict[str, list[Lived]] = {}
    for lived in who.living_at(day):
        held.setdefault(lived.lines.casefold().strip(" ,"), []).append(lived)
    said: dict[int, list[str]] = {}
    for a in who.addresses:
        if a.on(day):
            said.setdefault(a.premises, []).append(a.source)
    return [
        (
            max(same, key=lambda a: bool(a.postcode)),
            tuple(dict.fromkeys(s for a in same for s in said.get(a.premises, ()))),
        )
        for same in held.values()
    ]


def tier(relation: str, age: int | None = None, of: int | None = None) -> int:
    """-1 for an older generation, 1 for a younger one: by what somebody is to the person, else by their ages."""
    first = relation.split(",")[0].strip()
    if first in OLDER or first in YOUNGER:
        return -1 if first in OLDER else 1
    if first in SAME or age is None or of is None or abs(age - of) < GENERATION:
        return 0
    return -1 if age > of else 1


def picture(page: PersonPage) -> Markup:
    """The household and those related, drawn around the person; empty where nobody is known. Red: a grave standing fact."""
    home = [
        Figure(str(m.person), m.name, _words(m.relation, m.age), tier(m.relation, m.age, page.age), True, _grave(f))
        for m, f in page.household
    ]
    away = [
        Figure(str(k.person), k.name, _words(k.relation, k.age, k.died), tier(k.relation, k.age, page.age))
        for k in around(page)
        if not k.may_be
    ]
    if not home and not away:
        return Markup("")
    centre = Figure(str(page.person.person), page.person.name, _words("", page.age, page.person.died), 0, True)
    left = max(0, len(home) + len(away) - MOST_DRAWN)
    description = f"{len(home)} who live there (solid boxes), {len(away)} related and not living there (dashed boxes)"
    description += f"; {left} more are in the list only" if left else ""
    return family_picture(centre, [*home, *away][:MOST_DRAWN], title="Household and family", description=description)


def _words(relation: str, age: int | None, died: date | None = None) -> str:
    short = relation.split(",")[0].replace("lives at the same address", "same address")
    if died is not None:
        return f"{short}, died {died.year}" if short else f"died {died.year}"
    if age is None:
        return short or "age not known"
    return f"{short}, {age}" if short else f"aged {age}"


def _grave(facts: tuple[object, ...]) -> bool:
    return any(getattr(f, "weight", 0) >= GRAVE for f in facts)
