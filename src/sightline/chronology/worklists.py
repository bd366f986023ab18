"""What is owed to the people a viewer, or their team, works with. A slice declares a `Worklist` in its panels.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate
from sightline.access.casework import reached
from sightline.access.viewer import Viewer
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.reads import Reading
from sightline.chronology.view import Chronology, Happening


@dataclass(frozen=True)
class Owed:
    """One row: what is owed, about whom (None: nobody is named), by when, and where it is done.

    `others`: whose it is, in words, where neither this viewer nor whoever leads them can do it. It is seen, and stands apart.
    """

    title: str
    person: int | None
    due_at: datetime | None
    href: str
    says: str = ""
    others: str = ""


@dataclass(frozen=True)
class Worklist:
    """`of(viewer, chronology, at)`: what is owed to one person, from what the viewer may read of them.

    `kinds`: the kinds of entry that it reads of them; none named: any. One that reads more is right all the same, and slow.
    `also(viewer, team, at)`: rows that hang on nobody the viewer works with yet; those about somebody they may not read are left out.
    """

    key: str
    title: str
    order: int
    of: Callable[[Viewer, Chronology, datetime], Iterable[Owed]] | None = None
    also: Callable[[Viewer, bool, datetime], Iterable[Owed]] | None = None
    kinds: tuple[str, ...] = ()


def theirs(viewer: Viewer, *agencies: str) -> str:
    """Whose something is that one of these agencies, by key or kind, is to do: empty where it is the viewer's own, or nobody's by name."""
    named = [a for a in agencies if a]
    ours = not named or viewer.agency in named or viewer.agency_kind in named
    return "" if ours else " or ".join(a.replace("_", " ") for a in named)


def caseload(viewer: Viewer, *, team: bool) -> dict[int, Chronology]:
    """What may be read of everybody whom the viewer, or anybody of their team, works with now. The look is the caller's to write down."""
    return several(viewer, reached(viewer, team=team))


def owed_to(viewer: Viewer, lists: Iterable[Worklist], *, team: bool) -> list[tuple[Worklist, Owed]]:
    """What each list says is owed to everybody whom the viewer, or anybody of their team, works with now. The look is the caller's to write down.

    Entries are fetched of the kinds alone that these lists name; where one turns out to read another, it is asked again of the whole.
    """
    asked = [(one, one.of) for one in lists if one.of is not None]
    kinds = {kind for one, _ in asked for kind in one.kinds} if all(one.kinds for one, _ in asked) else set()
    held = several(viewer, reached(viewer, team=team), kinds=sorted(kinds)) if asked else {}
    said: dict[tuple[str, int], list[Owed]] = {}
    again = []
    for one, of in asked:
        for person, chronology in held.items():
            with Reading() as reads:
                said[one.key, person] = list(of(viewer, chronology, viewer.at))
            if kinds and reads.of.get(person, set()) - kinds:
                again.append((one, of, person))
    whole = several(viewer, {person for _, _, person in again}) if again else {}
    said |= {(one.key, person): list(of(viewer, whole[person], viewer.at)) for one, of, person in again}
    return [(one, row) for one, _ in asked for person in held for row in said[one.key, person]]


def several(viewer: Viewer, people: Iterable[int], *, kinds: Iterable[str] = ()) -> dict[int, Chronology]:
    """Chronologies, as permitted, of those of some people whose record the viewer may read; of some kinds of entry, or of all.

    The look is the caller's to write down.
    """
    held = chronologies(gate.readable(viewer, people), kinds=kinds)
    entries = {h.event_id: h for c in held.values() for h in (*c.happenings, *c.past)}
    seen = as_permitted(viewer, Chronology.of(0, entries.values()))
    found: dict[int, list[Happening]] = {person: [] for person in held}
    for entry in (*seen.happenings, *seen.past):
        for person in {p for of in entry.people.values() for p in of} & found.keys():
            found[person].append(entry)
    return {person: Chronology.of(person, of) for person, of in found.items()}
