"""The pages of strategy discussions and section 47 enquiries. One function a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import because, looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.chronology.stepping import Changed
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import local
from sightline.pathways.enquiry import forms, services
from sightline.pathways.enquiry.forms.asking import QuestionForm, action_said, gate_fields, lines, written
from sightline.pathways.enquiry.panels import beside_of, beside_shown, steps_shown
from sightline.pathways.enquiry.queries import (
    CoursePage,
    clinicians_of,
    courses_of,
    duties_of,
    enquired_into,
    hears_health,
    other_children,
    suspicion,
)
from sightline.pathways.enquiry.queries.asked import may_be_asked
from sightline.pathways.enquiry.rules import ENQUIRIES, actions, clinicians_heard, procedures


@require_safe
@looking
def procedure(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The agreed procedure: what holds today, and what held before."""
    return render(
        request, "enquiry/procedure.html", {"versions": procedures().rows[::-1], "today": local(viewer.at).date()}
    )


@require_safe
@looking
def courses(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """A child's discussions and enquiries, and what can be begun."""
    page = courses_of(because(viewer, person), person)
    shown = {
        "page": page,
        "who": page.person,
        "at": viewer.at,
        "leads": viewer.may(May.HOLD_STRATEGY),
        "actions": actions,
    }
    return render(request, "enquiry/courses.html", shown)


@require_safe
@looking
def discussion(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """One discussion: what was said and decided, its actions, and what is next."""
    page = courses_of(because(viewer, person), person)
    return render(request, "enquiry/run.html", steps_shown(viewer, page, page.run(entry)))


@require_safe
@looking
def enquiry(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """One enquiry: what the procedure asks and what shows it done, its outcome, and what is next."""
    page = courses_of(because(viewer, person), person)
    run = page.run(entry)
    shown = steps_shown(viewer, page, run) | {"duties": duties_of(page, run, enquired_into(viewer, page, run))}
    return render(request, "enquiry/run.html", shown)


@looking
def ask(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Ask for a strategy discussion."""
    page, form = _page(viewer, person), forms.AskForm(request.POST or None)
    return _answered(request, viewer, page, None, form, "Ask for a strategy discussion",
                     lambda: services.ask(viewer, person, token=form.step["token"], at=viewer.at, **form.say("reason", "separate")))  # fmt: skip


@looking
def decline(request: HttpRequest, viewer: Viewer, person: int, entry: int = 0) -> HttpResponse:
    """Record that none is held."""
    page, run = _led(viewer, person, entry)
    form = forms.DeclineForm(request.POST or None, seen=_seen(run))
    return _answered(request, viewer, page, run, form, "Record that no strategy discussion is held",
                     lambda: services.decline(viewer, person, run, at=viewer.at, **form.step,
                                              **form.say("reason", "instead", "separate")))  # fmt: skip


@looking
def call(request: HttpRequest, viewer: Viewer, person: int, entry: int = 0) -> HttpResponse:
    """Ask people to a discussion."""
    page, run = _led(viewer, person, entry)
    asked = may_be_asked(
        viewer, page.procedure, words=request.GET.get("words", ""), posts=_numbers(request.POST.getlist("posts"))
    )
    form = forms.CallForm(request.POST or None, asked=asked, seen=_seen(run), initial={"held_at": written(viewer.at)})

    def step() -> None:
        services.call(viewer, person, run, invited=form.invited, posts=_numbers(form.cleaned_data["posts"]), at=viewer.at,
                      **form.say("held_at", "how", "separate"), **form.step)  # fmt: skip

    return _answered(request, viewer, page, run, form, "Call a strategy discussion", step)


@looking
def hold(request: HttpRequest, viewer: Viewer, person: int, entry: int = 0) -> HttpResponse:
    """Record a discussion."""
    page, run = _led(viewer, person, entry)
    called = run.last("strategy.called") if run else None
    guess = suspicion(viewer, person)
    given = {"attended": "\n".join(called.get("invited") or ()) if called else "", "held_at": written(viewer.at),
             "abuse_alleged": "yes" if guess.abuse else None, "offence_possible": "yes" if guess.offence else None}  # fmt: skip
    form = forms.HoldForm(request.POST or None, others=other_children(viewer, person), seen=_seen(run), initial=given)
    return _answered(
        request, viewer, page, run, form, "Record a strategy discussion", lambda: _held(viewer, person, run, form)
    )


def _held(viewer: Viewer, person: int, run: Run | None, form: forms.HoldForm) -> None:
    said = form.say("how", "information_shared", "abuse_alleged", "offence_possible", "decision", "mode_reason", "rationale", "dissent",
                    "protects_now", *gate_fields())  # fmt: skip
    called = run.last("strategy.called") if run else None
    told = {k: v for k, v in said.items() if v != ""} | {"attended": lines(form.cleaned_data["attended"])}
    invited = {"invited": list(called.get("invited") or ())} if called else {}
    met = services.Met(told | invited, form.actions, form.considered)
    services.hold(viewer, person, run, met, **form.say("held_at", "separate"), **form.step)


@looking
def health(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """What a clinician says."""
    page = _page(viewer, person)
    if not hears_health(viewer):
        gate.require(viewer, May.HOLD_STRATEGY)
    run = page.run(entry)
    theirs = viewer.name if viewer.agency_kind == "health" else ""
    form = forms.HealthForm(request.POST or None, roles=page.procedure.clinicians, theirs=theirs, seen=_seen(run))
    return _answered(request, viewer, page, run, form, "Record what a clinician says",
                     lambda: services.hear_health(viewer, person, run, at=viewer.at, **form.say("role", "opinion", "clinician"),
                                                  **form.step))  # fmt: skip


@looking
def action(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Set one more action."""
    page, run = _run(viewer, person, entry)
    form = forms.ActionForm(request.POST or None, seen=_seen(run))

    def step() -> None:
        if said := action_said(form.cleaned_data, 1):
            services.set_action(viewer, person, run, said, at=viewer.at, **form.step)

    return _answered(request, viewer, page, run, form, "Set an action", step)


@looking
def end_action(request: HttpRequest, viewer: Viewer, person: int, entry: int, action: int) -> HttpResponse:
    """An action was done, or is dropped."""
    page = _page(viewer, person)
    run = page.run(entry)
    held = next((a for a in actions(run.entries) if a.set.event_id == action and a.end is None), None)
    if held is None:
        raise NotFound(gate.NOT_FOUND)
    form = forms.EndActionForm(request.POST or None, seen=_seen(run))

    def step() -> None:
        said = form.cleaned_data
        services.end_action(viewer, person, run, held.id, result=said["result"], dropped=said["ended"] == "dropped",
                            authorised_by=said["authorised_by"], at=viewer.at, **form.step)  # fmt: skip

    return _answered(request, viewer, page, run, form, f"What became of it: {held.set.get('what')}", step)


@looking
def review(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Somebody else of the police looks at whether social care should act alone."""
    page, run = _run(viewer, person, entry)
    form = forms.ReviewForm(request.POST or None, seen=_seen(run))
    return _answered(request, viewer, page, run, form, "Should social care act alone?",
                     lambda: services.review_mode(viewer, person, run, at=viewer.at, **form.say("decision", "reason"), **form.step))  # fmt: skip


@looking
def close(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Close a discussion."""
    page, run = _run(viewer, person, entry)
    heard = clinicians_heard(page.chronology, [run], run.first.at, page.procedure)
    form = forms.CloseForm(request.POST or None, clinicians=heard, seen=_seen(run))
    return _answered(request, viewer, page, run, form, "Close this strategy discussion",
                     lambda: services.close(viewer, person, run, at=viewer.at, **form.say("reason", "explanation", "clinician"),
                                            **form.step))  # fmt: skip


@looking
def start(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Start a section 47 enquiry."""
    page, _ = _led(viewer, person, 0)
    held = next((h for r in page.discussions if (h := r.last("strategy.held"))), None)
    given = {"mode": ENQUIRIES.get(str(held.get("decision"))), "reason": held.get("mode_reason")} if held else {}
    form = forms.StartForm(request.POST or None, initial=given)

    def step() -> None:
        said = form.say("mode", "reason", "lead", "separate")
        services.start(viewer, person, at=viewer.at, token=form.step["token"], **said)

    return _answered(request, viewer, page, None, form, "Start a section 47 enquiry", step)


@looking
def complete(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """End an enquiry."""
    page, run = _run(viewer, person, entry)
    found = enquired_into(viewer, page, run)
    heard = clinicians_of(page, found.since or run.first.at)
    form = forms.CompleteForm(
        request.POST or None, duties=duties_of(page, run, found), clinicians=heard, seen=_seen(run)
    )

    def step() -> None:
        said = form.say(*form.said_fields)
        services.complete(viewer, person, run, said, away_from_home=form.say("away_from_home")["away_from_home"], not_done=form.not_done,
                          at=viewer.at, **form.step)  # fmt: skip

    return _answered(request, viewer, page, run, form, "End this enquiry", step)


@looking
def decide_return(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """Whether the child can go home."""
    page, run = _run(viewer, person, entry)
    form = forms.ReturnForm(request.POST or None, seen=_seen(run))

    def step() -> None:
        said = form.say("safe", "safeguarding_plan")
        services.decide_return(viewer, person, run, at=viewer.at, **said, **form.step)

    return _answered(request, viewer, page, run, form, "Can the child go home?", step)


def _answered(
    request: HttpRequest, viewer: Viewer, page: CoursePage, run: Run | None, form: QuestionForm, title: str, step: Callable[[], Any]
) -> HttpResponse:  # fmt: skip
    """The question asked, or the step taken; where it is refused, the form as it was typed, with why, and how things stand now."""
    person, other = page.person.person, None if run else beside_of(viewer, page, form)
    if request.method == "POST" and form.is_valid():
        try:
            step()
            return HttpResponseRedirect(reverse("enquiry", args=[person]))
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Changed):
                run = refused.run
                form.shown_again(len(run.entries))
            if isinstance(refused, services.AlreadyOpen):
                other = refused.run
                form.shown_again(len(other.entries))
    shown = {"page": page, "who": page.person, "run": run, "form": form, "title": title, "at": viewer.at, "leads": True}
    return render(
        request, "enquiry/form.html", shown | beside_shown(page, form, other), status=422 if form.errors else 200
    )


def _page(viewer: Viewer, person: int) -> CoursePage:
    return courses_of(because(viewer, person), person)


def _led(viewer: Viewer, person: int, entry: int) -> tuple[CoursePage, Run | None]:
    """For those who may call and record discussions."""
    page = _page(viewer, person)
    gate.require(viewer, May.HOLD_STRATEGY)
    return page, page.run(entry) if entry else None


def _run(viewer: Viewer, person: int, entry: int) -> tuple[CoursePage, Run]:
    page = _page(viewer, person)
    gate.require(viewer, May.HOLD_STRATEGY)
    return page, page.run(entry)


def _seen(run: Run | None) -> int | None:
    return len(run.entries) if run else None


def _numbers(said: list[str]) -> list[int]:
    return [int(n) for n in said if n.isdecimal() and len(n) < 19]
