"""Those who have no business with a child learn nothing by any route: not what is held, not that anything is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest

from access_proof.routes import METHODS, ROUTES, About, Aim
from access_proof.stage import (
    NOWHERE,
    OUTSIDERS,
    Called,
    asked_of,
    every_call,
    outsider,
    part,
    sealed_and_excluded,
    sign_in,
)
from access_proof.world import ABSENT, World
from cast import involve, make_member

pytestmark = pytest.mark.django_db
PASSING = ("Set-Cookie", "Date", "Expires")
REVIEWED = ["case_owner", "call_handler", "data_guardian"]
NOT_FOUND = [*REVIEWED, "administrator"]


def _as_sent(called: Called) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """An answer as it leaves, but for what changes with every answer; where it leads to sign-in, but for what was asked."""
    kept = [(k, v) for k, v in called.answer.headers.items() if k not in PASSING]
    asked = ROUTES[called.route].at(called.aim)
    headers = tuple(sorted((k, v.replace(asked, "")) for k, v in kept))
    return called.answer.status_code, called.answer.content, headers


def _not_alike(calls: Iterable[Called], about: About) -> dict[tuple[str, str], set[int]]:
    """Routes and methods whose answers differ by whom or what they are aimed at."""
    held: dict[tuple[str, str], list[Called]] = defaultdict(list)
    for called in calls:
        if ROUTES[called.route].about is about:
            held[called.route, called.method].append(called)
    return {at: {c.answer.status_code for c in of} for at, of in held.items() if len({_as_sent(c) for c in of}) > 1}


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_learns_anything_by_any_route(scene: World, who: str) -> None:
    member = outsider(who, scene)
    sealed_and_excluded(scene, *([member] if member else []))
    methods = METHODS if who in ("ext", "not signed in") else ("GET", "POST", "HEAD")
    calls = list(every_call(member, scene, methods=methods, share=part(OUTSIDERS.index(who), 2 * len(OUTSIDERS))))
    found = {(c.route, c.method, x.field, x.value) for c in calls for x in scene.aviary.leaks(c.answer)}
    assert found == set()
    assert _not_alike(calls, About.PERSON) == {}
    assert _not_alike(calls, About.PLACE) == {}
    assert not [(c.route, c.method) for c in calls if c.answer.status_code >= 500]


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize("role", REVIEWED)
def test_absent_sealed_excluded_and_uninvolved_are_one_answer_to_those_who_see_others(scene: World, role: str) -> None:
    member = make_member("inside", "In Sider", role, "police")
    involve(member, *(p for name, p in scene.people.items() if name != "stranger"), at=scene.at)
    sealed_and_excluded(scene, member)
    client = sign_in(member)
    out_of_reach = [scene.people["sister"], scene.people["cousin"], scene.people["stranger"], ABSENT]
    calls = [
        Called(pattern, method, aim, route.call(client, method, aim))
        for pattern, route in ROUTES.items() if route.about is About.PERSON
        for method in METHODS if asked_of(pattern, method, part(REVIEWED.index(role), 2 * len(REVIEWED)))
        for aim in map(Aim, out_of_reach)
    ]  # fmt: skip
    if (
        role == "data_guardian"
    ):  # reads who looked at anybody who is there, and may hold or restrict their records: of those only the excluded and the absent are alike
        unknown = (scene.people["cousin"], ABSENT)
        calls = [
            c
            for c in calls
            if not c.route.endswith(("looked/", "hold/", "restriction/", "appointment/")) or c.aim.person in unknown
        ]
    assert _not_alike(calls, About.PERSON) == {}
    assert client.get(f"/person/{scene.people['child']}/").status_code == 200, "and yet they see others"


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize("role", NOT_FOUND)
def test_every_answer_of_not_found_is_one_with_the_same_contact_and_the_same_way_to_open_it(
    scene: World, role: str
) -> None:
    member = make_member("inside", "In Sider", role, "police")
    involve(member, *scene.people.values(), at=scene.at)
    sealed_and_excluded(scene, member)
    client = sign_in(member)
    those = [Aim(person=p) for p in (scene.people["sister"], scene.people["cousin"], ABSENT)]
    about = (About.PERSON, About.PLACE, About.ALERT, About.USER, About.EXPORT)
    share = part(NOT_FOUND.index(role), len(NOT_FOUND))
    named = [r for at, r in ROUTES.items() if r.about in about and asked_of(at, "GET", share)]
    answers = [route.call(client, "GET", replace(aim, premises=NOWHERE)) for route in named for aim in those]
    answers += [client.get(path) for path in ("/nosuchpage/", "/person/99999999999999999999/")]
    kept = [a for a in answers if a.status_code == 404]
    assert len(kept) > 5
    assert len({a.content for a in kept}) == 1
    assert len({str(sorted((k, v) for k, v in a.headers.items() if k not in PASSING)) for a in kept}) == 1
    said = kept[0].content.decode()
    assert said.count('href="/break-glass/"') == 1 and "Ring your control room" in said
