"""What those who may restrict a record or record a court appointment begin from a person's page."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.panels import Begin, Panel, Told
from sightline.chronology.view import Chronology


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person = chronology.subject
    begins = (
        (May.RESTRICT_RECORDS, Begin("Restrict this record, or lift that", reverse("restriction", args=[person]))),
        (May.RECORD_APPOINTMENTS, Begin("Whom a court appointed", reverse("appointment", args=[person]))),
    )
    return Told((), tuple(begin for right, begin in begins if viewer.may(right)))


ON_THE_PAGE = Panel("Who may read this record", 90, _of)
