"""The page of late and back-dated entries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import looking
from sightline.access.viewer import Viewer
from sightline.oversight.late_entries.queries import FEWEST, late_page


@require_safe
@looking
def late(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Entries of the viewer's own agency that were written down late, or back-dated."""
    return render(request, "late_entries/late.html", {"page": late_page(viewer), "fewest": FEWEST, "at": viewer.at})
