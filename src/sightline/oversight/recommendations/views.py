"""The page of profiles and learning reviews."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import looking
from sightline.access.viewer import Viewer
from sightline.oversight.recommendations.queries import reports, today

LONGEST = 200


@require_safe
@looking
def recommendations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What profiles and reviews found and asked for, by the words looked for, and what came of it."""
    asked = request.GET.get("words", "")[:LONGEST]
    shown = {"reports": reports(viewer, asked=asked), "asked": asked, "today": today(viewer), "at": viewer.at}
    return render(request, "recommendations/recommendations.html", shown)
