"""The pages of a share: to whom, why, what, check; what was shared; and safe addresses. One function a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import ask_again, because, looking
from sightline.access.viewer import Viewer
from sightline.exchange.sharing.forms import OTHER, CheckForm, ReachForm, SafeForm, ToWhomForm, WhatForm, WhyForm
from sightline.exchange.sharing.protecting import prefer, protect, safe_page, stop_protecting
from sightline.exchange.sharing.queries import Start, given_page, prepare, share_start, shared_page
from sightline.exchange.sharing.recipients import Recipient, recipient_of
from sightline.exchange.sharing.rules import Purpose, bases_on, consents, purposes_on, sections
from sightline.exchange.sharing.services import Grounds, share
from sightline.kernel.moments import local
from sightline.ui.asking import refused_in

KEPT = 5


def _held(request: HttpRequest, person: int) -> dict[str, Any]:
    """What was said so far of a share of this person, in this session."""
    return dict(request.session.get("sharing", {}).get(str(person), {}))


def _keep(request: HttpRequest, person: int, said: dict[str, Any]) -> None:
    held = dict(request.session.get("sharing", {}))
    held.pop(str(person), None)
    request.session["sharing"] = dict([*held.items(), (str(person), said)][-KEPT:])


def _to(said: dict[str, Any]) -> Recipient | None:
    agency = "" if said.get("agency") == OTHER else said.get("agency", "")
    return recipient_of(agency, said.get("who", ""), name=said.get("name", ""), kind=said.get("kind", ""))


def _page(name: str, person: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[person]))


def _status(form: Any) -> int:
    return 422 if form.errors else 200


@looking
def to_whom(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """To whom it goes and what it is for. Where a child may be in danger now, everything else is filled in and is checked next."""
    viewer = because(viewer, person)
    start, day = share_start(viewer, person), local(viewer.at).date()
    form = ToWhomForm(
        request.POST if request.method == "POST" else None, start.agencies, day, initial=_held(request, person)
    )
    if request.method == "POST" and form.is_valid():
        purpose = purposes_on(day)[form.cleaned_data["purpose"]]
        held = _held(request, person)
        filled = {} if held.get("purpose") == purpose.key else _filled_in(purpose)
        _keep(request, person, held | filled | form.cleaned_data)
        return _page("share-check" if purpose.urgent else "share-why", person)
    shown = {"who": start.person, "form": form, "at": viewer.at}
    return render(request, "sharing/to_whom.html", shown, status=_status(form))


def _filled_in(purpose: Purpose) -> dict[str, Any]:
    """What a purpose fills in beforehand."""
    return {"bases": list(purpose.bases), "sections": list(purpose.sections), "reason": purpose.reason,
            "consent": purpose.consent, "safe_because": ""}  # fmt: skip


def _begun(request: HttpRequest, viewer: Viewer, person: int) -> tuple[Start, dict[str, Any], Recipient | None]:
    """Who it is about, and what was said so far; the gate is asked before anything else."""
    start, said = share_start(viewer, person), _held(request, person)
    known = said.get("purpose") in purposes_on(local(viewer.at).date())
    return start, said, _to(said) if known else None


@looking
def why(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """On what basis, whether they agreed, and why it is needed."""
    viewer = because(viewer, person)
    start, said, recipient = _begun(request, viewer, person)
    if recipient is None:
        return _page("share", person)
    day = local(viewer.at).date()
    form = WhyForm(request.POST if request.method == "POST" else None, day, initial=said)
    if request.method == "POST" and form.is_valid():
        _keep(request, person, said | form.cleaned_data)
        return _page("share-check" if "checked" in said else "share-what", person)
    shown = {"who": start.person, "form": form, "to": recipient, "bases": bases_on(day), "consents": consents()}
    return render(request, "sharing/why.html", shown, status=_status(form))


@looking
def what(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Which parts are given; a safe address only if somebody says why."""
    viewer = because(viewer, person)
    start, said, recipient = _begun(request, viewer, person)
    if recipient is None:
        return _page("share", person)
    form = WhatForm(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        _keep(request, person, said | form.cleaned_data)
        return _page("share-check", person)
    held = prepare(viewer, person, recipient, purpose=said["purpose"], chosen=sections())
    shown = {"who": start.person, "form": form, "to": recipient, "sections": sections(), "safe": held.safe}
    return render(request, "sharing/what.html", shown, status=_status(form))


@looking
def check(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Exactly what would be given, what is left out, and a warning outside any agreement; then it is given.

    By somebody who has just said again who they are, save where a child may be in danger now: that waits for nothing.
    """
    viewer = because(viewer, person)
    start, said, recipient = _begun(request, viewer, person)
    if recipient is None or not said.get("sections"):
        return _page("share", person)
    day = local(viewer.at).date()
    purpose = purposes_on(day)[said["purpose"]]
    with_safe = bool(said.get("safe_because"))
    held = prepare(viewer, person, recipient, purpose=purpose.key, chosen=said["sections"], with_safe=with_safe)
    form = CheckForm(
        request.POST if request.method == "POST" else None, needed=held.agreement is None and not purpose.urgent
    )
    if request.method == "POST" and not purpose.urgent:
        ask_again(request, viewer)
    if request.method == "POST" and form.is_valid():
        grounds = _grounds(said, form.cleaned_data["outside_because"])
        with refused_in(form):
            row = share(viewer, person, recipient, grounds)
            _keep(request, person, {})
            return HttpResponseRedirect(reverse("given", args=[person, row.pk]))
    _keep(request, person, said | {"checked": True})
    shown = {"who": start.person, "form": form, "to": recipient, "held": held, "said": said, "purpose": purpose,
             "bases": [b for k, b in bases_on(day).items() if k in said.get("bases", ())],
             "consent": consents().get(said.get("consent", ""), "Not said"), "at": viewer.at}  # fmt: skip
    return render(request, "sharing/check.html", shown, status=_status(form))


def _grounds(said: dict[str, Any], outside: str) -> Grounds:
    return Grounds(
        said["purpose"], tuple(said.get("bases", ())), said.get("reason", ""), said.get("consent", ""),
        tuple(said.get("sections", ())), said.get("safe_because", ""), outside,
    )  # fmt: skip


@require_safe
@looking
def shared(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What was given of this person, to whom, on what basis and why."""
    page = shared_page(because(viewer, person), person)
    return render(request, "sharing/shared.html", {"page": page, "who": page.person, "at": viewer.at})


@require_safe
@looking
def given(request: HttpRequest, viewer: Viewer, person: int, disclosure: int) -> HttpResponse:
    """One disclosure, as it was given."""
    page = given_page(because(viewer, person), person, disclosure)
    return render(request, "sharing/given.html", {"page": page, "who": page.person, "it": page.shared, "at": viewer.at})


@looking
def safe(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Which addresses are kept safe, from whom; and one more, or one no longer."""
    viewer = because(viewer, person)
    page = safe_page(viewer, person)
    form = SafeForm(request.POST if request.method == "POST" else None, page.addresses, page.around)
    if request.method == "POST" and "stop" in request.POST:
        stop_protecting(viewer, person, _number(request.POST["stop"]), reason=str(request.POST.get("reason", "")))
        return _page("safe", person)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_in(form):
            kept_from = [int(p) for p in said["kept_from"]]
            protect(viewer, person, int(said["premises"]), kept_from=kept_from, reason=said["reason"])
            return _page("safe", person)
    shown = {"page": page, "who": page.person, "form": form}
    return render(request, "sharing/safe.html", shown, status=_status(form))


@looking
def reach(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """How somebody wants to be reached, and how never."""
    viewer = because(viewer, person)
    page = safe_page(viewer, person)
    form = ReachForm(request.POST if request.method == "POST" else None, page.around)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        lines = {name: said[name].splitlines() for name in ("never_at", "not_in_front_of")}
        with refused_in(form):
            prefer(viewer, person, **(said | lines | {"kept_from": [int(p) for p in said["kept_from"]]}))
            return HttpResponseRedirect(reverse("person", args=[person]))
    shown = {"page": page, "who": page.person, "form": form}
    return render(request, "sharing/reach.html", shown, status=_status(form))


def _number(text: str) -> int:
    return int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else 0
