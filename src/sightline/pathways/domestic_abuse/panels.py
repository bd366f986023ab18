"""What a person's page says of a MARAC: when they were referred and heard, and the papers for it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.chronology.panels import Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.pathways.domestic_abuse.rules import to_marac

NEWEST = 3


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    page = reverse("marac", args=[chronology.subject])
    newest = to_marac(chronology)[::-1][:NEWEST]
    return Told(
        tuple(
            PanelLine(
                "MARAC: the pack from the record",
                h.at,
                "Heard" if h.kind == "meeting.held" else "Referred",
                page,
                "grey",
            )
            for h in newest
        )
    )


ON_THE_PAGE = Panel("Domestic abuse", 45, _of)
