"""Alerts about the child with everything: whoever was told of them reads no more than their agency may, and every look is logged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from access_proof.routes import ROUTES, About, Aim
from access_proof.stage import INSIDERS, Called, insider, outsider, sealed_and_excluded, sign_in
from access_proof.stay import Seen, shown, unlogged
from access_proof.test_insiders import beyond
from access_proof.world import World
from cast import Member
from sightline.access.models import AccessEntry
from sightline.alerts import queries, services
from sightline.alerts.models import Alert, Told

pytestmark = pytest.mark.django_db
NO_SUCH = 987_654_321
TOLD = (*INSIDERS[:4], INSIDERS[-1])


@pytest.fixture
def told(scene: World) -> list[int]:
    """Everything the rules find about everybody, told to every role that signs in here."""
    services.settle(scene.people.values(), at=scene.at)
    for alert in Alert.objects.all():
        for role in {role for role, _ in INSIDERS} | {"duty_inspector"}:
            Told.objects.get_or_create(alert=alert, role=role, defaults={"at": scene.at})
    return list(Alert.objects.order_by("pk").values_list("pk", flat=True))


def pages(member: Member | None, scene: World, alerts: list[int]) -> Iterator[Seen]:
    """Every page on which an alert is shown, with what its own request wrote."""
    client: Client = sign_in(member)
    aims = [("", Aim()), ("alerts/", Aim())]
    aims += [("person/<number:person>/", Aim(person=p)) for p in scene.people.values()]
    aims += [
        (at, Aim(alert=a)) for a in (*alerts, NO_SUCH) for at, route in ROUTES.items() if route.about is About.ALERT
    ]
    for at, aim in aims:
        last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        called = Called(at, "GET", aim, ROUTES[at].call(client, "GET", aim))
        yield Seen(called, shown(scene, called), tuple(AccessEntry.objects.filter(pk__gt=last).order_by("pk")))


@pytest.mark.requirement("IS-01", "IS-03", "IS-05", "JD-11")
@pytest.mark.parametrize(("role", "agency"), TOLD, ids=[f"{agency} {role}" for role, agency in TOLD])
def test_alerts_show_no_more_than_the_agency_may_read_and_every_look_is_logged(
    scene: World, told: list[int], role: str, agency: str
) -> None:
    member = insider(role, agency, scene)
    seen = list(pages(member, scene, told))
    assert beyond(member, frozenset(c for s in seen for c in s.shown)) == set()
    assert {(*s.where, c.owner) for s in seen for c in s.shown if c.owner in ("sister", "cousin", "")} == set()
    assert {(*s.where, who) for s in seen for who in unlogged(scene, member, s)} == set()
    assert len([s for s in seen if s.called.aim.alert in told and s.called.answer.status_code == 200]) > 10


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize("who", ["ext", "administrator"])
def test_nobody_outside_can_tell_one_alert_from_none(scene: World, told: list[int], who: str) -> None:
    member = outsider(who, scene)
    sealed_and_excluded(scene, *([member] if member else []))
    seen = [s for s in pages(member, scene, told) if ROUTES[s.called.route].about is About.ALERT]
    assert {c.owner for s in seen for c in s.shown} == set()
    for at in {s.called.route for s in seen}:
        answers = [s.called.answer for s in seen if s.called.route == at]
        assert len({(a.status_code, a.content) for a in answers}) == 1 and len(answers) > 10


def test_entries_that_nobody_cut_are_noticed(
    scene: World, told: list[int], monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.WALL = False  # which would hide what the mutant lets through
    member = insider("practitioner", "health", scene)
    monkeypatch.setattr(queries, "as_permitted", lambda _, chronology: chronology)
    assert beyond(member, frozenset(c for s in pages(member, scene, told) for c in s.shown)) != set()
