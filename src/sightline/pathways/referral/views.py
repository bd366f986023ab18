"""The pages of referral: refer, the partner's door, the hub's queue and one referral of it, figures. One function a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sightline.access.entry import because, looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.kernel.moments import from_local, local
from sightline.pathways.referral.forms import (
    RANG,
    AnswerForm,
    AskForm,
    DecideForm,
    ReferForm,
    ReferNewForm,
    TellSettingForm,
    WordsForm,
    new_token,
)
from sightline.pathways.referral.queries.cover import cover
from sightline.pathways.referral.queries.door import SAFEGUARDING_LEAD, asked_of_us, partner_door, sent_by_us
from sightline.pathways.referral.queries.figures import below_by_team, flow, funnel
from sightline.pathways.referral.queries.one import RunPage, called_of, open_questions, referral_page, settings_of
from sightline.pathways.referral.queries.queue import hub_queue
from sightline.pathways.referral.rules.authorities import authority, lawful_words
from sightline.pathways.referral.rules.courses import REQUEST
from sightline.pathways.referral.services import asking, deciding, referring
from sightline.pathways.referral.services.referring import Newcomer, Referred, authorities_for, refer, tell_setting
from sightline.ui.asking import refused_in

SAID = (
    "basis",
    "urgency",
    "risk",
    "asked_for",
    "summary",
    "consent",
    "child_said",
    "lawful_basis",
    "necessity",
    "proportionality",
)
SPANS = {"week": 7, "month": 30, "year": 365}


def _offered(viewer: Viewer) -> dict[str, Any]:
    return {"token": new_token(), **lawful_words(local(viewer.at).date(), urgent=True)}


def _questions(viewer: Viewer, authorities: list[tuple[str, str]]) -> list[tuple[str, str]]:
    day = local(viewer.at).date()
    return [(key, asks) for key, _ in authorities for asks in authority(key, day).questions]


def _said(form: ReferForm) -> Referred:
    held = form.cleaned_data
    to = (held["to"], held["also"]) if held["also"] and held["also"] != held["to"] else (held["to"],)
    return Referred(to, form=form.own_answers(), **{name: held[name] for name in SAID})


@looking
def refer_new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Refer somebody nobody here knows yet: what is feared and asked for first, then who they are as far as known."""
    authorities = authorities_for(request.POST.get("postcode", ""))
    form = ReferNewForm(
        request.POST or None,
        authorities=authorities,
        questions=_questions(viewer, authorities),
        initial=_offered(viewer),
    )
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        born = held["born"].isoformat() if held["born"] else ""
        who = Newcomer(held["forenames"], held["surname"], born, held["lines"], held["postcode"], held["school"])
        with refused_in(form):
            made = refer(viewer, _said(form), token=held["token"], at=viewer.at, newcomer=who, about=held["about"])
            return HttpResponseRedirect(reverse("door-sent", args=[made[0]]))
    return _refer(request, viewer, form)


@looking
def refer_person(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Refer somebody whose page is open to the viewer."""
    who = called_of(because(viewer, person), person)
    authorities = authorities_for(who.postcode)
    initial = _offered(viewer) | {"called": who.called}
    form = ReferForm(
        request.POST or None, authorities=authorities, questions=_questions(viewer, authorities), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            made = refer(
                because(viewer, person),
                _said(form),
                token=form.cleaned_data["token"],
                at=viewer.at,
                person=person,
                called=who.called,
            )
            return HttpResponseRedirect(reverse("door-sent", args=[made[0]]))
    return _refer(request, viewer, form, person=person, who=who.called)


def _refer(request: HttpRequest, viewer: Viewer, form: ReferForm, **shown: object) -> HttpResponse:
    page = {"form": form, "at": viewer.at, "new": isinstance(form, ReferNewForm)} | shown
    return render(request, "referral/refer.html", page, status=422 if form.errors else 200)


@require_safe
@looking
def door(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What my agency referred and what came of it, what is asked of it, and what it was given."""
    shown = {"door": partner_door(viewer), "at": viewer.at, "decides": viewer.may(May.DECIDE_REFERRALS)}
    return render(request, "referral/door.html", shown)


@looking
def sent(request: HttpRequest, viewer: Viewer, entry: int) -> HttpResponse:
    """One referral of ours: its receipt, what we were told, and a challenge from the same page."""
    page, form = sent_by_us(viewer, entry), WordsForm(request.POST or None, initial={"token": new_token()})
    if request.method == "POST" and form.is_valid():
        verb = asking.add_what_was_asked if form.cleaned_data["outcome"] == "answer" else asking.challenge
        with refused_in(form):
            verb(viewer, entry, text=form.cleaned_data["text"], token=form.cleaned_data["token"], at=viewer.at)
            return HttpResponseRedirect(reverse("door-sent", args=[entry]))
    return render(
        request, "referral/sent.html", {"it": page, "form": form, "at": viewer.at}, status=422 if form.errors else 200
    )


@looking
def asked(request: HttpRequest, viewer: Viewer, entry: int) -> HttpResponse:
    """One request to our agency, or word to our school: what is asked, of whom, by when; and our answer."""
    page = asked_of_us(viewer, entry)
    asks = page.run.course is REQUEST
    form = (AnswerForm if asks else WordsForm)(request.POST or None, initial={"token": new_token()})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            _answered(viewer, entry, form)
            return HttpResponseRedirect(reverse("door-asked", args=[entry]))
    shown = {"it": page, "form": form, "asks": asks, "lead": viewer.role == SAFEGUARDING_LEAD, "at": viewer.at}
    return render(request, "referral/asked.html", shown, status=422 if form.errors else 200)


def _answered(viewer: Viewer, entry: int, form: AnswerForm | WordsForm) -> None:
    said = form.cleaned_data
    if isinstance(form, AnswerForm):
        asking.answer(viewer, entry, nothing_held=said["how"] == "nothing", refused=said["how"] == "refused", text=said["text"],
                      token=said["token"], at=viewer.at)  # fmt: skip
    else:
        asking.confirm(viewer, entry, doing=said["text"], token=said["token"], at=viewer.at)


@require_safe
@looking
def queue(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything that waits, from whatever agency, gravest and oldest first, one family at a time."""
    return render(request, "referral/queue.html", {"board": hub_queue(viewer), "at": viewer.at})


@require_safe
@looking
def referral(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """One referral: what is feared and asked for first; what was done before; who was asked; what may be done now."""
    page = referral_page(because(viewer, person), person, entry)
    return _one(request, viewer, page, token=new_token())


def _one(request: HttpRequest, viewer: Viewer, page: RunPage, **shown: object) -> HttpResponse:
    words = {"page": page, "at": viewer.at, "decisions": deciding.DECISIONS, "helped": deciding.HELPED}
    return render(request, "referral/one.html", words | shown, status=422 if "form" in shown else 200)


@looking
def decide_page(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """The shared decision, with its reason, owner and dissent."""
    page = referral_page(because(viewer, person), person, entry)
    initial = {"token": new_token(), "seen": len(page.run.entries), "child_said": page.first.get("child_said")}
    form = DecideForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            deciding.decide(because(viewer, person), person, entry, at=viewer.at, **form.cleaned_data)
            return HttpResponseRedirect(reverse("referral", args=[person, entry]))
    return render(
        request,
        "referral/decide.html",
        {"page": page, "form": form, "at": viewer.at},
        status=422 if form.errors else 200,
    )


@looking
def ask_page(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Ask agencies what they know; of a scant referral, ask whoever made it."""
    page = referral_page(because(viewer, person), person, entry)
    initial = _offered(viewer) | {
        "question": " ".join(page.quality.questions),
        "of": [page.first.agency] if page.quality.questions else [],
    }
    form = AskForm(request.POST or None, agencies=page.agencies, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        due = from_local(said["needed_by"].replace(tzinfo=None)) if said["needed_by"] else None
        with refused_in(form):
            asking.ask(because(viewer, person), person, of=said["of"], question=said["question"], lawful_basis=said["lawful_basis"],
                       called=called_of(because(viewer, person), person).called, token=said["token"], needed_by=due, at=viewer.at)  # fmt: skip
            return HttpResponseRedirect(reverse("referral", args=[person, entry]))
    return render(
        request, "referral/ask.html", {"page": page, "form": form, "at": viewer.at}, status=422 if form.errors else 200
    )


@require_POST
@looking
def step(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """A step that needs a few words or none: received, told, early help begun or back, a challenge answered, explained."""
    form, by = WordsForm(request.POST), because(viewer, person)
    page = referral_page(by, person, entry)
    if form.is_valid():
        with refused_in(form):
            _step(by, person, entry, form.cleaned_data)
            return HttpResponseRedirect(reverse("referral", args=[person, entry]))
    return _one(request, viewer, page, token=form.data.get("token"), form=form)


def _step(by: Viewer, person: int, entry: int, said: dict[str, Any]) -> None:
    token, text, which = said["token"], said["text"], said["outcome"]
    if which == "receive":
        deciding.receive(by, person, entry, token=token, at=by.at)
    elif which in ("engaged", "back"):
        deciding.early_help(by, person, entry, engaged=which == "engaged", words=text, token=token, at=by.at)
    elif which in ("resolved", "unresolved"):
        deciding.answer_challenge(by, person, entry, resolved=which == "resolved", text=text, token=token, at=by.at)
    elif which == "explain":
        deciding.explain(by, person, entry, reason=text, token=token, at=by.at)
    else:
        deciding.tell(by, person, entry, outcome=text, helped=said["helped"], token=token, at=by.at)


@looking
def school(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Tell a child's school or nursery what it must know before the child's next day there."""
    by = because(viewer, person)
    who, form = (
        called_of(by, person),
        TellSettingForm(request.POST or None, agencies=settings_of(by), initial={"token": new_token()}),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_in(form):
            rang = said["lead"] if said["of"] == RANG else ""
            tell_setting(by, person, of=said["setting"] if rang else said["of"], told=said["told"], called=who.called,
                         token=said["token"], at=viewer.at, rang=rang)  # fmt: skip
            return HttpResponseRedirect(reverse("person", args=[person]))
    shown = {"form": form, "person": person, "who": who, "at": viewer.at, "before": referring.due_at_school(viewer.at)}
    return render(request, "referral/school.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def flow_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """In = decided + held, hour by hour; what is expected by Monday; how far the limits are met."""
    hours = {"day": 24, "weekend": 72, "week": 168}.get(request.GET.get("span", ""), 72)
    until = viewer.at.replace(minute=0, second=0, microsecond=0)
    found = flow(viewer, since=until - timedelta(hours=hours), until=until)
    shown = {"flow": found, "cover": cover(viewer, until=found.forecast.until), "at": viewer.at, "hours": hours}
    return render(request, "referral/flow.html", shown)


@require_safe
@looking
def outcomes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """From concern to outcome by children; what fell below the threshold, by team; and what led to nothing yet."""
    span = request.GET.get("span", "year")
    since = viewer.at - timedelta(days=SPANS.get(span, 365))
    shown = {
        "funnel": funnel(viewer, since=since, until=viewer.at), "shares": below_by_team(viewer, since=since, until=viewer.at),
        "questions": open_questions(viewer), "at": viewer.at, "span": span if span in SPANS else "year", "spans": SPANS,
    }  # fmt: skip
    return render(request, "referral/outcomes.html", shown)
