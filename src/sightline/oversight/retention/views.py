"""The pages of retention: what is due, held and decided; one review; a hold placed and lifted. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sightline.access import gate
from sightline.access.entry import looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.oversight.retention.forms import AgreeForm, DecideForm, HoldForm, LiftForm
from sightline.oversight.retention.queries import ReviewPage, hold_to_lift, holding_page, retention_lists, review_page
from sightline.oversight.retention.services import (
    agree,
    decide,
    lift_hold,
    open_for_review,
    place_hold,
    place_hold_on_system,
)
from sightline.ui.asking import refused_in


@require_safe
@looking
def lists(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is due for review, what waits for a second person or to be erased, what is held back, and what was decided."""
    return render(request, "retention/lists.html", {"page": retention_lists(viewer), "at": viewer.at})


@looking
def review(request: HttpRequest, viewer: Viewer, review: int) -> HttpResponse:
    """One review: what is held, by whose schedule, and the decision; or a second person's word on a disposal."""
    page = review_page(viewer, review)
    form = _form(page, request)
    if request.method == "POST" and form is not None and form.is_valid():
        with refused_in(form):
            _decided(viewer, review, form)
            return HttpResponseRedirect(reverse("retention-review", args=[review]))
    shown = {
        "page": page,
        "row": page.listed.row,
        "form": form,
        "agreeing": isinstance(form, AgreeForm),
        "at": viewer.at,
    }
    return render(request, "retention/review.html", shown, status=422 if form is not None and form.errors else 200)


def _form(page: ReviewPage, request: HttpRequest) -> DecideForm | AgreeForm | None:
    """What is asked of this viewer, if anything."""
    row = page.listed.row
    if not row.outcome:
        return DecideForm(request.POST or None)
    if row.outcome == "dispose" and row.agreed is None and not page.listed.mine:
        return AgreeForm(request.POST or None)
    return None


def _decided(viewer: Viewer, number: int, form: DecideForm | AgreeForm) -> None:
    said = form.cleaned_data
    if isinstance(form, AgreeForm):
        agree(viewer, number, agrees=said["agrees"] == "yes", reason=said["reason"])
    else:
        decide(viewer, number, outcome=said["outcome"], reason=said["reason"], kept_until=said["kept_until"])


@require_POST
@looking
def open_record(request: HttpRequest, viewer: Viewer, review: int) -> HttpResponse:  # noqa: ARG001
    """The record is opened to its reviewer for twelve hours."""
    return HttpResponseRedirect(reverse("person", args=[open_for_review(viewer, review)]))


@looking
def hold(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """The legal holds over somebody, and one more."""
    page, form = holding_page(viewer, person), HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place_hold(viewer, person, **form.cleaned_data)
        return HttpResponseRedirect(reverse("retention-hold", args=[person]))
    shown = {"page": page, "person": person, "form": form, "at": viewer.at}
    return render(request, "retention/hold.html", shown, status=422 if form.errors else 200)


@looking
def lift(request: HttpRequest, viewer: Viewer, hold: int) -> HttpResponse:
    """A hold is lifted."""
    held, form = hold_to_lift(viewer, hold), LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lift_hold(viewer, hold, **form.cleaned_data)
        return HttpResponseRedirect(reverse("retention"))
    return render(
        request,
        "retention/lift.html",
        {"hold": held, "form": form, "at": viewer.at},
        status=422 if form.errors else 200,
    )


@looking
def hold_system(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A legal hold over everything a system has said."""
    gate.require(viewer, May.REVIEW_RETENTION)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_in(form):
            place_hold_on_system(viewer, said["source"], reason=said["reason"], since_on=said["since_on"])
            return HttpResponseRedirect(reverse("retention"))
    return render(
        request, "retention/hold_system.html", {"form": form, "at": viewer.at}, status=422 if form.errors else 200
    )
