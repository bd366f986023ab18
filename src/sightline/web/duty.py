"""Who is on duty in a team: who it is now and next, and setting it. One function a page."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access.entry import looking
from sightline.access.rota import TeamRota, end_duty, put_on_duty, rota
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.clocks.limits import DUTY
from sightline.kernel.moments import local
from sightline.ui.asking import refused_in

MOMENTS = ["%d %m %Y %H:%M", "%d/%m/%Y %H:%M", "%d %B %Y %H:%M", "%d %b %Y %H:%M", "%Y-%m-%d %H:%M"]


class DutyForm(forms.Form):
    """Who, from when, until when."""

    post = forms.TypedChoiceField(
        coerce=int,
        error_messages={"required": "Choose who is on duty", "invalid_choice": "Choose somebody of a team of yours"},
    )
    from_at = forms.DateTimeField(
        input_formats=MOMENTS,
        error_messages={
            "required": "Enter when the duty begins",
            "invalid": "Enter when it begins, like 27 3 2027 07:00",
        },
    )
    until_at = forms.DateTimeField(
        input_formats=MOMENTS,
        error_messages={"required": "Enter when the duty ends", "invalid": "Enter when it ends, like 27 3 2027 19:00"},
    )

    def __init__(self, said: object, teams: tuple[TeamRota, ...], *, now: datetime) -> None:
        begins = local(now)
        first = f"{begins.day} {begins.month} {begins.year} {begins:%H:%M}"
        super().__init__(said, initial={"from_at": first})  # type: ignore[arg-type]
        self.fields["post"].choices = [p for t in teams for p in t.posts]  # type: ignore[attr-defined]


@looking
def duty(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The duty of the teams that this viewer leads. A team that has set nothing has everybody on duty."""
    teams = rota(viewer)
    ending = request.POST.get("end", "") if request.method == "POST" else ""
    if ending.isdecimal() and len(ending) < 19:
        end_duty(viewer, int(ending))
        return HttpResponseRedirect(reverse("duty"))
    form = DutyForm(request.POST or None, teams, now=viewer.at)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_in(form):
            latest = limits().due(DUTY.name, said["from_at"])
            put_on_duty(viewer, said["post"], from_at=said["from_at"], until_at=said["until_at"], latest=latest)
            return HttpResponseRedirect(reverse("duty"))
    shown = {"teams": teams, "form": form, "at": viewer.at, "longest": limits().say(DUTY.name, viewer.at)}
    return render(request, "web/duty.html", shown, status=422 if form.errors else 200)
