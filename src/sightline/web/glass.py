"""Opening a record in an emergency, in two steps: for whom and why; then what follows, and yes. One function a page."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access import gate, wall
from sightline.access.breakglass import lasts
from sightline.access.entry import confirmed_again, looking
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.oversight.access_review.clocks import REVIEWED
from sightline.oversight.access_review.queries import by_when
from sightline.oversight.access_review.services import open_in_emergency
from sightline.people.anchors import records_of
from sightline.people.matching.records import Record
from sightline.people.persons import Person, persons
from sightline.people.search import matches
from sightline.people.sight import Sight, sight_of
from sightline.ui.asking import person_number_field, reason_field
from sightline.web import asking, keying

KEPT, MOST = 10, 3
FROM_A_PERSON = re.compile(r"/person/(\d{1,19})/")
FROM_A_SEARCH = re.compile(r"/first-contact/([\w-]{1,40})/")
GONE = "This is no longer held. Say again for whom and why."


class EmergencyForm(forms.Form):
    """For whom, by number or by name and date of birth; and why."""

    number = person_number_field("Enter the number alone, as it stands in the address of the page: 1234")
    name = forms.CharField(required=False, max_length=200)
    born = forms.CharField(required=False, max_length=60)
    reason = reason_field("Say why you must see it now", longest=500)

    def clean(self) -> dict[str, Any]:
        """Somebody to open."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors.get("number") and not any(said.get(f) for f in ("number", "name", "born")):
            self.add_error(
                "number", "Say for whom: the number of the page you were refused, or a name or date of birth"
            )
        return said


@looking
def emergency(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Step 1: for whom, and why. What is asked is not looked up before step 2 is confirmed."""
    gate.require(viewer, May.READ_WHEN_INVOLVED)
    form = EmergencyForm(request.POST or None, initial=_said_before(request))
    if request.method == "POST" and form.is_valid():
        keying.sent(request, viewer, form, name="emergency")
        return HttpResponseRedirect(reverse("emergency-confirm", args=[_keep(request, form.cleaned_data)]))
    keying.began(request, form, at=viewer.at)
    return render(request, "web/emergency.html", {"form": form}, status=422 if form.errors else 200)


def _said_before(request: HttpRequest) -> dict[str, str]:
    """The number of the page that refused, or what was entered in the search this comes from: nobody enters it twice."""
    came_from = request.headers.get("Referer", "")
    if refused := FROM_A_PERSON.search(came_from):
        return {"number": refused[1]}
    searched = FROM_A_SEARCH.search(came_from)
    return keying.offered(EmergencyForm, asking.said(request, searched[1])) if searched else {}


@looking
@confirmed_again
def confirm(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponse:
    """Step 2: what follows, and yes. Nothing is said of whether anybody is there until it is opened and told."""
    gate.require(viewer, May.READ_WHEN_INVOLVED)
    said = request.session.get("emergencies", {}).get(token)
    if said is None:
        gate.refuse(viewer, note="no such emergency")
        raise NotFound(GONE)
    if request.method == "POST" and "opened" not in said:
        return _open(request, viewer, token, said)
    if "opened" in said:
        return render(
            request, "web/emergency_opened.html", {"people": _opened(viewer, said["opened"]), "at": viewer.at}
        )
    held, day = limits(), local(viewer.at).date()
    shown = {"said": said, "minutes": lasts(day).minutes, "most": MOST,
             "review_by": by_when(held.due(REVIEWED.name, viewer.at))}  # fmt: skip
    return render(request, "web/emergency_confirm.html", shown)


def _open(request: HttpRequest, viewer: Viewer, token: str, said: dict[str, Any]) -> HttpResponse:
    viewer = viewer.because(said["reason"])
    people = sorted(_whom(viewer, said))
    open_in_emergency(viewer, people)
    _keep(request, said | {"opened": people}, token)
    if len(people) == 1:
        return HttpResponseRedirect(reverse("person", args=people))
    return HttpResponseRedirect(reverse("emergency-confirm", args=[token]))


@wall.working()
def _whom(viewer: Viewer, said: dict[str, Any]) -> set[int]:
    """Whoever has that number; else those who fit best what was said, the sealed among them, three at most."""
    asked = [f for f in ("number", "name", "born") if said.get(f)]
    write(viewer, Action.SEARCH, fields=[f"asked:{f}" for f in asked], note="in an emergency")
    if said.get("number"):
        return set(records_of([said["number"]]))
    day = local(viewer.at).date()
    wanted = Record(record_id="asked", forenames=said["name"].strip(), born=said["born"].strip(), as_of=day)
    found = matches(wanted, today=day, sight=Sight(viewer), most=MOST)
    return {m.person for m in found if m.band == found[0].band}


def _opened(viewer: Viewer, people: list[int]) -> list[Person]:
    """Those opened who are open still."""
    still = sorted(gate.in_emergency(viewer, people))
    if not still:
        return []
    gate.look(viewer, still, fields=("names", "born"), action=Action.LIST, note="opened in an emergency")
    held = persons(still, sight_of(viewer))
    return [held[p] for p in still if p in held]


def _keep(request: HttpRequest, said: dict[str, Any], token: str = "") -> str:
    """Held on the server for the length of the session: no name is ever in an address. The oldest of 10 goes."""
    token = token or secrets.token_hex(9)
    held = dict(request.session.get("emergencies", {}))
    held[token] = said
    request.session["emergencies"] = dict(list(held.items())[-KEPT:])
    return token
