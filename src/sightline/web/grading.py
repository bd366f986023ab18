"""The pages of a child's grades: what recorded facts support, fact by fact, and setting a grade again. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.kernel.errors import Refused
from sightline.patterns.grades.queries import GradePage, Grading, grade_page, one_grading
from sightline.patterns.grades.services import agree, grade_again
from sightline.web.alert_forms import AgreeForm, GradeForm
from sightline.web.chronicle import Line, line
from sightline.web.entry import because, looking


@require_safe
@looking
def grades(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Each grade that was set, and beside it the lowest that facts support, with the facts and their entries."""
    page = grade_page(because(viewer, person), person)
    lines = {g.entry.event_id: _lines(page, g) for g in page.gradings}
    return render(request, "web/grades.html", {"page": page, "who": page.person, "lines": lines, "at": viewer.at})


def _lines(page: GradePage, held: Grading) -> list[list[tuple[str, Line | None]]]:
    who = page.person
    return [
        [(s, line(h, who.person, who.born_on, page.people) if h else None) for s, h in f.entries] for f in held.facts
    ]


@looking
def grade(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """A grade set again; or a supervisor agreeing to a lower one, or not."""
    viewer = because(viewer, person)
    page, held = one_grading(viewer, person, entry)
    agreeing = held.waits and viewer.may(May.AGREE_TO_GRADES)
    form: AgreeForm | GradeForm = (AgreeForm if agreeing else GradeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(viewer, person, held, form):
        return HttpResponseRedirect(reverse("grades", args=[person]))
    shown = {"page": page, "who": page.person, "it": held, "form": form, "agreeing": agreeing, "at": viewer.at}
    return render(request, "web/grade.html", shown, status=422 if form.errors else 200)


def _set(viewer: Viewer, person: int, held: Grading, form: AgreeForm | GradeForm) -> bool:
    said, entry = form.cleaned_data, held.entry.event_id
    try:
        if isinstance(form, AgreeForm):
            agree(viewer, person, entry, agrees=said["agrees"] == "yes", reason=said["reason"], at=viewer.at)
        else:
            grade_again(viewer, person, entry, grade=said["grade"], reason=said["reason"], at=viewer.at)
    except Refused as refused:
        form.add_error("reason" if "Say why" in str(refused) else None, str(refused))
        return False
    return True
