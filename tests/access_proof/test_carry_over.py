"""What one request says of itself ends with it: nothing is carried over to whoever has the connection next."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings, settings
from django.db import connection
from psycopg_pool import ConnectionPool

from access_proof.stage import sign_in
from access_proof.world import World, world
from cast import Member, involve, make_member
from sightline.kernel.postgres import APP, WORK

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
    for n in range(120):
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("IS-01")
def test_ten_thousand_mixed_requests_on_one_connection_carry_nothing_over() -> None:
    """As the role that serves, on a pool of one: commits, roll-backs, failures, stretches of work, and those who say nothing."""
    members = [make_member(f"pool{n}", f"Number {n}", "case_owner", "social_care") for n in range(8)]
    for n, member in enumerate(members):
        involve(member, 1000 + n, at=datetime.now(UTC))
    database = connection.settings_dict["NAME"]
    dice = random.Random(15)
    with ConnectionPool(settings.SERVER.conninfo(APP, database), min_size=1, max_size=1, open=True) as pool:
        for _ in range(REQUESTS):
            who, what = dice.choice([*range(8), None]), dice.choice(("commit", "undo", "fail", "work", "search"))
            with pool.connection() as held:
                assert held.execute(_LEFT).fetchone() == (APP, "none", "", "", ""), "what the one before it said"
                seen = _one_request(held, members[who].user.pk if who is not None else None, what)
            assert seen == ([] if who is None else [1000 + who])


_LEFT = (
    "SELECT current_user::text, current_setting('role'), coalesce(current_setting('sightline.user', true), ''),"
    " coalesce(current_setting('sightline.purpose', true), ''), coalesce(current_setting('sightline.around', true), '')"
)
_SAY = "SELECT set_config('search_path', 'walled, public', true), set_config('sightline.user', %s, true), set_config('sightline.purpose', %s, true)"


def _one_request(held: psycopg.Connection[Any], user: int | None, what: str) -> list[int]:
    seen: list[int] = []
    held.rollback()
    with contextlib.suppress(psycopg.errors.DivisionByZero, psycopg.Rollback), held.transaction():
        held.execute(_SAY, [str(user or ""), "searching" if what == "search" else ""])
        if what == "work":
            held.execute("SELECT set_config('role', %s, true)", [WORK])
            assert held.execute("SELECT count(*) FROM access_involvement").fetchone() == (8,)
            held.execute("SELECT set_config('role', 'none', true)")
        seen += [p for (p,) in held.execute("SELECT person_id FROM access_involvement ORDER BY 1").fetchall()]
        if what == "fail":
            held.execute("SELECT 1 / 0")
        if what == "undo":
            raise psycopg.Rollback
    return seen
