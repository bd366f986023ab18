"""Which contacts are of the time of something: the children named together in one of them are one picture. Imports no Django."""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits

INCIDENT = "contact.received"


def incidents_about(chronology: Chronology, moment: datetime, limits: Limits) -> tuple[Happening, ...]:
    """The contacts so shortly before or after a moment that they belong to what happened then."""
    near = timedelta(hours=limits.number("incident.together_hours", moment))
    return tuple(h for h in chronology.of_kind(INCIDENT) if abs(h.at - moment) <= near)
