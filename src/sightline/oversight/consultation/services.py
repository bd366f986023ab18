"""Writing down a consultation, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sightline.access import gate
from sightline.access.log import Action
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.record import record
from sightline.chronology.stepping import entry_here, held_here
from sightline.kernel.errors import NotFound
from sightline.oversight.consultation.queries import consultation


def hold(viewer: Viewer, *, token: str, data: Mapping[str, Any], at: datetime) -> None:
    """What was asked and what they said. The same token again changes nothing. Raises NotPermitted, FieldErrors."""
    gate.require(viewer, May.DECIDE_LIMITS)
    _write(viewer, "consultation.held", f"consultation/{token}", data, at)


def change(viewer: Viewer, key: str, *, token: str, data: Mapping[str, Any], at: datetime) -> None:
    """What was done about one. Raises NotPermitted, NotFound, FieldErrors."""
    gate.require(viewer, May.DECIDE_LIMITS)
    if consultation(viewer, key) is None:
        gate.refuse(viewer, note="no such consultation")
        raise NotFound(gate.NOT_FOUND)
    ref = f"consultation/{key}#service.changed/{token}"
    _write(viewer, "service.changed", ref, {**data, "consultation": key}, at)


def _write(viewer: Viewer, kind: str, ref: str, data: Mapping[str, Any], at: datetime) -> None:
    gate.look(viewer, [], fields=[kind], action=Action.COLLECTION, note="consultation")
    if not held_here(ref):
        record(entry_here(viewer, kind, ref, {}, data, at), viewer)
