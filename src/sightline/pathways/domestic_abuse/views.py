"""The papers for a MARAC. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import because, confirmed_again, looking
from sightline.access.viewer import Viewer
from sightline.chronology.giving import grounds, handed
from sightline.pathways.domestic_abuse.queries.marac import case, on_screen, printed
from sightline.ui.asking import refused_in
from sightline.ui.paper.answer import download
from sightline.ui.paper.choosing import ReaderForm


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
    form = ReaderForm(request.POST if request.method == "POST" else None, held.choices)
    why = grounds(form, purpose="marac", at=viewer.at)
    if form.is_valid() and (why is None or why.is_valid()):
        with refused_in(why or form):
            made = printed(viewer, held, form.cleaned_data["to"])
            return download(handed(viewer, made, why), f"marac-pack-{person}")
    asked = why or form
    shown = {"form": asked, "who": held.person, "items": form.listed}
    return render(request, "domestic_abuse/paper.html", shown, status=422 if asked.errors else 200)
