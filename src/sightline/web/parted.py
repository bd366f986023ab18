"""People who were taken for one and are two again: what whoever was shown it must check, and for those who answer for it, who that was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import looking
from sightline.access.partings import checked, parting_page, partings
from sightline.access.viewer import Viewer


@require_safe
@looking
def partings_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The wrong joins that this viewer undid, or reviews, and how many have yet to check what they wrote."""
    return render(request, "web/partings.html", {"held": partings(viewer), "at": viewer.at})


@looking
def parting(request: HttpRequest, viewer: Viewer, parting: int) -> HttpResponse:
    """One of them: when I was shown it; for those who answer for it, everybody who was. A POST says that I have checked."""
    if request.method == "POST":
        checked(viewer, parting)
        return HttpResponseRedirect(reverse("home"))
    return render(request, "web/parted.html", {"page": parting_page(viewer, parting), "at": viewer.at})
