"""The pages of alerts: mine and my team's, one and its answer, every rule, and the partnership's own limits. One function a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import looking
from sightline.access.roles import May, role_name
from sightline.access.rota import teams_led
from sightline.access.viewer import Viewer
from sightline.alerts.catalogue import RuleLine, rule_lines, say_source
from sightline.alerts.decided import Decided, limit_to_decide, limits_page
from sightline.alerts.queries import SHOW, AlertPage, alert_page, my_alerts, team_alerts
from sightline.alerts.routing import STANDS_IN, ladder
from sightline.alerts.services import acknowledge, decide_limit
from sightline.alerts.settings import limits as limits_here
from sightline.alerts.whose import leads
from sightline.chronology.wording import line
from sightline.clocks.limits import ANSWERED
from sightline.kernel.errors import NotPermitted, Refused
from sightline.kernel.law import Source, Standing
from sightline.kernel.moments import local
from sightline.ui.asking import refused_in
from sightline.web import keying
from sightline.web.alert_forms import AnswerForm, LimitForm
from sightline.web.filters import Choice, page_in

NOT_YOURS = "This alert was not sent to your role, so somebody else answers for it."
OUR_NUMBERS = re.compile(r"\b[A-Z]{2}-\d\d\b,?")
PUT_RIGHT = "This alert has been put right meanwhile, so there is nothing left to answer."


@require_safe
@looking
def alerts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What stands and reaches this viewer, or a team they lead, by what is due."""
    asked = Asked.of(request.GET)
    if asked.whose_team:
        board = team_alerts(viewer, team=asked.team, page=asked.page, show=asked.show)
    else:
        board = my_alerts(viewer, page=asked.page, show=asked.show)
    shown = {"board": board, "team": asked.whose_team, "leads": leads(viewer), "at": viewer.at, "asked": asked,
             "whose": _whose(viewer, asked), "show": _show(asked), "pages": _pages(board.pages, asked)}  # fmt: skip
    return render(request, "web/alerts.html", shown)


@dataclass(frozen=True)
class Asked:
    """Which alerts a page was asked for: mine or a team's, all or some of them. Never a name in an address."""

    whose_team: bool = False
    team: int | None = None
    show: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """What the links of the page asked for; anything else is passed over."""
        team, show = query.get("team", ""), query.get("show", "")
        number = int(team) if team.isdecimal() and len(team) < 10 else None
        return cls(query.get("whose") == "team", number, show if show in SHOW else "", page_in(query))

    def href(self, **changed: object) -> str:
        """The query string of this with some of it changed; a change of what is shown starts at the first page."""
        to = replace(self, **({"page": 1} | changed))  # type: ignore[arg-type]
        said = {
            "whose": "team" if to.whose_team else "",
            "team": to.team,
            "show": to.show,
            "page": to.page if to.page > 1 else "",
        }
        return "?" + urlencode({k: v for k, v in said.items() if v})


def _whose(viewer: Viewer, asked: Asked) -> list[Choice]:
    if not leads(viewer):
        return []
    teams = teams_led(viewer)
    every = "Sent to my team" if len(teams) < 2 else "Sent to all my teams"
    own = Choice("Sent to me", asked.href(whose_team=False, team=None), not asked.whose_team)
    both = [own, Choice(every, asked.href(whose_team=True, team=None), asked.whose_team and asked.team is None)]
    some = [Choice(t.name, asked.href(whose_team=True, team=t.pk), asked.team == t.pk) for t in teams]
    return [*both, *(some if len(teams) > 1 else [])]


def _show(asked: Asked) -> list[Choice]:
    return [Choice(words, asked.href(show=key), asked.show == key) for key, words in SHOW.items()]


def source_words(source: Source, decided: Iterable[Decided] = ()) -> str:
    """Where a duty comes from, in words and never by a number of ours; of a local default, whether anybody here has decided it."""
    said = " ".join(OUR_NUMBERS.sub("", say_source(source)).split())
    if source.standing is not Standing.LOCAL:
        return said
    why = said.removesuffix("(local default)").strip(" ,")
    newest = next(iter(decided), None)
    by = f"decided here by {newest.decided_by}" if newest else "decided by nobody yet"
    return f"Local default, {by}" + (f": {why}" if why and why != "local default" else "")


def _pages(count: int, asked: Asked) -> list[Choice]:
    return [Choice(str(n), asked.href(page=n), n == asked.page) for n in range(1, count + 1)] if count > 1 else []


@require_safe
@looking
def alert(request: HttpRequest, viewer: Viewer, alert: int) -> HttpResponse:
    """One alert: what, why, since when, by which rule, on what it rests, who was told and what they answered."""
    page = alert_page(viewer, alert)
    lines = [
        (e.source, line(e.happening, page.shown.subject, _born(page), page.people) if e.happening else None)
        for e in page.entries
    ]
    shown = {"page": page, "it": page.shown, "lines": lines, "at": viewer.at, "say_source": source_words,
             "decided": {x.name: x.history for x in limits_page(viewer)}}  # fmt: skip
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
        keying.sent(request, viewer, form, name="alert_answer", case=f"person {page.shown.subject}")
        return HttpResponseRedirect(reverse("alert", args=[alert]))
    keying.began(request, form, at=viewer.at)
    shown = {
        "page": page,
        "it": page.shown,
        "form": form,
        "at": viewer.at,
        "how_long": limits_here().say(ANSWERED.name, viewer.at),
    }
    return render(request, "web/alert_answer.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001
    """Every kind of alert, the rules that raise it, whom it is told and by what right. Nobody is in it."""
    groups: dict[str, list[RuleLine]] = {}
    for one in rule_lines():
        groups.setdefault(one.alert.group, []).append(one)
    shown = {"groups": groups, "say_source": source_words, "ladder": ladder, "role_name": role_name,
             "stands_in": [role_name(r) for r in STANDS_IN]}  # fmt: skip
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
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            _decide(viewer, held.name, form.cleaned_data)
            return HttpResponseRedirect(reverse("limits"))
    return render(request, "web/limits_decide.html", {"line": held, "form": form}, status=422 if form.errors else 200)


def _decide(viewer: Viewer, name: str, said: dict[str, Any]) -> None:
    given = {"decided_by": said["decided_by"], "reason": said["reason"]}
    decide_limit(
        viewer, name, count=said["count"], unit=said["unit"], given=given, from_on=said["from_on"], at=viewer.at
    )
