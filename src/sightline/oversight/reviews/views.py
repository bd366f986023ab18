"""The pages of what follows a grade. One function a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.entry import because, looking
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.oversight.reviews import forms, services
from sightline.oversight.reviews.pressure import pressed
from sightline.oversight.reviews.queries import following_page, one_task
from sightline.ui.asking import StepForm, refused_in

asked = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@looking
def after(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """When the grade is looked at again, what it asks for and whose it is, and what is lacking."""
    page = following_page(because(viewer, person), person)
    return render(
        request, "reviews/after.html", {"it": page.it, "who": page.person, "role_name": role_name, "at": viewer.at}
    )


def _step(request: HttpRequest, person: int, form: StepForm, shown: dict[str, object], template: str,
          take: Callable[[], object]) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            take()
            return HttpResponseRedirect(reverse("after-grade", args=[person]))
    return render(request, template, shown | {"form": form}, status=422 if form.errors else 200)


@asked
@looking
def give(request: HttpRequest, viewer: Viewer, person: int, task: str) -> HttpResponse:
    """One thing that a high grade asks for, given to somebody by name."""
    viewer = because(viewer, person)
    page, held = one_task(viewer, person, task)
    form = forms.GiveForm(request.POST or None)

    def take() -> None:
        said = form.cleaned_data
        services.give_task(
            viewer, person, task, owner=said["owner"], due=said["due"], token=form.step["token"], at=viewer.at
        )

    return _step(request, person, form, {"who": page.person, "task": held}, "reviews/give.html", take)


@asked
@looking
def drop(request: HttpRequest, viewer: Viewer, person: int, task: str) -> HttpResponse:
    """Why one thing that a high grade asks for will not be done."""
    viewer = because(viewer, person)
    page, held = one_task(viewer, person, task)
    form = forms.DropForm(request.POST or None)

    def take() -> None:
        reason = form.cleaned_data["reason"]
        services.drop_task(viewer, person, task, reason=reason, token=form.step["token"], at=viewer.at)

    return _step(request, person, form, {"who": page.person, "task": held}, "reviews/drop.html", take)


@asked
@looking
def nothing(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Nothing is done for now: why, and until when."""
    viewer = because(viewer, person)
    page, form = following_page(viewer, person), forms.NothingForm(request.POST or None)

    def take() -> None:
        said = form.cleaned_data
        why, again = said["reason"], said["review_on"]
        services.decide_nothing(viewer, person, reason=why, review_on=again, token=form.step["token"], at=viewer.at)

    return _step(request, person, form, {"who": page.person}, "reviews/nothing.html", take)


@asked
@looking
def self_harm(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What was found when the child was asked about self-harm and suicide."""
    viewer = because(viewer, person)
    page, form = following_page(viewer, person), forms.SelfHarmForm(request.POST or None)

    def take() -> None:
        said = {k: form.cleaned_data[k] for k in ("occasion", "finding", "text")}
        services.assess_self_harm(viewer, person, token=form.step["token"], at=viewer.at, **said)

    shown = {"who": page.person, "it": page.it, "occasions": forms.OCCASIONS, "findings": forms.FINDINGS}
    return _step(request, person, form, shown, "reviews/self_harm.html", take)


@require_safe
@looking
def under_pressure(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Low grades set while much waited, of which one in so many is looked at again."""
    return render(request, "reviews/pressure.html", {"page": pressed(viewer), "at": viewer.at})
