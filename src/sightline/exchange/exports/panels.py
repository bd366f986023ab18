"""Where a file of a person's record is asked for, by whoever reads it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sightline.access import gate
from sightline.access.viewer import Viewer
from sightline.chronology.panels import Begin, Panel, Told
from sightline.chronology.view import Chronology


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person = chronology.subject
    if person not in gate.readable(viewer, [person]):
        return Told()
    return Told((), (Begin("Ask for a file of this record", f"{reverse('export-ask')}?person={person}"),))


ON_THE_PAGE = Panel("A file to take away", 95, _of)
