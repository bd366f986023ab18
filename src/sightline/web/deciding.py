"""Two pages on which a named person decides who is who: these are the same person or not, and these records are somebody else's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.pathways.identity.forms import ApartForm, SameForm
from sightline.pathways.identity.queries import to_decide
from sightline.pathways.identity.services import join, keep_apart, split
from sightline.people.links import now_known_as
from sightline.ui.asking import refused_in
from sightline.web.entry import because, looking


@looking
def same(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Whether somebody else is this person too, and why. Where they are not much alike it takes a second person to say so."""
    page = to_decide(because(viewer, person), person)
    form = SameForm(request.POST or None, page)
    if request.method == "POST" and form.is_valid():
        verb = join if form.cleaned_data["same"] == "yes" else keep_apart
        with refused_in(form):
            verb(person, form.whom, reason=form.cleaned_data["reason"], by=because(viewer, person), at=viewer.at)
            return HttpResponseRedirect(reverse("records", args=[now_known_as(person) or person]))
    return render(request, "web/same.html", {"page": page, "who": page.person, "form": form}, status=_status(form))


@looking
def apart(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Which of these records are somebody else's, and why."""
    page = to_decide(because(viewer, person), person)
    form = ApartForm(request.POST or None, page)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            reason = form.cleaned_data["reason"]
            split(person, form.leaving, reason=reason, by=because(viewer, person), at=viewer.at)
            return HttpResponseRedirect(reverse("records", args=[person]))
    return render(request, "web/apart.html", {"page": page, "who": page.person, "form": form}, status=_status(form))


def _status(form: SameForm | ApartForm) -> int:
    return 422 if form.errors else 200
