"""The pages of escalation. One function a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sightline.access.entry import because, looking
from sightline.access.small_counts import least
from sightline.access.viewer import Viewer
from sightline.chronology.stepping import Changed
from sightline.chronology.wording import line
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.oversight.escalation import forms, services
from sightline.oversight.escalation.figures import figures
from sightline.oversight.escalation.queries import (
    EscalationPage,
    Standing,
    addressee,
    agencies_to_ask,
    agency_owing,
    agenda,
    counterparts,
    escalations_of,
    stalled,
)
from sightline.oversight.escalation.rules import ladder_on
from sightline.ui.asking import StepForm, refused_in


@looking
def escalate(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """One press from what has stalled: it is said already what, to whom it goes and by when an answer is due."""
    viewer = because(viewer, person)
    page = escalations_of(viewer, person)
    thing, number = request.GET.get("thing", ""), request.GET.get("number", "")
    what = stalled(viewer, person, thing if number.isdecimal() else "", int(number[:18]) if number.isdecimal() else 0)
    agencies = agencies_to_ask(viewer)
    owing = what.owes if what.owes in dict(agencies) else agency_owing(viewer, what.owes)
    given = {
        "text": f"This has stalled: {what.says}" if what.says else "",
        "about": "delay" if what.says else None,
        "to_agency": owing,
    }
    form = forms.EscalateForm(request.POST or None, agencies=agencies, initial=given)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            said = {k: form.cleaned_data[k] for k in ("about", "to_agency", "text", "quietly")}
            key = services.escalate(viewer, person, what, token=form.step["token"], at=viewer.at, **said)
            return HttpResponseRedirect(_page_of(viewer, person, key))
    to = {key: addressee(key, 1, at=viewer.at, ladder=ladder_on(local(viewer.at).date())) for key, _ in agencies}
    shown = {"page": page, "who": page.person, "what": what, "form": form, "to": to, "at": viewer.at}
    return render(request, "escalation/escalate.html", shown, status=422 if form.errors else 200)


def _page_of(viewer: Viewer, person: int, key: str) -> str:
    """Its own page; the child's, where this agency is given nothing of what is written here."""
    made = next((s for s in escalations_of(viewer, person).escalations if s.run.key == key), None)
    return reverse("escalation", args=[person, made.run.first.event_id]) if made else reverse("person", args=[person])


@looking
def one(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """One escalation: where it stands, what was said, and its answer."""
    page, held = _one(viewer, person, entry)
    form = forms.AnswerForm(request.POST or None, seen=len(held.run.entries))

    def step() -> None:
        said = form.cleaned_data
        services.answer(
            viewer, person, held, resolved=said["resolved"] == "yes", text=said["text"], at=viewer.at, **form.step
        )

    return _answered(request, viewer, page, held, form, "escalation/one.html", step)


@looking
def higher(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Take it a tier higher."""
    page, held = _one(viewer, person, entry)
    form = forms.HigherForm(request.POST or None, seen=len(held.run.entries))
    return _answered(request, viewer, page, held, form, "escalation/higher.html",
                     lambda: services.take_higher(viewer, person, held, text=form.cleaned_data["text"], at=viewer.at, **form.step))  # fmt: skip


@looking
def settle(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """The partnership decides."""
    page, held = _one(viewer, person, entry)
    form = forms.SettleForm(request.POST or None, seen=len(held.run.entries))

    def step() -> None:
        said = {k: form.cleaned_data[k] for k in ("decision", "owner", "due")}
        services.settle(viewer, person, held, at=viewer.at, **said, **form.step)

    return _answered(request, viewer, page, held, form, "escalation/settle.html", step)


def _one(viewer: Viewer, person: int, entry: int) -> tuple[EscalationPage, Standing]:
    page = escalations_of(because(viewer, person), person)
    return page, page.one(entry)


def _answered(
    request: HttpRequest, viewer: Viewer, page: EscalationPage, held: Standing, form: StepForm, template: str, step: Callable[[], Any]
) -> HttpResponse:  # fmt: skip
    """The step taken; or where it is refused, the form as it was typed, with why."""
    person = page.person.person
    if request.method == "POST" and form.is_valid():
        try:
            step()
            return HttpResponseRedirect(reverse("escalation", args=[person, held.run.first.event_id]))
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Changed):
                form.shown_again(len(refused.run.entries))
    lines = [line(e, person, page.person.born_on, page.people) for e in held.run.entries]
    shown = {"page": page, "who": page.person, "it": held, "form": form, "lines": lines, "at": viewer.at,
             "answers": services.may_answer(viewer, held), "higher": services.may_take_higher(viewer, held),
             "sits": viewer.role in ladder_on(local(viewer.at).date()).partnership}  # fmt: skip
    return render(request, template, shown, status=422 if form.errors else 200)


@require_safe
@looking
def agenda_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What no tier resolved, problem by problem, with the children it concerns."""
    return render(request, "escalation/agenda.html", {"points": agenda(viewer), "at": viewer.at})


@require_POST
@looking
def from_agenda(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:  # noqa: ARG001
    """The record of a child on the agenda is opened to whoever sits for the partnership."""
    services.take_from_agenda(viewer, person, entry)
    return HttpResponseRedirect(reverse("escalation", args=[person, entry]))


@require_safe
@looking
def figures_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How often escalation was called for and used, by pair of agencies."""
    pairs = figures(viewer)
    few = least(local(viewer.at).date()) if any(None in vars(p).values() for p in pairs) else 0
    return render(request, "escalation/figures.html", {"pairs": pairs, "few": few, "at": viewer.at})


@looking
def counterparts_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who answers for each agency at each tier, since when and by whose word; and naming one's own."""
    day = local(viewer.at).date()
    form = forms.NameForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            services.name_counterpart(viewer, form.cleaned_data.pop("level"), at=viewer.at, **form.cleaned_data)
            return HttpResponseRedirect(reverse("counterparts"))
    shown = {"agencies": counterparts(viewer), "form": form, "ladder": ladder_on(day), "at": viewer.at}
    return render(request, "escalation/counterparts.html", shown, status=422 if form.errors else 200)
