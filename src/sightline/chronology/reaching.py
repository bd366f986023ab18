"""How somebody may be reached without putting them at risk: what every message that goes out is held against first.

Rests on `contact.preferred`. What is not said is not safe by that: with nothing recorded there is nothing to object, and no promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.viewer import Viewer
from sightline.chronology.queries import chronologies
from sightline.chronology.view import Chronology
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local

PREFERRED = "contact.preferred"
BEFORE = "before reaching them"


class NotSafe(Refused):
    """A message must not go out this way; why is in the words, without what the list holds."""


@dataclass(frozen=True)
class Ways:
    """How somebody wants to be reached, and how never."""

    by: str = ""
    detail: str = ""
    never_by: tuple[str, ...] = ()
    never_at: tuple[str, ...] = ()
    not_in_front_of: tuple[str, ...] = ()

    def objections(self, *, by: str, to: str = "", present: Iterable[str] = ()) -> tuple[str, ...]:
        """Why a message or visit must not go this way: by this means, to this number or address, with these people there."""
        found = []
        if plain(by) in self.never_by:
            found.append(f"Never by {by.replace('_', ' ')}.")
        if to and any(never and (never in plain(to) or plain(to) in never) for never in map(plain, self.never_at)):
            found.append("Not at this number or address.")
        if any(plain(name) in set(map(plain, self.not_in_front_of)) for name in present):
            found.append("Not in front of somebody who would be there.")
        return tuple(found)


def plain(text: str) -> str:
    """Letters and figures alone, so that 07700 900123, 07700900123 and +44 7700 900123 are one."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"(\+|\b00)44\s*(\(0\))?", "0", text.lower()))


def ways_of(chronology: Chronology, at: datetime) -> Ways:
    """What stands at a moment: the newest word about how to reach them. Everything that was ever said never to do holds until said otherwise."""
    held = [
        h for h in chronology.of_kind(PREFERRED) if h.at <= at and h.concerns(chronology.subject, "subject", "child")
    ]
    held = [h for h in held if not h.get("until") or str(h.get("until")) > local(at).date().isoformat()]
    if not held:
        return Ways()
    newest = held[-1].data
    never = re.split(r"[,;]| and | or ", str(newest.get("never_by") or ""))
    return Ways(
        str(newest.get("by") or ""), str(newest.get("detail") or ""), tuple(filter(None, map(plain, never))),
        tuple(newest.get("never_at") or ()), tuple(newest.get("not_in_front_of") or ()),
    )  # fmt: skip


def check_before_reaching(
    viewer: Viewer, person: int, *, by: str, at: datetime, to: str = "", present: Iterable[str] = ()
) -> Ways:
    """Every message that goes out, and every visit planned, passes here first; gives how they want to be reached.

    The whole list counts, whatever of it the sender may read: a letter does its harm all the same. Raises NotSafe; NotFound where the
    sender may not know of the person.
    """
    gate.look(viewer, [person], fields=[PREFERRED], action=Action.COLLECTION, note=BEFORE)
    return may_be_reached(person, by=by, at=at, to=to, present=present)


@wall.working()
def may_be_reached(person: int, *, by: str, at: datetime, to: str = "", present: Iterable[str] = ()) -> Ways:
    """The same below the gate, for callers that have written the look down. Raises NotSafe."""
    ways = ways_of(chronologies([person])[person], at)
    if why := ways.objections(by=by, to=to, present=present):
        raise NotSafe(f"This must not go out so: {' '.join(why)} Choose another way, or ask whoever works with them.")
    return ways
