"""Whom somebody means who writes down a name: of a child and all those around them, whatever of them may be read. To decide by, shown to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.access import gate, wall
from sightline.access.viewer import Viewer
from sightline.chronology.reaching import plain
from sightline.kernel.moments import local
from sightline.people.household import household, relations
from sightline.people.persons import persons
from sightline.people.sight import Sight


def _spelt(name: str) -> str:
    return plain(name) or name.strip().casefold()


@wall.working()
def meant(viewer: Viewer, person: int, names: Iterable[str]) -> dict[str, frozenset[int]]:
    """By each of these names, the child and those who live with them or were ever related to them that go by it in any system.

    Those of whom the viewer may not know are left out, and carry nobody into the family.
    """
    sight = Sight(hidden=frozenset(gate.unseen(viewer)))
    around = {m.person for m in household(person, local(viewer.at).date(), sight)}
    around |= {r.person for r in relations(person, sight=sight)}
    called: dict[str, set[int]] = {}
    for held in persons({person, *around}).values():
        for said in (*held.names, *held.aliases):
            called.setdefault(_spelt(said.value), set()).add(held.person)
    return {name: frozenset(called.get(_spelt(name), ())) for name in names}
