"""The two weekly lists. One function a page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import looking
from sightline.access.viewer import Viewer
from sightline.kernel.moments import local
from sightline.oversight.harm_lists.queries import most_harmful, most_reported


def _week(request: HttpRequest) -> date | None:
    """The week asked for; anything else is passed over."""
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return None


@require_safe
@looking
def children(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The children most often reported."""
    page = most_reported(viewer, _week(request))
    return render(request, "harm_lists/children.html", {"page": page, "day": local(viewer.at).date(), "at": viewer.at})


@require_safe
@looking
def adults(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The adults who have harmed most children."""
    page = most_harmful(viewer, _week(request))
    return render(request, "harm_lists/adults.html", {"page": page, "day": local(viewer.at).date(), "at": viewer.at})
