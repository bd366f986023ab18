"""The pages of a child's grades: what recorded facts support, fact by fact, and setting a grade again. One function a page."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import because, looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.wording import Line, line
from sightline.kernel.errors import Refused
from sightline.oversight.reviews.as_held import supervises
from sightline.patterns.grades.queries import Fact, GradePage, Grading, each_child, grade_page, one_grading
from sightline.patterns.grades.services import agree, grade_again
from sightline.web import keying
from sightline.web.alert_forms import AgreeForm, GradeForm


@require_safe
@looking
def grades(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Each grade that was set, and beside it the lowest that facts support, with the facts and their entries."""
    page = grade_page(because(viewer, person), person)
    shown = {
        "page": page,
        "who": page.person,
        "lines": partial(_lines, page),
        "at": viewer.at,
        "leads": supervises(viewer),
    }
    return render(request, "web/grades.html", shown)


def _lines(page: GradePage, fact: Fact) -> list[tuple[str, Line | None]]:
    """The entries of a fact as lines; of those about people who are not opened, the system alone."""
    who = page.person
    return [(s, line(h, who.person, who.born_on, page.people) if h else None) for s, h in fact.entries]


@looking
def grade(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """A grade set again; or a supervisor agreeing to a lower one, or not."""
    viewer = because(viewer, person)
    page, held = one_grading(viewer, person, entry)
    agreeing = held.waits and viewer.may(May.AGREE_TO_GRADES)
    children = [(who.person, who.name) for who in each_child(page, held)]
    form = AgreeForm(request.POST or None) if agreeing else GradeForm(request.POST or None, children=children)
    if request.method == "POST" and form.is_valid() and _set(viewer, person, held, form):
        keying.sent(request, viewer, form, name="grade", case=f"person {person}")
        return HttpResponseRedirect(reverse("grades", args=[person]))
    keying.began(request, form, at=viewer.at)
    shown = {"page": page, "who": page.person, "it": held, "form": form, "agreeing": agreeing, "at": viewer.at}
    return render(request, "web/grade.html", shown, status=422 if form.errors else 200)


def _set(viewer: Viewer, person: int, held: Grading, form: AgreeForm | GradeForm) -> bool:
    said, entry = form.cleaned_data, held.entry.event_id
    try:
        if isinstance(form, AgreeForm):
            agree(viewer, person, entry, agrees=said["agrees"] == "yes", reason=said["reason"], at=viewer.at)
        else:
            grade_again(
                viewer, person, entry, grade=said["grade"], reason=said["reason"], at=viewer.at, impacts=form.impacts
            )
    except Refused as refused:
        form.add_error("reason" if "Say why" in str(refused) else None, str(refused))
        return False
    return True
