"""The papers for a MARAC. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import because, confirmed_again, looking
from sightline.access.viewer import Viewer
from sightline.chronology.giving import paper_page
from sightline.pathways.domestic_abuse.queries.marac import case, on_screen, printed


@require_safe
@looking
def pack(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """The pack as this viewer may read it."""
    viewer = because(viewer, person)
    held = case(viewer, person)
    shown = {"who": held.person, "sections": on_screen(viewer, held), "at": viewer.at}
    return render(request, "domestic_abuse/pack.html", shown)


@looking
@confirmed_again
def paper(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """The pack as a PDF, for one reader: whoever makes one has just said again who they are."""
    viewer = because(viewer, person)
    held = case(viewer, person)
    return paper_page(
        request, viewer, held.choices, ("domestic_abuse/paper.html", {"who": held.person}), purpose="marac", file=f"marac-pack-{person}",
        make=lambda to: printed(viewer, held, to),
    )  # fmt: skip
