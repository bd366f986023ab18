"""Pages on which a named person decides who is who: the same person or not, a second person's answer, and records that are somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access import gate
from sightline.access.entry import because, looking
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.pathways.identity.forms import AnswerForm, ApartForm, SameForm
from sightline.pathways.identity.queries.deciding import to_answer, to_decide
from sightline.pathways.identity.services import agree, decline, join, keep_apart, split
from sightline.people.anchors import records_of
from sightline.people.links import now_known_as
from sightline.ui.asking import refused_in
from sightline.web import keying


@looking
def same(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Whether somebody else is this person too, and why. Where they are not much alike it takes a second person to say so."""
    page = to_decide(because(viewer, person), person)
    form = SameForm(request.POST or None, page)
    if request.method == "POST" and form.is_valid():
        verb = join if form.cleaned_data["same"] == "yes" else keep_apart
        with refused_in(form):
            verb(person, form.whom, reason=form.cleaned_data["reason"], by=because(viewer, person), at=viewer.at)
            keying.sent(request, viewer, form, name="same_person", case=f"person {person}")
            return HttpResponseRedirect(reverse("records", args=[now_known_as(person) or person]))
    keying.began(request, form, at=viewer.at)
    return render(request, "web/same.html", {"page": page, "who": page.person, "form": form}, status=_status(form))


@looking
def proposed(request: HttpRequest, viewer: Viewer, person: int, proposal: int) -> HttpResponse:
    """Somebody said that these two are one. Whether a second person finds so too, and why."""
    page = to_answer(because(viewer, person), person, proposal)
    form = AnswerForm(request.POST or None, own=page.proposed.own)
    if request.method == "POST" and form.is_valid():
        verb = agree if form.cleaned_data["answer"] == "agree" else decline
        with refused_in(form):
            verb(proposal, reason=form.cleaned_data["reason"], by=because(viewer, person), at=viewer.at)
            keying.sent(request, viewer, form, name="second_answer", case=f"person {person}")
            return HttpResponseRedirect(reverse("records", args=[now_known_as(person) or person]))
    keying.began(request, form, at=viewer.at)
    shown = {"page": page, "who": page.person, "said": page.proposed, "form": form, "at": viewer.at}
    return render(request, "web/proposed.html", shown, status=_status(form))


@looking
def apart(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Which of these records are somebody else's, and why."""
    page = to_decide(because(viewer, person), person, others=False)
    form = ApartForm(request.POST or None, page)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            reason = form.cleaned_data["reason"]
            split(person, form.leaving, reason=reason, by=because(viewer, person), at=viewer.at)
            keying.sent(request, viewer, form, name="records_apart", case=f"person {person}")
            return HttpResponseRedirect(reverse("records", args=[person]))
    keying.began(request, form, at=viewer.at)
    return render(request, "web/apart.html", {"page": page, "who": page.person, "form": form}, status=_status(form))


def following(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The number of somebody who has been joined to another leads to theirs, for whoever may read it.

    Whether they may is decided before anything is read, so that nobody, somebody sealed and a stranger take equally long.
    """

    @wraps(view)
    def found(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
        now = _leads_to(viewer, person)
        return (
            view(request, viewer, person) if now is None else HttpResponseRedirect(reverse(view.__name__, args=[now]))
        )

    return found


def _leads_to(viewer: Viewer, person: int) -> int | None:
    """Whose number one that was joined to another leads to, for whoever may read both."""
    if not gate.readable(viewer, [person]) or records_of([person]):
        return None
    now = now_known_as(person)
    if now is None or not gate.readable(viewer, [now]):
        return None
    write(viewer, Action.CONSULTATION, people=[person, now], fields=("links",), note="joined to another since")
    return now


def _status(form: Form) -> int:
    return 422 if form.errors else 200
