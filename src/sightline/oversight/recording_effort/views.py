"""The page of what recording takes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import looking
from sightline.access.viewer import Viewer
from sightline.oversight.recording_effort.queries import FEWEST, effort_page


@require_safe
@looking
def effort(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keystrokes and minutes for each form and case, of the viewer's own agency."""
    return render(request, "recording_effort/effort.html", {"page": effort_page(viewer), "fewest": FEWEST})
