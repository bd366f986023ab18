"""What one request says of itself ends with it: nothing is carried over to whoever has the connection next."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DataError, connection, transaction

from access_proof.stage import sign_in
from access_proof.world import World, world
from cast import Member, involve, make_member
from sightline.access import wall
from sightline.access.models import Involvement
from sightline.kernel.postgres import APP

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _walled(settings: LazySettings) -> None:
    settings.WALL = True


@pytest.fixture
def scene(db: None, at: datetime) -> World:
    """Made for each test, as one of them is transactional."""
    return world(at)


@pytest.fixture
def twelve(scene: World) -> Iterator[list[tuple[Member, int]]]:
    """Twelve who each have another of the family, and whom they have."""
    found = []
    for n, (_, person) in enumerate([*scene.people.items(), *scene.people.items()][:12]):
        member = make_member(f"twelve{n}", f"Number {n}", "case_owner", "social_care")
        involve(member, person, at=scene.at)
        found.append((member, person))
    yield found


def test_whole_requests_leave_nothing_behind_them(twelve: list[tuple[Member, int]], scene: World) -> None:
    clients = [(sign_in(member), person) for member, person in twelve]
    everyone = list(scene.people.values())
    for n in range(72):
        client, own = clients[n % 12]
        asked: Any = everyone[n * 7 % len(everyone)]
        answer = (
            client.get(f"/person/{asked}/") if n % 3 else client.post(f"/person/{asked}/records/same/", {"same": "yes"})
        )
        assert (answer.status_code == 200) <= (asked == own)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('role'), coalesce(current_setting('sightline.user', true), ''),"
                " coalesce(current_setting('sightline.purpose', true), ''), coalesce(current_setting('sightline.around', true), '')"
            )
            assert cursor.fetchone() == ("none", "", "", "")


REQUESTS = 10_000
_LEFT = (
    "SELECT current_user::text, current_setting('role'), coalesce(current_setting('sightline.user', true), ''),"
    " coalesce(current_setting('sightline.purpose', true), ''), coalesce(current_setting('sightline.around', true), '')"
)


class Undone(Exception):
    """Something that a request did not foresee."""


@pytest.fixture
def serving(transactional_db: None) -> Iterator[None]:
    """The application's own connection, as the role that serves, from a pool of one."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"USER": APP, "OPTIONS": {"pool": {"min_size": 1, "max_size": 1}}}
    yield
    connection.close()
    connection.close_pool()
    connection.settings_dict |= before


@pytest.fixture
def eight(transactional_db: None) -> list[int]:
    """Eight who each have one person, by their numbers; the people are 1000 and on."""
    members = [make_member(f"pool{n}", f"Number {n}", "case_owner", "social_care") for n in range(8)]
    for n, member in enumerate(members):
        involve(member, 1000 + n, at=datetime.now(UTC))
    return [m.user.pk for m in members]


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("IS-01")
def test_ten_thousand_mixed_requests_on_one_connection_carry_nothing_over(eight: list[int], serving: None) -> None:
    """Commits, roll-backs, failures, searches, pages of somebody, stretches of work, and those who say nothing of who they are."""
    dice, connections = random.Random(15), set()
    for _ in range(REQUESTS):
        who, what = dice.choice([*range(8), None]), dice.choice(("commit", "undo", "fail", "work", "search", "around"))
        with connection.cursor() as cursor:
            cursor.execute(_LEFT)
            assert cursor.fetchone() == (APP, "none", "", "", ""), "what the one before it said"
            connections.add(cursor.connection.info.backend_pid)
        assert _one_request(eight[who] if who is not None else None, what) == ([] if who is None else [1000 + who])
        connection.close()
    assert len(connections) == 1, "it goes back to the pool, and comes from there"


def _one_request(user: int | None, what: str) -> list[int]:
    seen: list[int] = []
    mine = Involvement.objects.order_by("person_id").values_list("person_id", flat=True)
    with contextlib.suppress(DataError, Undone), transaction.atomic(), wall.behind():
        wall.viewer_is(user)
        if what == "work":
            with wall.working():
                assert mine.count() == 8
        with {"search": wall.searching, "around": lambda: wall.around(1003)}.get(what, contextlib.nullcontext)():
            seen += mine
            if what == "fail":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 / 0")
            if what == "undo":
                raise Undone
    return seen
