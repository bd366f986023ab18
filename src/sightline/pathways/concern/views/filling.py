"""A concern form begun, filled in and sent. One function a page."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import because, looking
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.concern.forms import KINDS, StartForm
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.queries import draft_of, drafts_of, known_of, sent_under
from sightline.pathways.concern.queries.lists import lists_of_places
from sightline.pathways.concern.rules import FACTS, HOME, since_then
from sightline.pathways.concern.services import (
    SavedElsewhere,
    begin_draft,
    discard,
    open_children,
    record_unnamed,
    save_draft,
    send,
    token_from,
)
from sightline.pathways.concern.views.sheet import Sheet, pressed
from sightline.ui.asking import refused_in


@looking
def start(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Which children it is about; what was begun before is offered first."""
    viewer = because(viewer, person)
    known = known_of(viewer, [person], at=viewer.at, children_only=True)
    choices = [(str(person), known.children[0].name), *((str(m.person), m.name) for m in known.others)]
    form = StartForm(request.POST or None, choices, initial={"children": [str(person)], "encounter": "incident"})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return HttpResponseRedirect(
                reverse("concern-fill", args=[_begun(viewer, person, form, token_from(request.POST.get("token", "")))])
            )
    shown = {"person": person, "known": known, "form": form, "drafts": drafts_of(viewer, person), "at": viewer.at,
             "token": token_from(request.POST.get("token", ""))}  # fmt: skip
    return render(request, "concern/start.html", shown, status=422 if form.errors else 200)


def _begun(viewer: Viewer, person: int, form: StartForm, token: str) -> str:
    said, chosen = form.cleaned_data, [int(p) for p in form.cleaned_data["children"]]
    if sent_under(viewer, token):
        token = token_from()  # that form was sent already: this is another
    people = open_children(viewer, person, chosen)
    people = people if person in chosen else people[1:]
    if said["unnamed"]:
        people.append(record_unnamed(viewer, person, known=said["unnamed"], token=token, at=viewer.at))
    known = known_of(viewer, people, at=viewer.at)
    return begin_draft(viewer, known, encounter=said["encounter"], token=token, at=viewer.at).token


@require_safe
@looking
def drafts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The viewer's own forms that are not sent yet."""
    held = drafts_of(viewer)
    names = {d.token: ", ".join(d.answers.get(f"_{p}", [""])[0] for p in d.people) for d in held}
    return render(request, "concern/drafts.html", {"drafts": held, "names": names, "at": viewer.at})


@looking
def fill(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponse:
    """The form itself: saved, checked, or sent; a script saves it every few seconds where there is one."""
    draft = draft_of(viewer, token)
    if draft is None:
        return _sent_before(viewer, token)
    if request.method != "POST":
        return _page(request, viewer, draft)
    if request.POST.get("do") == "discard":
        discard(draft)
        return HttpResponseRedirect(reverse("person", args=[draft.people[0]]))
    return _typed(request, viewer, draft, request.POST.get("do", "save"))


def _typed(request: HttpRequest, viewer: Viewer, draft: Draft, done: str) -> HttpResponse:
    """What was typed is kept before anything else is done with it."""
    seen, window = request.POST.get("saves", ""), request.POST.get("window", "")
    try:
        count = int(seen) if seen.isdecimal() else None
        draft = save_draft(draft, pressed(request.POST), seen=count, window=window, at=viewer.at)
    except SavedElsewhere as elsewhere:
        return _elsewhere(request, viewer, draft, str(elsewhere))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_told(viewer, draft))
    return (
        _sent(request, viewer, draft, done) if done in ("send", "send_anyway") else _page(request, viewer, draft, done)
    )


def _sent_before(viewer: Viewer, token: str) -> HttpResponse:
    """A form that is not there: it was sent by this writer, and here is what came of it; or it never was theirs."""
    sent = sent_under(viewer, token)
    if not sent:
        gate.refuse(viewer, note="no such draft")
        raise NotFound(gate.NOT_FOUND)
    write(
        viewer,
        Action.CONSULTATION,
        people=[p for p, _ in sent],
        fields=("kinds_of_entry",),
        note="concern form sent before",
    )
    return HttpResponseRedirect(reverse("concern-form", args=sent[0]) + "?sent=1")


def _elsewhere(request: HttpRequest, viewer: Viewer, draft: Draft, said: str) -> HttpResponse:
    """What was typed here is shown again, over what another window saved, and neither is lost."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"elsewhere": said}, status=409)
    told = {name: values for name, values in draft.answers.items() if name.startswith("_")}
    draft.answers = pressed(request.POST) | told
    return _page(request, viewer, draft, "save", elsewhere=said, status=409)


def _sent(request: HttpRequest, viewer: Viewer, draft: Draft, done: str) -> HttpResponse:
    sheet = Sheet(draft)
    if not sheet.valid() or sheet.blocked():
        return _page(request, viewer, draft, "check", sheet=sheet, status=422)
    if sheet.asked and done == "send" and not sheet.danger:
        return _page(request, viewer, draft, "ask", sheet=sheet)
    at = sheet.visit.when(viewer.at)
    sent = send(because(viewer, draft.people[0]), draft, sheet.ready(), known=draft.answers.get("_names", ()), at=at)
    return HttpResponseRedirect(reverse("concern-form", args=sent[0]) + "?sent=1")


def _told(viewer: Viewer, draft: Draft) -> dict[str, object]:
    """For the script: when it was saved, how much is there, and what a reader would ask. Nobody's record is read for it."""
    sheet = Sheet(draft)
    asked = [
        {"href": f"#{a.href}", "says": a.question.says, "who": a.who, "blocks": a.question.blocks} for a in sheet.asked
    ]
    return {"saved": f"{local(viewer.at):%H:%M:%S}", "saves": draft.saves, "score": sheet.score, "asked": asked,
            "noticed": sheet.noticed(viewer.at)}  # fmt: skip


def _page(request: HttpRequest, viewer: Viewer, draft: Draft, done: str = "", *, sheet: Sheet | None = None, elsewhere: str = "",
          status: int = 200) -> HttpResponse:  # fmt: skip
    sheet = sheet or Sheet(draft)
    known = known_of(because(viewer, draft.people[0]), draft.people, at=viewer.at)
    before = {c.person: c for c in known.children}
    then = next((c.home_before for c in known.children if c.home_before), None)
    shown = {"draft": draft, "sheet": sheet, "before": before, "done": done, "elsewhere": elsewhere, "at": viewer.at, "home": HOME,
             "facts": FACTS, "kinds": KINDS, "then": then, "places": lists_of_places(viewer.at), "window": secrets.token_hex(4),
             "found": sheet.found(viewer.at) if done else {},
             "changed": since_then(then.data, sheet.visit.said()) if then and sheet.valid() else (),
             "noticed": sheet.noticed(viewer.at) if done else []}  # fmt: skip
    return render(request, "concern/fill.html", shown, status=status)
