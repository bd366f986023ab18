"""The pages of first contact. One function a page."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sightline.access import gate
from sightline.access.entry import because, looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer, without_post
from sightline.alerts.settings import limits
from sightline.chronology.stepping import Changed
from sightline.chronology.wording import line
from sightline.kernel.errors import NotFound
from sightline.pathways.contact.forms.fields import yes
from sightline.pathways.contact.forms.opening import ASKED, ContactForm, YoungForm
from sightline.pathways.contact.forms.steps import STEPS, StepForm
from sightline.pathways.contact.queries.door import at_the_door
from sightline.pathways.contact.queries.incident import Incident, age_words, incident
from sightline.pathways.contact.queries.quality import DAYS, SAMPLED, taken
from sightline.pathways.contact.queries.unrecorded import DAYS as DAYS_OF_ACCOUNTS
from sightline.pathways.contact.queries.unrecorded import likely_unrecorded
from sightline.pathways.contact.queries.whom import carried, whom_to_tell
from sightline.pathways.contact.rules import least_at_the_scene
from sightline.pathways.contact.services.opening import open_contact, report_online
from sightline.pathways.contact.services.reviewing import review_account
from sightline.pathways.contact.services.steps import act, readable_of
from sightline.ui.asking import refused_in

HELD_OVER = ("place", "own_words", "name_1", "age_1")


@looking
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A contact from whatever route: what was said at first contact is carried over, and nobody is asked it twice."""
    gate.require(viewer, May.OPEN_CONTACTS)
    before = getattr(request, "typed_before", request.POST)  # before whoever typed it was signed out
    named = request.POST.get("people") or request.GET.get("person") or before.get("people")
    people = carried(viewer, named or "")
    begun = request.method == "POST" and "carry" not in request.POST
    initial = {field: request.POST.get(field, "") for field in HELD_OVER} | {"unnamed": 0}
    form = ContactForm(request.POST if begun else None, people=people, initial=initial)
    if begun and form.is_valid():
        with refused_in(form):
            why = viewer.because(viewer.reason or "Opening a contact")
            opened = open_contact(why, token=request.POST["token"], at=viewer.at, **form.opening(viewer.team_id))
            return HttpResponseRedirect(reverse("contact", args=[opened.person, opened.entry]))
    token = request.POST.get("token") or secrets.token_hex(9)
    shown = {"form": form, "people": people, "token": token, "asked": ASKED}
    return render(request, "contact/new.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def contact(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Where an incident stands: is anybody there, was each child seen, what is owed, what was said and done."""
    page = incident(because(viewer, person), person, entry, at=viewer.at)
    if page.children and person not in {c.who.person for c in page.children}:
        return HttpResponseRedirect(reverse("contact", args=[page.children[0].who.person, entry]))
    lines = [line(e, person, None, page.people) for e in reversed(page.run.entries)]
    shown = _of(page, viewer.at) | {"entry": entry, "lines": lines, "steps": STEPS, "viewer": viewer, "may": May}
    return render(request, "contact/incident.html", shown)


def _of(page: Incident, at: datetime) -> dict[str, Any]:
    return {
        "page": page,
        "run": page.run,
        "at": at,
        "age": lambda c: age_words(c, at),
        "needs": page.needs,
    }


@require_safe
@looking
def door(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """What an officer needs at the door, on one screen of a phone; below it what is done and recorded there."""
    viewer = because(viewer, person)
    page = incident(viewer, person, entry, at=viewer.at)
    message, _ = at_the_door(viewer, readable_of(viewer, page.run), at=viewer.at, but=frozenset({entry}))
    done = {a for e in page.run.of("scene.recorded") for a in e.get("done") or ()}
    shown = _of(page, viewer.at) | {
        "entry": entry,
        "message": message,
        "steps": STEPS,
        "done": done,
        "least": least_at_the_scene(viewer.at.date())[0],
    }
    return render(request, "contact/door.html", shown)


@looking
def step(request: HttpRequest, viewer: Viewer, person: int, entry: int, step: str) -> HttpResponse:
    """One step of an incident: what is known where it bears on it, the questions, and one button."""
    if (asks := STEPS.get(step)) is None:
        raise NotFound(gate.NOT_FOUND)
    viewer = because(viewer, person)
    page = incident(viewer, person, entry, at=viewer.at)
    form = asks.form(request.POST or None, at=viewer.at) if request.method == "POST" else asks.form(at=viewer.at)
    seen = len(page.run.entries)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            try:
                act(
                    viewer,
                    person,
                    entry,
                    asks.kind,
                    _told(form),
                    token=request.POST.get("token", ""),
                    seen=_seen(request, seen),
                    at=viewer.at,
                )
            except Changed as changed:
                seen = len(changed.run.entries)
                raise
            return HttpResponseRedirect(
                reverse("contact-door" if asks.at_the_door else "contact", args=[person, entry])
            )
    history = (
        at_the_door(viewer, readable_of(viewer, page.run), at=viewer.at, but=frozenset({entry}))[0]
        if step in ("relay", "arrest", "dispatched")
        else None
    )
    shown = _of(page, viewer.at) | {
        "entry": entry, "asks": asks, "step": step, "form": form, "history": history, "seen": seen,
        "token": secrets.token_hex(9) if not form.errors else request.POST.get("token", ""), "person": person,
    }  # fmt: skip
    return render(request, "contact/step.html", shown, status=422 if form.errors else 200)


def _told(form: StepForm) -> dict[str, Any]:
    """What was answered: yes and no as such, where that is all that could be chosen."""
    told = dict(form.cleaned_data)
    for name, field in form.fields.items():
        if {key for key, _ in getattr(field, "choices", ())} - {""} == {"yes", "no"}:
            told[name] = yes(told[name])
    return told


def _seen(request: HttpRequest, now: int) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isdigit() and len(said) < 9 else now


@require_safe
@looking
def quality(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How well contacts were taken, by team and shift: figures, and nobody's record."""
    return render(
        request,
        "contact/quality.html",
        {
            "rows": taken(viewer, at=viewer.at),
            "days": DAYS,
            "one_in": limits().number(SAMPLED, viewer.at),
        },
    )


@require_safe
@looking
def unrecorded_offences(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Accounts that read as offences and stand in no crime record, for whoever reviews them."""
    shown = {"rows": likely_unrecorded(viewer), "days": DAYS_OF_ACCOUNTS, "at": viewer.at}
    return render(request, "contact/unrecorded.html", shown)


@require_POST
@looking
def review_account_page(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:  # noqa: ARG001
    """The record of a child on that list is opened to whoever reviews it."""
    review_account(viewer, person, entry)
    return HttpResponseRedirect(reverse("person", args=[person]) + "#chronology")


@require_safe
@never_cache
def raise_a_concern(request: HttpRequest) -> HttpResponse:
    """How anybody who works with families raises a concern, and to whom. No account is needed, and nobody's record is shown."""
    return render(request, "contact/raise.html", {"agencies": whom_to_tell()})


@never_cache
def young(request: HttpRequest) -> HttpResponse:
    """A young person writes to us. What they write is stored, and nothing that is stored is shown."""
    now, form = timezone.now(), YoungForm(request.POST or None)
    if request.method == "POST" and _too_many(request, now):
        return render(request, "contact/young_busy.html", status=429)
    if request.method == "POST" and form.is_valid():
        _report(request, form, now)
        return HttpResponseRedirect(reverse("tell-us-sent"))
    token = request.POST.get("token") or secrets.token_hex(9)
    return render(request, "contact/young.html", {"form": form, "token": token}, status=422 if form.errors else 200)


@require_safe
@never_cache
def young_sent(request: HttpRequest) -> HttpResponse:
    """It was sent: what happens now. Says nothing of what was written."""
    return render(request, "contact/young_sent.html", {})


def _report(request: HttpRequest, form: YoungForm, now: datetime) -> None:
    said = form.cleaned_data
    how = dict(form.fields["how"].choices)[said["how"]]  # type: ignore[attr-defined]
    told = {
        "channel": "online", "route": "online", "kind": "concern_for_child", "caller_is": "child", "own_words": said["own_words"],
        "graded": "immediate" if said["now"] != "no" else "priority", "child_affected": True, "children_present": True,
        "safe_contact": ". ".join(x for x in (how, said["reach"], said["when"]) if x), "unsafe_contact": said["watched"] != "no",
    }  # fmt: skip
    token = blake2b(request.POST.get("token", "").encode(), digest_size=16).hexdigest()
    who = without_post(None, at=now, route=request.path)
    report_online(who, token=token, called=said["called"], age=said["age"], said=told, at=now, place=said["place"])


def _too_many(request: HttpRequest, now: datetime) -> bool:
    """Whether more came from one place, or in all, than a person could send in an hour. The place is held as a hash, for that hour."""
    place = request.META.get("REMOTE_ADDR", "") + request.headers.get("X-Forwarded-For", "")
    by, hour = limits(), f"{now:%Y%m%d%H}"
    one = f"young/{hour}/{blake2b(place.encode(), digest_size=16).hexdigest()}"
    for key, name in ((one, "contact.reports_an_hour"), (f"young/{hour}", "contact.reports_in_all")):
        cache.add(key, 0, 3600)
        if cache.incr(key) > by.number(name, now):
            return True
    return False
