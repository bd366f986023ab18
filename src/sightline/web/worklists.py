"""The pages of alerts: mine and my team's, one and its answer, every rule, and the partnership's own limits. One function a page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.catalogue import RuleLine, rule_lines, say_source
from sightline.alerts.decided import LimitLine, limit_to_decide, limits_page
from sightline.alerts.queries import AlertPage, alert_page, leads, my_alerts, team_alerts
from sightline.alerts.routing import ladder
from sightline.alerts.services import ACKNOWLEDGED_FOR, acknowledge, decide_limit
from sightline.alerts.shown import role_name
from sightline.kernel.errors import NotPermitted, Refused
from sightline.kernel.law import Source
from sightline.kernel.moments import local
from sightline.web.alert_forms import AnswerForm, LimitForm
from sightline.web.chronicle import line
from sightline.web.entry import looking
from sightline.web.filters import Choice

NOT_YOURS = "This alert was not sent to your role, so somebody else answers for it."
PUT_RIGHT = "This alert has been put right meanwhile, so there is nothing left to answer."


@require_safe
@looking
def alerts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What stands and was told to this viewer, or to those who answer to them, by what is due."""
    team = request.GET.get("whose") == "team"
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdigit() and len(asked) < 5 and int(asked) else 1
    board = (team_alerts if team else my_alerts)(viewer, page=page)
    shown = {
        "board": board,
        "team": team,
        "leads": leads(viewer),
        "at": viewer.at,
        "pages": _pages(board.pages, board.page, team),
    }
    return render(request, "web/alerts.html", shown)


def source_words(source: Source) -> str:
    """Where a duty comes from, without saying twice that a local default is one."""
    said = say_source(source)
    return "Local default" if said == "local default (local default)" else said


def _pages(count: int, current: int, team: bool) -> list[Choice]:
    whose = "whose=team&" if team else ""
    return [Choice(str(n), f"?{whose}page={n}", n == current) for n in range(1, count + 1)] if count > 1 else []


@require_safe
@looking
def alert(request: HttpRequest, viewer: Viewer, alert: int) -> HttpResponse:
    """One alert: what, why, since when, by which rule, on what it rests, who was told and what they answered."""
    page = alert_page(viewer, alert)
    lines = [
        (e.source, line(e.happening, page.shown.subject, _born(page), page.people) if e.happening else None)
        for e in page.entries
    ]
    shown = {"page": page, "it": page.shown, "lines": lines, "at": viewer.at, "say_source": source_words}
    return render(request, "web/alert.html", shown)


def _born(page: AlertPage) -> date | None:
    who = page.people.get(page.shown.subject)
    return who.born_on if who else None


@looking
def answer_alert(request: HttpRequest, viewer: Viewer, alert: int) -> HttpResponse:
    """What is being done about an alert, in one's own words. It stays until it is put right."""
    page, form = alert_page(viewer, alert), AnswerForm(request.POST or None)
    if page.shown.mine and page.shown.cleared_at:
        raise Refused(PUT_RIGHT)
    if not page.shown.answerable:
        gate.refuse(viewer, people=[page.shown.subject], note=f"answer alert {alert}")
        raise NotPermitted(NOT_YOURS)
    if request.method == "POST" and form.is_valid():
        acknowledge(viewer, alert, reason=form.cleaned_data["reason"], at=viewer.at)
        return HttpResponseRedirect(reverse("alert", args=[alert]))
    shown = {
        "page": page,
        "it": page.shown,
        "form": form,
        "at": viewer.at,
        "hours": ACKNOWLEDGED_FOR.total_seconds() // 3600,
    }
    return render(request, "web/alert_answer.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001
    """Every kind of alert, the rules that raise it, whom it is told and by what right. Nobody is in it."""
    groups: dict[str, list[RuleLine]] = {}
    for one in rule_lines():
        groups.setdefault(one.alert.group, []).append(one)
    shown = {"groups": groups, "say_source": source_words, "ladder": ladder, "role_name": role_name}
    return render(request, "web/rules.html", shown)


@require_safe
@looking
def limits(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What holds here now: the partnership's own limits with their history, and law and guidance as they are."""
    held = limits_page(viewer)
    shown = {"own": [x for x in held if x.may_change], "fixed": [x for x in held if not x.may_change],
             "decides": viewer.may(May.DECIDE_LIMITS), "say_source": source_words}  # fmt: skip
    return render(request, "web/limits.html", shown)


@looking
def limit(request: HttpRequest, viewer: Viewer, name: str) -> HttpResponse:
    """A new value for a local limit, from a day, with who decided and why."""
    held = limit_to_decide(viewer, name)
    form = LimitForm(request.POST or None, held, today=local(viewer.at).date())
    if request.method == "POST" and form.is_valid() and _decided(viewer, held, form):
        return HttpResponseRedirect(reverse("limits"))
    return render(request, "web/limits_decide.html", {"line": held, "form": form}, status=422 if form.errors else 200)


def _decided(viewer: Viewer, held: LimitLine, form: LimitForm) -> bool:
    said = form.cleaned_data
    given = {"decided_by": said["decided_by"], "reason": said["reason"]}
    try:
        decide_limit(
            viewer,
            held.name,
            count=said["count"],
            unit=said["unit"],
            given=given,
            from_on=said["from_on"],
            at=viewer.at,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
