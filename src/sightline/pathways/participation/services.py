"""Writing down that something was explained, offered, cancelled or complained of; and answering a complaint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sightline.access import gate, wall
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.reaching import check_before_reaching
from sightline.chronology.record import record
from sightline.chronology.stepping import begin, entry_here, held_here, run_for, take
from sightline.kernel.errors import Refused
from sightline.pathways.participation.rules import COMPLAINT
from sightline.people.anchors import keys_for


def write_down(viewer: Viewer, person: int, kind: str, *, token: str, data: Mapping[str, Any], at: datetime) -> None:
    """One entry about how the child takes part. The same token again changes nothing. Raises NotFound, FieldErrors.

    A way back that the child is given is held against where they must never be reached: NotSafe.
    """
    gate.look(viewer, [person], fields=["chronology"])
    if data.get("route"):
        check_before_reaching(viewer, person, by="", to=str(data["route"]), at=at)
    ref = f"participation/{token}"
    if not held_here(ref):
        record(entry_here(viewer, kind, ref, {"child": _key(person)}, data, at), viewer)


def complain(viewer: Viewer, person: int, *, token: str, data: Mapping[str, Any], at: datetime) -> str:
    """A complaint is written down against the case; the alert about it tells a supervisor. Gives its key. Raises NotFound, FieldErrors."""
    gate.look(viewer, [person], fields=["chronology"])
    return begin(viewer, COMPLAINT, "complaint.received", token=token, people={"child": _key(person)}, data=data, at=at)


def answer(
    viewer: Viewer, person: int, key: str, *, token: str, seen: int | None, data: Mapping[str, Any], at: datetime
) -> None:
    """A supervisor, and not whoever wrote it down, has looked at the case and answers. Raises NotFound, NotPermitted, Refused, Changed."""
    gate.require(viewer, May.AGREE_TO_GRADES)
    if run_for(viewer, COMPLAINT, person, key).first.by == viewer.name:
        raise Refused("Somebody other than whoever wrote the complaint down has to answer it.")
    take(viewer, COMPLAINT, person, key, "complaint.answered", token=token, data=data, at=at, seen=seen)


@wall.working()
def _key(person: int) -> tuple[tuple[str, str], ...]:
    return (keys_for([person])[person],)
