"""The pages of redacted copies and of agreements. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sightline.access.entry import because, confirmed_again, looking
from sightline.access.viewer import Viewer
from sightline.exchange.sharing.copies import (
    STATES,
    copies_page,
    copy_page,
    hold_back,
    make_copy,
    not_theirs,
    release,
    sign_off,
)
from sightline.exchange.sharing.forms import AgreementForm, CopyForm, SignOffForm
from sightline.exchange.sharing.queries import agencies_on, agreements_page
from sightline.exchange.sharing.rules import keeps_agreements, withheld_for
from sightline.exchange.sharing.services import agree, end_agreement, keeper
from sightline.kernel.moments import local
from sightline.ui.asking import refused_in


@looking
def copies(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Redacted copies of this person's record, and beginning one."""
    viewer = because(viewer, person)
    page = copies_page(viewer, person)
    form = CopyForm(request.POST if request.method == "POST" else None, local(viewer.at).date())
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            row = make_copy(viewer, person, **form.cleaned_data)
            return HttpResponseRedirect(reverse("copy", args=[person, row.pk]))
    shown = {"page": page, "who": page.person, "form": form, "states": STATES, "at": viewer.at}
    return render(request, "sharing/copies.html", shown, status=422 if form.errors else 200)


@looking
def copy(request: HttpRequest, viewer: Viewer, person: int, copy: int) -> HttpResponse:
    """One copy, line by line: what is held back and why."""
    viewer = because(viewer, person)
    page = copy_page(viewer, person, copy)
    if request.method == "POST":
        held = {line.number: str(request.POST.get(f"line-{line.number}", "")) for line in page.lines}
        hold_back(viewer, person, copy, withheld={n: why for n, why in held.items() if why},
                  note=str(request.POST.get("note", ""))[:2000], ready="ready" in request.POST)  # fmt: skip
        return HttpResponseRedirect(reverse("copy", args=[person, copy]))
    shown = {
        "page": page,
        "who": page.person,
        "row": page.row,
        "states": STATES,
        "why": withheld_for(),
        "at": viewer.at,
    }
    return render(request, "sharing/copy.html", shown)


@looking
def review(request: HttpRequest, viewer: Viewer, person: int, copy: int) -> HttpResponse:
    """A second person signs a copy off, or sends it back."""
    viewer = because(viewer, person)
    page = copy_page(viewer, person, copy)
    form = SignOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            sign_off(viewer, person, copy, agrees=form.cleaned_data["agrees"] == "yes", note=form.cleaned_data["note"])
            return HttpResponseRedirect(reverse("copy", args=[person, copy]))
    if not page.reviews:
        raise not_theirs(
            viewer,
            person,
            copy,
            "This copy does not wait for you: somebody else who may see everything in it signs it off.",
        )
    shown = {"page": page, "who": page.person, "row": page.row, "form": form, "why": withheld_for(), "at": viewer.at}
    return render(request, "sharing/review.html", shown, status=422 if form.errors else 200)


@looking
@confirmed_again
def let_go(request: HttpRequest, viewer: Viewer, person: int, copy: int) -> HttpResponse:
    """A copy that was signed off is released to whoever asked for it, by somebody who has just said again who they are."""
    viewer = because(viewer, person)
    page = copy_page(viewer, person, copy)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("copy", args=[person, page.row.pk]))
    row = release(viewer, person, copy)
    return HttpResponseRedirect(reverse("given", args=[person, row.pk]))


@require_safe
@looking
def agreements(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every agreement to share information: parties, purpose, what it covers, when it ends."""
    shown = {"agreements": agreements_page(viewer), "keeps": keeps_agreements(viewer.role), "at": viewer.at}
    return render(request, "sharing/agreements.html", shown)


@looking
def new_agreement(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Enter an agreement."""
    keeper(viewer)
    day = local(viewer.at).date()
    form = AgreementForm(request.POST if request.method == "POST" else None, agencies_on(day), day)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            agree(viewer, **form.cleaned_data)
            return HttpResponseRedirect(reverse("agreements"))
    return render(request, "sharing/agreement.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@looking
def end(request: HttpRequest, viewer: Viewer, agreement: int) -> HttpResponse:  # noqa: ARG001
    """An agreement holds no longer."""
    end_agreement(viewer, agreement)
    return HttpResponseRedirect(reverse("agreements"))
