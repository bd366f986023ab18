"""The pages of a child's assessments. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import because, looking
from sightline.access.viewer import Viewer
from sightline.pathways.assessment.forms import AssessForm
from sightline.pathways.assessment.queries import assessments
from sightline.pathways.assessment.services import assess
from sightline.ui.asking import refused_in


@require_safe
@looking
def listed(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """A child's assessments, newest first: the risks with what protects and who can beside them."""
    page = assessments(because(viewer, person), person, home=False)
    return render(request, "assessment/assessments.html", {"page": page, "who": page.person, "at": viewer.at})


@looking
def new(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Assess the harm to a child, in one form."""
    viewer = because(viewer, person)
    page = assessments(viewer, person)
    form = AssessForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            assess(
                viewer,
                person,
                said=form.said,
                impacts=form.impacts,
                capacities=form.capacities,
                token=form.step["token"],
                at=viewer.at,
            )
            return HttpResponseRedirect(reverse("assessments", args=[person]))
    shown = {"page": page, "who": page.person, "form": form, "at": viewer.at}
    return render(request, "assessment/assess.html", shown, status=422 if form.errors else 200)
