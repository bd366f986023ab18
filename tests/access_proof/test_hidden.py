"""A sealed child, and one from whom the viewer is excluded, are nowhere: no name, no entry, no count, no dot in a picture, no alert.

Each page is held against the same page in a world in which there is no such child: whatever differs would tell that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from access_proof.routes import ROUTES, Aim
from access_proof.stage import INSIDERS, SEARCHES, Called, ask, every_page, insider, sign_in
from access_proof.world import World, world
from sightline.alerts import services
from sightline.alerts.models import Alert, Told

pytestmark = pytest.mark.django_db
WHO = [("response_officer", "police"), ("data_guardian", "hub")]
GONE = ["sister", "cousin"]  # sealed, excluded
OURS = r'name="csrfmiddlewaretoken" value="\w+"|(?:first-contact|break-glass)/[\w-]+/|again=[\w-]+|entry-\d+|[A-Z2-7]{32}|data:image/[^"]+'


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize(("role", "agency"), WHO)
def test_every_page_is_as_if_the_sealed_or_excluded_child_had_never_been_recorded(
    db: None, at: datetime, role: str, agency: str, gone: str
) -> None:
    without, with_them = (_pages(role, agency, at, gone, there) for there in (False, True))
    assert without.keys() == with_them.keys()
    assert _unlike(without, with_them) == {}


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("gone", GONE)
def test_alerts_their_counts_and_home_are_as_if_the_sealed_or_excluded_child_had_never_been_recorded(
    db: None, at: datetime, gone: str
) -> None:
    without, with_them = (_of_alerts(at, gone, there) for there in (False, True))
    assert _unlike(without, with_them) == {}
    assert re.search(r"<strong>\d+ alert", without["", "GET"]), "and yet some stand"


DERIVED = {
    "the household": "person/<number:person>/",
    "who may be the same": "person/<number:person>/records/",
    "searches and suggestions": "first-contact/<slug:token>/",
    "who lives there": "address/<number:premises>/",
    "home": "",
}


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("derived", DERIVED)
def test_nothing_derived_names_the_sealed_or_excluded(scene: World, gone: str, derived: str) -> None:
    member = insider("response_officer", "police", scene)
    client, at = sign_in(member), DERIVED[derived]
    tokens = {"mine": Aim(person=scene.people["child"], premises=scene.home)}
    if "token" in at:
        tokens = {str(said): Aim(token=ask(client, Aim(asked=said)), asked=said) for said in SEARCHES}
    answers = [ROUTES[at].call(client, "GET", aim) for aim in tokens.values()]
    found = {c.owner for answer in answers for c in scene.aviary.leaks(answer)} - _typed(scene, at)
    assert gone not in found
    assert found or at == "", "and yet something is shown"
    number = scene.people[gone]
    assert not [a for a in answers if re.search(rf"/person/{number}/|person-{number}\b", a.content.decode())]


def _typed(scene: World, at: str) -> set[str]:
    return {c.owner for said in SEARCHES for c in scene.aviary.found_in(str(said))} if "token" in at else set()


def _unlike(
    one: dict[tuple[str, ...], str], other: dict[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[str, str]]:
    return {page: _first_difference(one[page], other[page]) for page in one if one[page] != other[page]}


def _pages(role: str, agency: str, at: datetime, gone: str, there: bool) -> dict[tuple[str, ...], str]:
    """Every page about those who are not hidden, in a world that is taken back afterwards; our own numbers taken out."""
    with transaction.atomic():
        scene = world(at, without="" if there else gone)
        calls = list(every_page(insider(role, agency, scene), scene))
        names = {str(number): name for name, number in scene.people.items()}
        pages = {
            (*_named(c, scene), str(n)): _anonymous(c, names) for n, c in enumerate(_comparable(calls, scene, gone))
        }
        transaction.set_rollback(True)
    return pages


def _of_alerts(at: datetime, gone: str, there: bool) -> dict[tuple[str, ...], str]:
    """Home, the worklists and the pages of the family, where every role was told of everything that the rules find."""
    with transaction.atomic():
        scene = world(at, without="" if there else gone)
        services.settle(scene.people.values(), at=scene.at)
        for alert in Alert.objects.all():
            for n, role in enumerate(sorted({role for role, _ in INSIDERS})):
                said = {"at": scene.at + timedelta(seconds=n + 1)}
                Told.objects.get_or_create(alert=alert, role=role, defaults=said)
        names = {str(number): name for name, number in scene.people.items()}
        client = sign_in(insider("response_officer", "police", scene))
        seen = [c for c in _calls(client, scene) if c.aim.person != scene.people.get(gone, -1)]
        pages = {(c.route, c.method, *_named(c, scene)[2:]): _anonymous(c, names) for c in seen if c.aim.person}
        pages |= {(c.route, c.method): _anonymous(c, names) for c in seen if not c.aim.person}
        transaction.set_rollback(True)
    return pages


def _calls(client: Client, scene: World) -> Iterable[Called]:
    for at in ("", "alerts/"):
        yield Called(at, "GET", Aim(), ROUTES[at].call(client, "GET", Aim()))
    for show in ("today", "unanswered"):
        yield Called(f"alerts/?show={show}", "GET", Aim(), client.get(f"/alerts/?show={show}"))
    for person in scene.people.values():
        at, aim = "person/<number:person>/", Aim(person=person)
        yield Called(at, "GET", aim, ROUTES[at].call(client, "GET", aim))


def _comparable(calls: list[Called], scene: World, gone: str) -> list[Called]:
    return [c for c in calls if c.aim.person != scene.people.get(gone) or not c.aim.person]


def _named(called: Called, scene: World) -> tuple[str, ...]:
    who = next((n for n, p in scene.people.items() if p == called.aim.person), "")
    return (called.route, called.method, who, str(called.aim.premises), str(called.aim.terms or ""))


def _anonymous(called: Called, names: dict[str, str]) -> str:
    text = re.sub(OURS, "", called.answer.content.decode())
    text = re.sub(r"(/alerts/|alert-|/grades/)\d+", r"\1N", text)
    return re.sub(r'(/person/|person-|Person |"person": ?)(\d+)', lambda m: m[1] + names.get(m[2], "another"), text)


def _first_difference(one: str, other: str) -> tuple[str, str]:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, at - 80) : at + 120], other[max(0, at - 80) : at + 120]
