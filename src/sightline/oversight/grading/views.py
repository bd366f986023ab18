"""The pages of second looks. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sightline.access.entry import looking
from sightline.access.viewer import Viewer
from sightline.oversight.grading import services
from sightline.oversight.grading.queries import agreement_page, waiting


@require_safe
@looking
def waits(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits for a second look, under-ones first, at any hour."""
    return render(request, "grading/waiting.html", {"page": waiting(viewer), "at": viewer.at})


@require_POST
@looking
def take(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:  # noqa: ARG001
    """The record of a child whose grade waits is opened to the specialist who takes it."""
    services.take(viewer, person, entry, at=viewer.at)
    return HttpResponseRedirect(f"/person/{person}/grades/")


@require_safe
@looking
def figures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How far first and second grades agree."""
    return render(request, "grading/agreement.html", {"page": agreement_page(viewer)})
