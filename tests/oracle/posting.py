"""What a POST of the oracle brings, filled in for whoever asks about whomever; and whether what came back is an acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.urls import Resolver404, resolve

from access_proof.bodies import BODIES, TOKEN, Given, filled
from access_proof.routes import ROUTES, About, Aim
from oracle.people import CENTRE
from oracle.scene import Eye, Scene

NOBODY = "nobody"
BRINGS = ("POST", "PUT", "DELETE")
COURT = "court_appointed_officer"
ASKS = ("first-contact/", "api/first-contact")  # these bring what is searched for, and a reason
FILES = ("application/pdf", "application/json")  # what is made or answered on the spot, without a redirect
ROWS = {
    "retention.Hold": "hold", "access.Restriction": "restriction", "access.Involvement": "appointment", "sharing.Agreement": "agreement",
    "access.BreakGlass": "opening",
}  # fmt: skip
NAMED_BY_ITSELF = "consultations/<slug:key>/"  # by the token of the form that wrote it down
AWAY = ("/sign-in/", "/accounts/")


def body_of(scene: Scene, eye: Eye, pattern: str, part: str) -> Mapping[str, Any] | None:
    """The fields that a form accepts, of somebody, from whoever asks; nothing where the route takes no form."""
    if pattern not in BODIES or pattern in ASKS:
        return None
    court = next((e.member.user.username for e in scene.of_role(COURT)), "")
    other = scene.people["told-open" if part != "told-open" else "work-open"]
    home = scene.homes[part if part in scene.homes else CENTRE]
    said = {"part": part, "other": str(other), "court": court, "home": str(home), "mother": str(scene.people["mother"])}
    who, me = _whom(scene, pattern, part), eye.member
    given = Given(scene.at, who, me.user.pk, me.post.pk, me.user.username, said)
    return filled(BODIES[pattern].fields, given)


def _whom(scene: Scene, pattern: str, part: str) -> int:
    """Whom it is about: that part, or where the address names nobody the one of whom such a form is tried."""
    return scene.people[part if part in scene.people else BODIES[pattern].part or CENTRE]


def named_in(scene: Scene, body: Mapping[str, Any] | None) -> frozenset[int]:
    """Those whom a body names by their numbers."""
    said = [v for value in (body or {}).values() for v in (value if isinstance(value, list) else [value])]
    return frozenset(int(v) for v in said if isinstance(v, str) and v.isdecimal()) & frozenset(scene.people.values())


def begun_for(scene: Scene, eye: Eye, pattern: str, part: str, aim: Aim) -> Aim:
    """What a form is aimed at, once those that come before it were sent, by the same person or, where it takes two, by another: what they made."""
    part = part if part in scene.people else BODIES[pattern].part or CENTRE
    aim = aim if aim.person else replace(aim, person=scene.people[part])
    for before in BODIES[pattern].after:
        aim = _aimed(before, aim)
        by = another(scene, eye, BODIES[pattern].others.get(before, ""))
        sent = ROUTES[before].call(by.client, "POST", replace(aim, body=body_of(scene, by, before, part)))
        aim = replace(aim, **_made(sent))
    return _aimed(pattern, aim)


def another(scene: Scene, eye: Eye, role: str) -> Eye:
    """Somebody else of a role, or of a role in an agency; the same where none is asked for."""
    return next((e for e in scene.of_role(role) if e is not eye), eye) if role else eye


def _aimed(pattern: str, aim: Aim) -> Aim:
    """At the newest of what a form is a step of."""
    body = BODIES[pattern]
    if body.entry:
        action = _newest("chronology.Event", kind="action.set")
        newest = _newest("chronology.Event", kind=body.entry)
        aim = replace(aim, entry=newest, proposal=newest, action=action)
    if body.row:
        aim = replace(aim, **{ROWS[body.row]: _newest(body.row)})
    return replace(aim, address=f"/consultations/{TOKEN}/") if pattern == NAMED_BY_ITSELF else aim


def _newest(label: str, **of: str) -> int:
    return apps.get_model(label)._default_manager.filter(**of).order_by("-pk").values_list("pk", flat=True).first() or 0


def _made(answer: Any) -> dict[str, Any]:
    """What an address that a form leads to says of what it made."""
    try:
        found = resolve(urlsplit(answer.headers.get("Location", "")).path).kwargs
    except Resolver404:
        return {}
    return {name: found[name] for name in ("entry", "copy", "token", "disclosure") if name in found}


def accepted(answer: Any, pattern: str) -> bool:
    """Whether what was sent was taken: it leads on, or is the file that was asked for; a form shown again is no acceptance."""
    if pattern not in BODIES:
        return False
    if answer.status_code in (302, 303):
        to = urlsplit(answer.headers.get("Location", "")).path
        return not to.startswith(AWAY) and BODIES[pattern].to in to
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code == 201 or (answer.status_code == 200 and kind.startswith(FILES))


def led_to(scene: Scene, answer: Any) -> tuple[str, str, Aim, str] | None:
    """Where an acceptance leads: the pattern, the part it is about, how it is aimed, and what the address says beyond; nothing if away."""
    where = urlsplit(answer.headers.get("Location", ""))
    try:
        found = resolve(where.path)
    except Resolver404:
        return None
    if found.route not in ROUTES:
        return None
    person, alert = int(found.kwargs.get("person", 0)), found.kwargs.get("alert")
    named = next((name for name, number in scene.alerts.items() if number == alert), scene.who(person))
    about = ROUTES[found.route].about in (About.PERSON, About.ALERT)
    part = named or (NOBODY if about else "")
    return found.route, part, Aim(person=person, address=where.path), f"?{where.query}" if where.query else ""
