"""Every look is in the log: whose record was shown, to whom, why, by which route, and never what it said."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from access_proof.canaries import text_of
from access_proof.routes import REASON, ROUTES, About
from access_proof.stage import INSIDERS, Called, every_page, insider, outsider, sign_in
from access_proof.world import World
from cast import Member
from sightline.access.models import AccessEntry

pytestmark = pytest.mark.django_db
_LINKS = re.compile(r'(?:href|src|action|formaction)="([^"]*)"')


def watched(member: Member, scene: World) -> list[tuple[Called, list[AccessEntry]]]:
    """Every page with the entries that its own request wrote."""
    seen, last = [], _last()
    for called in every_page(member, scene):
        entries = list(AccessEntry.objects.filter(pk__gt=last).order_by("pk"))
        seen.append((called, entries))
        last = _last()
    return seen


def _last() -> int:
    return AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def unlogged(scene: World, member: Member, called: Called, entries: list[AccessEntry]) -> set[str]:
    """Those of whom an answer said something that its own request's entries do not account for."""
    path = ROUTES[called.route].at(called.aim)
    mine = [
        e
        for e in entries
        if e.user_id == member.user.pk and e.route.split(" by ")[0] == path and e.fields and e.outcome == "given"
    ]
    told = {p for e in mine for p in e.people}
    shown = scene.aviary.leaks(called.answer) - scene.aviary.found_in(str(called.aim.terms))
    unnamed = {c.owner for c in shown if c.owner in scene.people and scene.people[c.owner] not in told}
    return unnamed | ({"a place"} if shown and not mine else set())


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize(("role", "agency"), INSIDERS)
def test_whoever_is_shown_is_named_in_the_log_by_the_same_request(
    scene: World, role: str, agency: str, lines: StringIO, capsys: Any
) -> None:
    member = insider(role, agency, scene)
    seen = watched(member, scene)
    assert {(c.route, c.method, who) for c, entries in seen for who in unlogged(scene, member, c, entries)} == set()
    for called, entries in seen:
        for e in entries:
            assert e.user_id == member.user.pk and e.role == role and e.agency == agency
            if e.outcome == "given" and e.people and ROUTES[called.route].about is About.SEARCH:
                assert e.reason == REASON, "the reason they typed"
            if e.outcome == "given" and ROUTES[called.route].about is About.PERSON and e.action != "refusal":
                assert e.reason in ("works with them", REASON)
    _says_nothing(scene, member, lines.getvalue() + "".join(capsys.readouterr()))
    assert not {link for c, _ in seen for link in _links(c) if scene.aviary.found_in(link)}, (
        "an address that says something"
    )


def _says_nothing(scene: World, member: Member, lines: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(e::text, E'\\n'), '') FROM access_accessentry e")
        assert scene.aviary.found_in(cursor.fetchone()[0]) == set()
    assert scene.aviary.found_in(lines) == set()
    for session in Session.objects.all():
        held = session.get_decoded()
        if held.get("_auth_user_id") != str(member.user.pk):
            assert scene.aviary.found_in(str(held)) == set()
        assert "asked" not in {k for k in held if held.get("_auth_user_id") != str(member.user.pk)}


def _links(called: Called) -> list[str]:
    return [*_LINKS.findall(text_of(called.answer)), called.answer.headers.get("Location", "")]


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("who", ["ext", "administrator", "no post", "post ended", "involvement run out"])
def test_every_refusal_is_written_down(scene: World, who: str) -> None:
    member = outsider(who, scene)
    assert member is not None
    unwritten = []
    for called, entries in watched(member, scene):
        about = ROUTES[called.route].about
        refused = [e for e in entries if e.outcome == "refused" and e.user_id == member.user.pk]
        named = (
            about is not About.PERSON
            or who in ("no post", "post ended")
            or called.aim.person in [p for e in refused for p in e.people]
        )
        if called.answer.status_code in (403, 404) and "/asked" not in called.route and not (refused and named):
            unwritten.append((called.route, called.method, called.answer.status_code))
    assert unwritten == []


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize(("role", "agency"), [("response_officer", "police"), ("data_guardian", "hub")])
def test_where_the_log_cannot_be_written_nothing_is_shown(scene: World, role: str, agency: str) -> None:
    member = insider(role, agency, scene)
    shown = {
        (c.route, c.method)
        for c in every_page(member, scene)
        if scene.aviary.leaks(c.answer) - scene.aviary.found_in(str(c.aim.terms))
    }
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON access_accessentry FROM CURRENT_USER")
    calls = list(every_page(member, scene))
    assert {
        x.value for c in calls for x in scene.aviary.leaks(c.answer) - scene.aviary.found_in(str(c.aim.terms))
    } == set()
    assert len(shown) >= 4, "there was something to show"
    assert {
        c.answer.status_code for c in calls if (c.route, c.method) in shown and c.route != "address/<number:premises>/"
    } <= {503}


def test_signing_in_again_shows_no_search_of_another_session(scene: World) -> None:
    member = insider("response_officer", "police", scene)
    one, other = sign_in(member), sign_in(member)
    to = one.post("/first-contact/", {"reason": REASON, "name": "Orlwin Tavishmore"}).headers["Location"]
    assert one.get(to).status_code == 200
    assert other.get(to).status_code == 404
