"""The pages of taking part: one of the child, and one form for each thing that is written down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import because, looking
from sightline.access.viewer import Viewer
from sightline.pathways.participation.forms import PAGES, AnswerForm, ComplaintForm, PageForm
from sightline.pathways.participation.queries import Taking, not_there, taking_part
from sightline.pathways.participation.services import answer, complain, write_down
from sightline.ui.asking import refused_in


@require_safe
@looking
def page(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What is owed to the child who takes part, who was at their side, what was complained of, and how often they were let down."""
    viewer = because(viewer, person)
    shown = {"page": taking_part(viewer, person, at=viewer.at), "at": viewer.at, "forms": PAGES}
    return render(request, "participation/page.html", shown)


@looking
def step(request: HttpRequest, viewer: Viewer, person: int, what: str) -> HttpResponse:
    """One form of it."""
    viewer = because(viewer, person)
    if what not in PAGES:
        not_there(viewer, person)
    taking = taking_part(viewer, person, at=viewer.at)
    form = _form(request, taking, what)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            _written(viewer, person, form)
            return HttpResponseRedirect(reverse("participation", args=[person]))
    shown = {"page": taking, "form": form, "what": what, "at": viewer.at}
    return render(request, "participation/step.html", shown, status=422 if form.errors else 200)


def _form(request: HttpRequest, taking: Taking, what: str) -> PageForm:
    """The form, with what can be filled in already."""
    offered = {"conditions": "\n".join(c.plain for c in taking.bail)} if what == "bail" else {}
    last = taking.advocates[:1]
    offered |= {"agency": str(last[0].get("agency"))} if what == "advocate-came" and last else {}
    form = PAGES[what](request.POST if request.method == "POST" else None, initial=offered)
    if isinstance(form, AnswerForm):
        runs = taking.open_complaints
        form.fields["which"].choices = [(r.key, str(r.first.get("text") or "A complaint")) for r in runs]  # type: ignore[attr-defined]
        form.initial["which"] = runs[0].key if len(runs) == 1 else ""
    return form


def _written(viewer: Viewer, person: int, form: PageForm) -> None:
    token, said = form.step["token"], form.said
    if isinstance(form, ComplaintForm):
        complain(viewer, person, token=token, data=said, at=viewer.at)
    elif isinstance(form, AnswerForm):
        key = str(said.pop("which"))
        answer(viewer, person, key, token=token, seen=None, data=said, at=viewer.at)
    else:
        write_down(viewer, person, form.kind, token=token, data=said, at=viewer.at)
