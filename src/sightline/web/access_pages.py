"""The pages of the access log: what I looked at, what a user looked at, looks and emergency openings to review, conflicts. One function a page."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.breakglass import OUTCOMES
from sightline.access.entry import looking
from sightline.access.roles import May
from sightline.access.staff import exclude
from sightline.access.viewer import Viewer
from sightline.oversight.access_review.conflicts import Suggested, suggested_conflicts
from sightline.oversight.access_review.queries import (
    grouped,
    look_page,
    my_looks,
    opening_page,
    review_queue,
    user_page,
    waiting_and_done,
)  # fmt: skip
from sightline.oversight.access_review.services import FOUND, review_look, review_opening
from sightline.ui.asking import reason_field, refused_in
from sightline.web.filters import page_in

SHOWN = 100


class ReviewForm(forms.Form):
    """What a review found, and why."""

    outcome = forms.ChoiceField(error_messages={"required": "Choose what you found"})
    note = reason_field("Say what you did and why you find so")

    def __init__(self, said: object, outcomes: dict[str, str]) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        self.fields["outcome"].choices = list(outcomes.items())  # type: ignore[attr-defined]


class ConflictForm(forms.Form):
    """Which of the suggested pairs is kept apart, and why."""

    pair = forms.ChoiceField(
        error_messages={"required": "Choose who is kept apart", "invalid_choice": "Choose one of these"}
    )
    reason = reason_field("Say why they are kept apart", longest=500)

    def __init__(self, said: object, suggested: tuple[Suggested, ...]) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        self.fields["pair"].choices = [(f"{s.user}-{s.person}", "") for s in suggested]  # type: ignore[attr-defined]


@require_safe
@looking
def mine(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What I looked at: all that is written down of me."""
    held = my_looks(viewer, page=page_in(request.GET, digits=5))
    return render(request, "web/access_user.html", {"held": held, "own": True, "at": viewer.at})


@require_safe
@looking
def user(request: HttpRequest, viewer: Viewer, user: int) -> HttpResponse:
    """What a user looked at, for their data guardian."""
    held = user_page(viewer, user, page=page_in(request.GET, digits=5))
    return render(request, "web/access_user.html", {"held": held, "own": False, "at": viewer.at})


@require_safe
@looking
def looks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Looks to review, the most unusual first; and some drawn at random."""
    unusual, drawn = grouped(review_queue(viewer))
    shown = {"unusual": unusual[:SHOWN], "drawn": drawn[:SHOWN], "count": len(unusual), "at": viewer.at}
    return render(request, "web/access_review.html", shown | {"drawn_count": len(drawn)})


@looking
def look(request: HttpRequest, viewer: Viewer, look: int) -> HttpResponse:
    """One look: why it is here, what was shown, and what the review found."""
    form = ReviewForm(request.POST or None, FOUND)
    if request.method == "POST" and form.is_valid():
        review_look(viewer, look, **form.cleaned_data)
        return HttpResponseRedirect(reverse("access-review"))
    page = look_page(viewer, look)
    shown = {"page": page, "it": page.look, "form": form, "found": FOUND, "at": viewer.at}
    return render(request, "web/access_look.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def openings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Emergency openings that wait for this viewer's review, and those they have reviewed."""
    waiting, done = waiting_and_done(viewer)
    return render(request, "web/emergencies.html", {"waiting": waiting, "done": done, "at": viewer.at})


@looking
def opening(request: HttpRequest, viewer: Viewer, opening: int) -> HttpResponse:
    """One emergency opening: who, why, when, what they then looked at; and the review."""
    page, form = opening_page(viewer, opening), ReviewForm(request.POST or None, OUTCOMES)
    if request.method == "POST" and form.is_valid():
        review_opening(viewer, opening, **form.cleaned_data)
        return HttpResponseRedirect(reverse("emergencies"))
    shown = {"page": page, "row": page.row, "form": form, "found": OUTCOMES, "at": viewer.at,
             "reads_log": viewer.may(May.REVIEW_ACCESS)}  # fmt: skip
    return render(request, "web/emergency_review.html", shown, status=422 if form.errors else 200)


@looking
def conflicts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Users and people of one surname and postcode: whoever agrees that they are family keeps them apart."""
    found = suggested_conflicts(viewer)
    form = ConflictForm(request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        who, _, person = form.cleaned_data["pair"].partition("-")
        with refused_in(form):
            exclude(viewer, int(who), int(person), reason=form.cleaned_data["reason"], at=viewer.at)
            return HttpResponseRedirect(reverse("access-conflicts"))
    shown = {"found": found, "form": form, "at": viewer.at}
    return render(request, "web/access_conflicts.html", shown, status=422 if form.errors else 200)
