"""What is derived, alerts, counts, suggestions and pictures, has nothing of a sealed child, nor of one from whom the viewer is excluded."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from access_proof.routes import ROUTES, Aim
from access_proof.stage import SEARCHES, ask, insider, sign_in
from access_proof.walks import GONE, pages_of_alerts, unlike
from access_proof.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("gone", GONE)
def test_alerts_their_counts_and_home_are_as_if_the_sealed_or_excluded_child_had_never_been_recorded(
    db: None, at: datetime, gone: str
) -> None:
    without, with_them = pages_of_alerts(at, gone, without=gone), pages_of_alerts(at, gone)
    assert unlike(without, with_them) == {}
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
