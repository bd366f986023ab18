"""The events that supervision writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from sightline.chronology.kinds import EventKind, Words


class SupervisionHeld(EventKind, kind="supervision.held", means="a supervisor looked at a worker's case"):
    reflective: bool | None = None
    directions: list[Words] | None = None
