"""The pages of exports. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import confirmed_again, looking
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.exchange.exports import queries, services
from sightline.exchange.exports.forms import AnswerForm, CustodyForm, ExportForm
from sightline.exchange.exports.rules import alone
from sightline.exchange.sharing.rules import lawful_on
from sightline.kernel.moments import local
from sightline.ui.asking import refused_in


@require_safe
@looking
def exports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What this viewer asked for, and what waits for them to agree."""
    gate.require(viewer, May.READ_WHEN_INVOLVED)
    held = queries.mine(viewer)
    shown = {"mine": [(e, queries.status(e)) for e in held], "waiting": queries.to_agree(viewer), "at": viewer.at}
    return render(request, "exports/list.html", shown)


@looking
def ask(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask for an export."""
    gate.require(viewer, May.READ_WHEN_INVOLVED)
    named = request.GET.get("person", "")
    first = {"whom": "one", "number": named} if named.isdecimal() and len(named) < 19 else {}
    form = ExportForm(request.POST or None, initial=first, bases=lawful_on(local(viewer.at).date()).values())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        people = [given["number"]] if given["whom"] == "one" else queries.everybody(viewer)
        with refused_in(form):
            said = {name: given[name] for name in ("recipient", "purpose", "basis", "form")}
            made = services.ask_for(viewer, people, **said)
            return HttpResponseRedirect(reverse("export", args=[made.number]))
    return render(
        request,
        "exports/ask.html",
        {"form": form, "alone": alone(local(viewer.at).date()).people},
        status=422 if form.errors else 200,
    )


@looking
def export(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """One export: where it stands, whose hands it passed through, and what can be done with it."""
    held = queries.page(viewer, number)
    form: AnswerForm | CustodyForm = (AnswerForm if held.may_agree else CustodyForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_in(form):
            if isinstance(form, AnswerForm):
                services.answer(viewer, number, agrees=said["agrees"] == "yes", reason=said["reason"])
            else:
                services.pass_on(viewer, number, what=said["what"], to=said["to"], note=said["note"])
            return HttpResponseRedirect(reverse("export", args=[number]))
    write(viewer, Action.LIST, fields=("export",), note=number)
    shown = {"held": held, "it": held.export, "form": form, "at": viewer.at}
    return render(request, "exports/export.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
@confirmed_again
def file(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:  # noqa: ARG001
    """The file itself, to whoever asked for it and has just said again who they are."""
    made = services.fetch(viewer, number)
    kind, ending = ("text/csv", "csv") if made.export.form == "table" else ("text/html", "html")
    answer = HttpResponse(bytes(made.content), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="export-{number}.{ending}"'
    return answer
