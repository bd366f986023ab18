"""The pages of consultations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound
from sightline.oversight.consultation.forms import ChangeForm, ConsultationForm
from sightline.oversight.consultation.queries import consultation, consultations
from sightline.oversight.consultation.services import change, hold


@require_safe
@looking
def every(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was asked, what they said, and what was done about it."""
    shown = {"consultations": consultations(viewer), "writes": viewer.may(May.DECIDE_LIMITS), "at": viewer.at}
    return render(request, "consultation/every.html", shown)


@looking
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Write one down."""
    gate.require(viewer, May.DECIDE_LIMITS)
    form = ConsultationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        hold(viewer, token=form.step["token"], data=form.said, at=viewer.at)
        return HttpResponseRedirect(reverse("consultations"))
    return _asked(request, form, "Write down a consultation", None)


@looking
def changed(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Say what was done about one."""
    gate.require(viewer, May.DECIDE_LIMITS)
    of = consultation(viewer, key)
    if of is None:
        gate.refuse(viewer, note="no such consultation")
        raise NotFound(gate.NOT_FOUND)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        change(viewer, key, token=form.step["token"], data=form.said, at=viewer.at)
        return HttpResponseRedirect(reverse("consultations"))
    return _asked(request, form, "What was done about it", of)


def _asked(request: HttpRequest, form: ConsultationForm | ChangeForm, title: str, of: object) -> HttpResponse:
    shown = {"form": form, "title": title, "of": of}
    return render(request, "consultation/form.html", shown, status=422 if form.errors else 200)
