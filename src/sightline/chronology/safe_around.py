"""Every safe address that may stand in what is held of somebody: for whatever leaves the screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.access import wall
from sightline.chronology.queries import chronologies
from sightline.kernel.moments import local
from sightline.people.household import household, relations_of
from sightline.people.safe_words import Safe, safe_of


def safe_around(people: Iterable[int], at: datetime) -> tuple[Safe, ...]:
    """The safe addresses of these people, of whoever is tied to them or lives with them, and of whoever their entries name.

    What is kept safe of a mother is where her child lives too, whose record does not say so, and the place of an entry about his father.
    Whatever of it a viewer is shown: it is for leaving out alone, and is left out though somebody they may not know of is why.
    """
    return safe_of(_around(list(people), at), at)


@wall.working()
def _around(people: list[int], at: datetime) -> set[int]:
    found = {r.person for held in relations_of(people).values() for r in held}
    found |= {m.person for p in people for m in household(p, local(at).date())}
    told = chronologies(people).values()
    return found.union(people, *(who for t in told for h in t.everything() for who in h.people.values()))
