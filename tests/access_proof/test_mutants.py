"""The proof can fail: each check taken away by itself is noticed by what the other tests look at."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from access_proof.routes import ROUTES, Aim
from access_proof.stage import Called, ask, insider, outsider, sign_in, system_key
from access_proof.stay import Seen, shown, unlogged
from access_proof.test_insiders import beyond
from access_proof.world import World
from cast import Member
from sightline.access import breakglass, entry, gate, log, viewer
from sightline.access.models import AccessEntry, Involvement
from sightline.access.policy import Tier
from sightline.access.viewer import Viewer
from sightline.chronology import queries as chronology_queries
from sightline.kernel.errors import NotPermitted
from sightline.pathways.contact import queries as contact
from sightline.pathways.identity import queries as identity
from sightline.people import sight
from sightline.web import queries as pages

_HIDES = "the second wall hides what a broken gate lets through, as test_walls asks the other way round"
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(os.environ.get("SIGHTLINE_TEST_WALL") == "1", reason=_HIDES)]
Break = Callable[[pytest.MonkeyPatch], None]
NAME, HOME = {"name": "Orlwin Tavishmore", "age": "12"}, {"postcode": "ZQ5 7AB"}


def asked(member: Member, scene: World, searches: tuple[dict[str, str], ...] = ()) -> list[Called]:
    """The pages that matter most, as this person asks for them; with searches, the answers and the API's too."""
    client, child = sign_in(member), Aim(person=scene.people["child"])
    aims = [("person/<number:person>/", child), ("person/<number:person>/records/", child),
            ("address/<number:premises>/", Aim(premises=scene.home)), ("", Aim())]  # fmt: skip
    for said in searches:
        aims.append(("first-contact/<slug:token>/", Aim(asked=said, token=ask(client, Aim(asked=said)))))
        key = {"key": system_key(member), "on_behalf_of": member.user.username}
        aims.append(("api/first-contact", Aim(asked=said, **key)))
    return [
        Called(at, m, aim, ROUTES[at].call(client, m, aim)) for at, aim in aims for m in ["POST" if aim.key else "GET"]
    ]


def leaks(member: Member | None, scene: World, *searches: dict[str, str]) -> set[str]:
    """Whose values reached somebody."""
    assert member is not None
    return {c.owner for called in asked(member, scene, searches) for c in shown(scene, called)}


def too_much(member: Member, scene: World) -> set[tuple[str, str, str]]:
    """What reached somebody that their agency may not see."""
    return beyond(member, frozenset(c for called in asked(member, scene) for c in shown(scene, called)))


def _no_check(patch: pytest.MonkeyPatch) -> None:
    def look(
        by: Viewer, people: Any, *, fields: Any, action: Any = log.Action.CONSULTATION, note: str = "", **_: Any
    ) -> None:
        log.write(by, action, people=people, fields=fields, note=note)

    patch.setattr(gate, "look", look)


def _for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gate, "live_at", lambda _: gate.Q())


def _any_post(patch: pytest.MonkeyPatch) -> None:
    def held(user: Any, *, at: Any, route: str, request_ref: str = "") -> Viewer:
        post = user.posts.first()
        return Viewer(
            user.pk, "", post.role, post.agency.key, post.pk, None, at, route, "", request_ref, post.agency.kind
        )

    patch.setattr(entry, "viewer_for", held)


@pytest.mark.parametrize(
    ("who", "broken"),
    [("ext", _no_check), ("involvement run out", _for_ever), ("post ended", _any_post)],
    ids=["the gate lets everybody in", "involvement never ends", "a post never ends"],
)
def test_a_gate_left_open_is_noticed(scene: World, monkeypatch: pytest.MonkeyPatch, who: str, broken: Break) -> None:
    member = outsider(who, scene)
    assert leaks(member, scene) == set()
    broken(monkeypatch)
    assert "child" in leaks(member, scene)


def test_a_role_that_may_do_everything_is_noticed(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = outsider("ext", scene)
    assert leaks(member, scene, NAME) == set()
    monkeypatch.setattr(Viewer, "may", lambda *_: True)
    assert "child" in leaks(member, scene, NAME)


@pytest.mark.parametrize("taken", [("unseen",), ("hidden", "unseen")])
def test_a_seal_that_hides_nobody_is_noticed(
    scene: World, monkeypatch: pytest.MonkeyPatch, taken: tuple[str, ...]
) -> None:
    member = insider("response_officer", "police", scene)
    assert leaks(member, scene, HOME) & {"sister", "cousin"} == set()
    for name in taken:
        monkeypatch.setattr(gate, name, lambda *_: set())
    assert leaks(member, scene, HOME) & {"sister", "cousin"} == {"sister", "cousin"}


def test_an_entry_that_keeps_whom_nobody_may_know_of_is_noticed(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = insider("response_officer", "police", scene)
    for module in (chronology_queries, contact, identity, pages):
        monkeypatch.setattr(module, "as_known", lambda _, chronology: chronology)
    page = sign_in(member).get(f"/person/{scene.people['child']}/?kind=Records")
    told = {c.owner for c in scene.aviary.leaks(page)}
    assert "sister" in told, "the decision about her and the child is in the child's chronology"


def test_first_contact_that_opens_the_sealed_is_noticed(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, sister = insider("response_officer", "police", scene), scene.people["sister"]
    Involvement.objects.filter(person_id=sister).delete()
    looking = member.viewer(at=scene.at, reason="a reason that says something")
    until = scene.at + timedelta(hours=12)
    assert gate.open_first_contact(looking, [sister], until=until) == set()
    monkeypatch.setattr(gate, "hidden", lambda *_: set())
    assert gate.open_first_contact(looking, [sister], until=until) == {sister}
    assert Involvement.objects.filter(person_id=sister).exists()


def _everything_full(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sight, "tier", lambda *_: Tier.FULL)


def _everything_permitted(patch: pytest.MonkeyPatch) -> None:
    for module in (identity, pages):
        patch.setattr(module, "as_permitted", lambda _, chronology: chronology)


def _any_standing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(identity, "for_standing", lambda _, chronology, *__: chronology)


@pytest.mark.parametrize(
    "broken",
    [_everything_full, _everything_permitted, _any_standing],
    ids=["who is who from every system", "every entry in full", "standing facts of every system"],
)
def test_a_table_of_systems_that_nobody_keeps_to_is_noticed(
    scene: World, monkeypatch: pytest.MonkeyPatch, broken: Break
) -> None:
    member = insider("practitioner", "health", scene)
    assert too_much(member, scene) == set()
    broken(monkeypatch)
    assert too_much(member, scene) != set()


def _each(patch: pytest.MonkeyPatch, write: Callable[..., Any]) -> None:
    for module in (gate, contact, identity):
        patch.setattr(module, "write", write)


def test_a_look_that_writes_nothing_gets_no_answer(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = insider("response_officer", "police", scene)
    nobody = {"name": "Zebedee Quill", "age": "77"}
    _each(monkeypatch, lambda *_, **__: None)
    calls = asked(member, scene, (NAME, HOME, nobody))
    assert {c.answer.status_code for c in calls} == {503}
    assert {c.owner for called in calls for c in shown(scene, called)} == set()


def test_an_entry_that_names_nobody_is_noticed(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = insider("response_officer", "police", scene)
    _each(monkeypatch, lambda by, action, **said: log.write(by, action, **{**said, "people": ()}))
    missing = set()
    for called in asked(member, scene):
        entries = tuple(AccessEntry.objects.filter(user_id=member.user.pk, people=[]))
        missing |= unlogged(scene, member, Seen(called, shown(scene, called), entries))
    assert {"child", "mother"} <= missing


def test_somebody_without_a_post_is_nobody(scene: World) -> None:
    member = outsider("post ended", scene)
    assert member is not None
    with pytest.raises(NotPermitted):
        viewer.viewer_for(member.user, at=scene.at, route="")


def test_a_glass_that_stays_broken_is_noticed(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, sister = insider("response_officer", "police", scene), scene.people["sister"]
    before = member.viewer(at=scene.at - timedelta(minutes=61), reason="she was heard screaming in there")
    breakglass.break_glass(before, [sister])
    assert leaks(member, scene, HOME) & {"sister", "cousin"} == set()
    monkeypatch.setattr(gate, "live_at", lambda _: gate.Q())
    assert "sister" in leaks(member, scene, HOME)
