"""The pages of work that ends: kept with a reason; what of a team's ended; handed again. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.entry import looking
from sightline.access.handing import takers
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.oversight.involvement.forms import AgainForm, KeepForm
from sightline.oversight.involvement.queries import ended, ended_of, ending_to_keep
from sightline.oversight.involvement.services import hand_again
from sightline.oversight.involvement.services import keep as keep_work
from sightline.ui.asking import refused_in

asked = require_http_methods(["GET", "HEAD", "POST"])


@asked
@looking
def keep(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Why the record of a child is still needed by somebody whose work with them ends."""
    ending, form = ending_to_keep(viewer, person), KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            keep_work(viewer, person, reason=form.cleaned_data["reason"])
            return HttpResponseRedirect(reverse("person", args=[person]))
    longer = limits().say("involvement.kept", viewer.at)
    shown = {"ending": ending, "form": form, "person": person, "longer": longer}
    return render(request, "involvement/keep.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def team(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whose work of the viewer's team ended lately."""
    how_long = limits().say("involvement.listed", viewer.at)
    return render(request, "involvement/ended.html", {"ended": ended(viewer), "how_long": how_long})


@asked
@looking
def again(request: HttpRequest, viewer: Viewer, person: int, post: int) -> HttpResponse:
    """Work that ended is handed to somebody of the team again."""
    was, people = ended_of(viewer, person, post), takers(viewer)
    form = AgainForm(request.POST or None, people)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            hand_again(viewer, person, post, **form.cleaned_data)
            return HttpResponseRedirect(reverse("work-ended"))
    shown = {"was": was, "form": form, "people": people}
    return render(request, "involvement/again.html", shown, status=422 if form.errors else 200)
