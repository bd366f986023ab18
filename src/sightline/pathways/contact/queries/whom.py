"""Whom a contact may be about, as it was carried here; and whom somebody without an account tells of a worry."""

from __future__ import annotations

from sightline.access import gate, wall
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.people.persons import persons
from sightline.people.sight import sight_of
from sightline.ui.asking import LARGEST

MOST = 12
TELLS = ("hub", "social_care", "police")


def carried(viewer: Viewer, numbers: str) -> dict[int, str]:
    """Those of some people whom this viewer may read, by name; the look is written down. The others are left out."""
    asked = [int(n) for n in numbers.split(",")[:MOST] if n.strip().isdigit() and len(n) < 20 and int(n) <= LARGEST]
    opened = gate.readable(viewer, asked)
    if not opened:
        return {}
    gate.look(viewer, opened, fields=("names",), note="contact opened")
    found = persons(opened, sight_of(viewer))
    return {p: found[p].name for p in asked if p in found}


@wall.working()
def whom_to_tell() -> list[tuple[str, str]]:
    """The agencies here that take a worry about a child: their kind and name. Holds nothing about anybody."""
    held = Agency.objects.filter(kind__in=TELLS).values_list("kind", "name")
    return sorted(((kind, name) for kind, name in held), key=lambda row: (TELLS.index(row[0]), row[1]))
