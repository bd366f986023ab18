"""The log comes first: refusals are in it, it is there before the answer leaves, and where it cannot be written nothing is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

from access_proof.routes import REASON, ROUTES, About
from access_proof.stage import Called, every_page, insider, outsider, part, sign_in
from access_proof.stay import Seen, shown, stay
from access_proof.world import World, world
from cast import Member, involve
from scenes import boys_life
from sightline.access.models import AccessEntry


@pytest.fixture
def scene(db: None, at: datetime) -> World:
    """Made for each test, as one of them is transactional."""
    return world(at)


def _unwritten(seen: Seen, member: Member) -> bool:
    """An answer that refuses, where no entry of its own request says so, or says of whom."""
    called = seen.called
    if called.answer.status_code not in (403, 404) or called.aim.token == "nosuchsearch":
        return False
    refused = [e for e in seen.entries if e.outcome == "refused" and e.user_id == member.user.pk]
    of = {p for e in refused for p in e.people}
    by_post = any(e.note == "holds no post" for e in refused)
    return not refused or (ROUTES[called.route].about is About.PERSON and called.aim.person not in of and not by_post)


@pytest.mark.django_db
@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("who", ["ext", "post ended"])
def test_every_refusal_is_written_down(scene: World, who: str) -> None:
    member = outsider(who, scene)
    assert member is not None
    seen = stay(member, scene, part(1, 6)).seen
    assert {s.where for s in seen if _unwritten(s, member)} == set()
    assert len([s for s in seen if s.called.answer.status_code in (403, 404)]) > 15


@pytest.mark.django_db
@pytest.mark.requirement("IS-03")
def test_where_the_log_cannot_be_written_nothing_is_shown(scene: World) -> None:
    member = insider("response_officer", "police", scene)
    at_first = {(c.route, c.method) for c in every_page(member, scene, part(2, 6)) if shown(scene, c)}
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON access_accessentry FROM CURRENT_USER, sightline_app")
    calls: list[Called] = list(every_page(member, scene, part(2, 6)))
    assert {(c.route, x.field) for c in calls for x in shown(scene, c)} == set()
    assert {c.answer.status_code for c in calls if (c.route, c.method) in at_first} == {503}
    assert {r for r, _ in at_first} >= {"", "person/<number:person>/", "address/<number:premises>/"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("IS-03")
def test_the_entry_can_be_read_by_others_before_the_first_byte_leaves(social_worker: Member, at: Any) -> None:
    child = boys_life(at).boy
    involve(social_worker, child, at=at)
    client, path, found = sign_in(social_worker), f"/person/{child}/", []
    cookies = "; ".join(f"{m.key}={m.value}" for m in client.cookies.values())
    held = connection.settings_dict
    elsewhere = f"host={held['HOST']} user={held['USER']} dbname={held['NAME']}"

    def leaving(status: str, _headers: Any, _error: Any = None) -> Any:
        with psycopg.connect(elsewhere) as db:
            rows = db.execute("SELECT people, reason FROM access_accessentry WHERE route = %s", [path]).fetchall()
        found.append((status, rows))
        return lambda _: None

    asked = RequestFactory().get(path, headers={"Cookie": cookies}).environ
    list(get_wsgi_application()(asked, leaving))
    ((status, rows),) = found
    assert status == "200 OK"
    assert ([child], "works with them") in rows


@pytest.mark.django_db
def test_a_search_is_open_to_the_session_that_asked_it_and_to_no_other(scene: World) -> None:
    member = insider("response_officer", "police", scene)
    one, other = sign_in(member), sign_in(member)
    to = one.post("/first-contact/", {"reason": REASON, "name": "Orlwin Tavishmore"}).headers["Location"]
    assert one.get(to).status_code == 200
    before = AccessEntry.objects.count()
    assert other.get(to).status_code == 404
    assert AccessEntry.objects.count() == before, "nothing was looked up"
