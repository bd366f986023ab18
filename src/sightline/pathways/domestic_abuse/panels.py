"""What a person's page says of a MARAC: when they were referred and heard, and the papers for it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.chronology.panels import Panel, PanelLine, Told
from sightline.chronology.view import Chronology, Happening
from sightline.pathways.domestic_abuse.rules import to_marac

NEWEST = 3


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    page = reverse("marac", args=[chronology.subject])
    newest = to_marac(chronology)[::-1][:NEWEST]
    return Told(tuple(_line(h, "" if n else page) for n, h in enumerate(newest)))


def _line(entry: Happening, page: str) -> PanelLine:
    """A hearing or a referral; the newest leads to the papers."""
    state = "Heard" if entry.kind == "meeting.held" else "Referred"
    return PanelLine("MARAC: the pack from the record" if page else "MARAC", entry.at, state, page, "grey")


ON_THE_PAGE = Panel("Domestic abuse", 45, _of)
