"""What the person page says of assessments."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.chronology.courses import runs
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.pathways.assessment.rules import ASSESSMENT, unseen_since
from sightline.ui.jinja import words

NEWEST = 3
COLOURS = {"very_high": "red", "high": "red", "medium": "orange"}


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person, found = chronology.subject, runs(ASSESSMENT, chronology)[::-1][:NEWEST]
    lines = [
        PanelLine(f"Assessed by {r.first.by or r.first.agency}", r.first.at, f"{words(r.first.get('level') or 'not said')} risk",
                  reverse("assessments", args=[person]), COLOURS.get(str(r.first.get("level")), "")) for r in found
    ]  # fmt: skip
    if found and (unseen := unseen_since(chronology, at)):
        lines.append(
            PanelLine(
                "No protective factor counts until somebody has seen the child", unseen.at, "Not seen since", "", "red"
            )
        )
    return Told(tuple(lines), (Begin("Assess the harm to a child", reverse("assessment-new", args=[person])),))


ON_THE_PAGE = Panel("Assessments of harm", 25, _of)
