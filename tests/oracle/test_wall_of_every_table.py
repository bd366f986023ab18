"""Behind the wall alone, table by table: all hold rows here, a stranger sees none of them, and with a table's rule taken away sees some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from access_proof.test_walls import WALLED, rows
from access_proof.test_walls import held as written
from cast import make_member
from oracle.scene import Scene
from sightline.access.models import StaffDetail
from sightline.access.wall import building
from sightline.chronology.models import Event, SaidAgain, Superseded

pytestmark = pytest.mark.django_db
# What anybody who is signed in sees some of, and why: the first decides what everybody is shown, and its content is held apart (test_walls);
# a place is no person; the line that a transaction wrote is given back to it; the last two are numbers and dates.
SEEN = {"access_restriction", "people_premises", "access_accessentry", "chronology_superseded", "chronology_saidagain"}
RULED = sorted(set(WALLED) - SEEN)


@pytest.fixture
def stranger(held: Scene, settings: LazySettings) -> Iterator[str]:
    """Somebody with a post who works with nobody; and a row in the few tables that the scene leaves empty."""
    settings.WALL = True
    with transaction.atomic():
        one, other = Event.objects.order_by("pk")[:2]
        SaidAgain.objects.create(event=one, extracted_at=held.at)
        Superseded.objects.create(event=one, by_event=other)
        StaffDetail.objects.create(user=held.officer.user, surname="Quayle")
        user = make_member("stray", "Stray Person", "practitioner", "voluntary").user
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield str(user.pk)
        transaction.set_rollback(True)


@pytest.mark.requirement("IS-01")
def test_of_every_table_with_a_subject_a_stranger_sees_no_row_and_nobody_none(stranger: str) -> None:
    assert {t for t in WALLED if not written(t)} == set(), "a table without rows shows nothing"
    assert {t for t in RULED if rows(t) or rows(t, user=stranger)} == set()


def test_each_rule_taken_away_by_itself_lets_the_stranger_see(stranger: str) -> None:
    declared, blind = building.declared(), []
    for table in (t for t in RULED if declared[t].sees):  # of the others a request sees nothing at all
        with transaction.atomic():
            _without_rule(table, declared[table])
            if not rows(table, user=stranger):
                blind.append(table)
            transaction.set_rollback(True)
    assert blind == []


def _without_rule(table: str, wall: Any) -> None:
    with connection.cursor() as cursor:
        if wall.viewed:
            cursor.execute(f"DROP VIEW walled.{table} CASCADE")
            building._view(cursor, table, replace(wall, sees="true"))
        else:
            cursor.execute(f"DROP POLICY wall_sees ON {table}")
            cursor.execute(f"CREATE POLICY wall_sees ON {table} FOR SELECT TO sightline_app USING (true)")
