"""The people around one person, as a list and as a picture. Pure: everything comes from the page's own answer."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from sightline.pathways.identity.queries import PersonPage
from sightline.ui.pictures import Figure, family_picture

OLDER = ("parent", "step-parent", "carer", "grandparent", "aunt-uncle", "parent's partner", "landlord", "teacher-coach")
YOUNGER = ("child", "step-child", "grandchild", "niece or nephew", "cared for", "taught or coached", "child-of-partner")
GRAVE = 60
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
        )
        for p, nouns in found.items()
        if p in page.around
    ]


def tier(relation: str) -> int:
    """-1 for an older generation, 1 for a younger one, by the first thing somebody is to the person."""
    first = relation.split(",")[0].strip()
    return -1 if first in OLDER else 1 if first in YOUNGER else 0


def picture(page: PersonPage) -> Markup:
    """The household and those related, drawn around the person; empty where nobody is known. Red: a grave standing fact."""
    home = [
        Figure(str(m.person), m.name, _words(m.relation, m.age), tier(m.relation), True, _grave(f))
        for m, f in page.household
    ]
    away = [Figure(str(k.person), k.name, _words(k.relation, k.age), tier(k.relation)) for k in around(page)]
    if not home and not away:
        return Markup("")
    centre = Figure(str(page.person.person), page.person.name, _words("", page.age), 0, True)
    left = max(0, len(home) + len(away) - MOST_DRAWN)
    description = f"{len(home)} who live there (solid boxes), {len(away)} related who live elsewhere (dashed boxes)"
    description += f"; {left} more are in the list only" if left else ""
    return family_picture(centre, [*home, *away][:MOST_DRAWN], title="Household and family", description=description)


def _words(relation: str, age: int | None) -> str:
    short = relation.split(",")[0].replace("lives at the same address", "same address")
    said = f"{age}" if age is not None else "age not known"
    return f"{short}, {said}" if short else f"aged {said}" if age is not None else said


def _grave(facts: tuple[object, ...]) -> bool:
    return any(getattr(f, "weight", 0) >= GRAVE + 20 for f in facts)
