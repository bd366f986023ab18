"""The pages of restrictions and of court appointments. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.entry import looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.oversight.restriction.forms import AppointForm, EndForm, LiftForm, RestrictForm
from sightline.oversight.restriction.queries import (
    appointment_of,
    appointments_of,
    closing_of,
    closings_of,
    due_again,
)
from sightline.oversight.restriction.services import appoint, end_appointment, restrict
from sightline.oversight.restriction.services import lift as lift_restriction
from sightline.ui.asking import refused_in

asked = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@looking
def restrictions(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every restriction in force, the first to be looked at again first."""
    return render(request, "restriction/all.html", {"closings": due_again(viewer), "at": viewer.at})


@asked
@looking
def restriction(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What restricts a record, and one restriction more."""
    standing = closings_of(viewer, person)
    form = RestrictForm(request.POST or None, may_seal=viewer.may(May.REVIEW_ACCESS))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            restrict(viewer, person, **form.cleaned_data)
            return HttpResponseRedirect(reverse("restriction", args=[person]))
    shown = {"closings": standing, "form": form, "person": person, "at": viewer.at}
    return render(request, "restriction/restrict.html", shown, status=422 if form.errors else 200)


@asked
@looking
def lift(request: HttpRequest, viewer: Viewer, person: int, restriction: int) -> HttpResponse:
    """A record is open again."""
    held, form = closing_of(viewer, person, restriction), LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            lift_restriction(viewer, person, restriction, **form.cleaned_data)
            return HttpResponseRedirect(reverse("restriction", args=[person]))
    shown = {"held": held, "form": form, "person": person, "at": viewer.at}
    return render(request, "restriction/lift.html", shown, status=422 if form.errors else 200)


@asked
@looking
def appointment(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Whom a court appointed for this child, and one appointment more."""
    standing, form = appointments_of(viewer, person), AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            appoint(viewer, person, **form.cleaned_data)
            return HttpResponseRedirect(reverse("appointment", args=[person]))
    shown = {"appointments": standing, "form": form, "person": person, "at": viewer.at}
    return render(request, "restriction/appoint.html", shown, status=422 if form.errors else 200)


@asked
@looking
def end(request: HttpRequest, viewer: Viewer, person: int, appointment: int) -> HttpResponse:
    """An appointment ends before its day."""
    held, form = appointment_of(viewer, person, appointment), EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            end_appointment(viewer, person, appointment, **form.cleaned_data)
            return HttpResponseRedirect(reverse("appointment", args=[person]))
    shown = {"held": held, "form": form, "person": person, "at": viewer.at}
    return render(request, "restriction/end.html", shown, status=422 if form.errors else 200)
