"""Two walls, the gate and the database's own rows. Each is enough without the other; and the database's cannot be talked round.

That the gate is enough alone is what all the rest of this folder shows: it runs with the wall off (settings_for_tests.py). With the gate
off everybody asks for a share, so that together they ask for everything once; with SIGHTLINE_WALLS=full each asks for everything.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from access_proof.stage import HERS, INSIDERS, OUTSIDERS, every_call, insider, outsider, sealed_and_excluded, sign_in
from access_proof.stay import shown, stay
from access_proof.test_insiders import beyond
from access_proof.unguarded import gate_off
from access_proof.world import World, key_of
from cast import entry, feed_viewer, involve, make_member, write_person
from sightline.access import wall
from sightline.access.models import Restriction
from sightline.access.wall import building
from sightline.alerts import services
from sightline.chronology.queries import chronologies
from sightline.chronology.reads import Reading
from sightline.chronology.record import record_many
from sightline.chronology.standing import in_force, kinds_they_rest_on
from sightline.kernel.postgres import APP, OWNER, SEALER, WORK
from sightline.web import walling

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHOLE = os.environ.get("SIGHTLINE_WALLS") == "full"
WALLED = sorted(table for table, held in building.declared().items() if not held.nobody)


@pytest.fixture(autouse=True)
def _walled(settings: LazySettings) -> None:
    """Requests stand behind the wall here, whatever the other tests' do."""
    settings.WALL = True


def counted() -> None:
    """The database counts what the scene wrote, as it does by itself where rows stay: without, it plans as for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rows(table: str, **said: str) -> int:
    """How many rows of a table a request sees that says this of itself."""
    with transaction.atomic(), wall.behind(), connection.cursor() as cursor:
        for name, value in said.items():
            cursor.execute(f"SELECT set_config('sightline.{name}', %s, true)", [value])
        try:
            with transaction.atomic():
                cursor.execute(f"SELECT count(*) FROM {table}")
                return int(cursor.fetchone()[0])
        except DatabaseError as error:
            assert "permission denied" in str(error), table
            return 0


def held(table: str) -> int:
    """How many there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM public.{table}")
        return int(cursor.fetchone()[0])


def share(number: int, among: int) -> tuple[int, int]:
    """Which calls are one person's; of everything, where each asks for all of it."""
    return (0, 1) if WHOLE else (number, among)


@pytest.fixture
def settled(scene: World) -> World:
    """The scene, with what the rules find of it."""
    services.settle(scene.people.values(), at=scene.at)
    return scene


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize("who", OUTSIDERS)
def test_with_the_gate_off_nobody_outside_learns_anything(
    scene: World, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    member = outsider(who, scene)
    sealed_and_excluded(scene, *([member] if member else []))
    counted()
    gate_off(monkeypatch)
    mine = share(OUTSIDERS.index(who), len(OUTSIDERS))
    calls = list(every_call(member, scene, methods=("GET", "POST"), accounts=("GET",), share=mine))
    assert len(calls) > 50
    assert {(c.route, c.method, x.field, x.owner) for c in calls for x in shown(scene, c)} == set()


@pytest.mark.requirement("IS-01", "IS-05", "JD-11")
@pytest.mark.parametrize(("role", "agency"), INSIDERS, ids=[f"{agency} {role}" for role, agency in INSIDERS])
def test_with_the_gate_off_an_insider_sees_what_their_agency_may_and_nothing_of_the_hidden(
    scene: World, monkeypatch: pytest.MonkeyPatch, role: str, agency: str
) -> None:
    member = insider(role, agency, scene)
    counted()
    gate_off(monkeypatch)
    seen = stay(member, scene, share(INSIDERS.index((role, agency)), len(INSIDERS))).seen
    values = frozenset(c for s in seen for c in s.shown)
    assert {
        (*s.where, c.owner, c.field) for s in seen for c in s.shown if c.owner in ("sister", "cousin", "stranger")
    } == set()
    assert beyond(member, values) == set()
    assert len([c for c in values if c.owner == "child"]) > 30, "and yet they see the child"


def test_with_neither_wall_a_page_shows_what_it_should_not(
    scene: World, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.WALL = False
    gate_off(monkeypatch)
    page = next(every_call(outsider("ext", scene), scene, methods=("GET",), share=(-1, 2)))
    assert (page.route, page.aim.person) == (HERS[0], scene.people["child"])
    assert shown(scene, page), "or what the proofs with the gate off show would show nothing"


@pytest.mark.requirement("IS-01")
def test_why_a_record_is_restricted_is_for_those_who_work_with_the_child(scene: World) -> None:
    child = scene.people["child"]
    Restriction.objects.create(person_id=child, state="restricted", reason="witness", from_at=scene.at - DAY)
    works, looked = (
        insider("case_owner", "social_care", scene),
        make_member("looked", "Loo Ked", "call_handler", "police"),
    )
    involve(looked, child, why="first_contact", at=scene.at)
    told = {}
    for member in (works, looked, outsider("ext", scene)):
        with transaction.atomic(), wall.behind():
            wall.viewer_is(member.user.pk)
            told[member.user.username] = set(Restriction.objects.filter(person_id=child).values_list("state", "reason"))
    assert told == {
        "inside": {("restricted", "witness")},
        "looked": {("restricted", "")},
        "outside": {("restricted", "")},
    }


def test_who_is_related_to_one_of_the_household_and_not_around_the_child_breaks_no_page(scene: World) -> None:
    member = make_member("hers", "He Rs", "case_owner", "social_care")
    involve(member, scene.people["child"], at=scene.at)
    write_person("social_care", "far", at=scene.at, forenames="Farthur", surname="Off")
    tie = {"subject": [("social_care", "far")], "other": [key_of("mother")]}
    record_many(
        [
            entry(
                "relationship.recorded",
                tie,
                source="social_care",
                ref="far/tie",
                at=scene.at,
                data={"kind": "associate"},
            )
        ],
        feed_viewer(at=scene.at),
    )
    answer = sign_in(member).get(f"/person/{scene.people['child']}/")
    assert answer.status_code == 200


@pytest.mark.parametrize("said", ["", "nobody", "-1", "0", "987654321", "1; SELECT 1"])
def test_who_does_not_say_who_they_are_sees_no_row_about_anybody(settled: World, said: str) -> None:
    assert settled.people
    assert {t: n for t in WALLED if (n := rows(t, user=said)) and t != "access_accessentry"} == {}
    assert len([t for t in WALLED if held(t)]) > 12, "and yet they are held"


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("purpose", ["", "searching", "standing", "everything"])
def test_who_has_no_business_with_anybody_sees_no_row_whatever_they_say_it_is_for(settled: World, purpose: str) -> None:
    member = outsider("ext", settled)
    assert member is not None
    whose = {"user": str(member.user.pk), "purpose": purpose}
    everyone = ",".join(map(str, settled.people.values()))
    for around in ("", everyone, f"{everyone}:", f"{everyone}:{'0' * 64}"):
        seen = {t: n for t in WALLED if (n := rows(t, **whose, around=around))}
        about = seen.keys() - {"people_premises", "access_restriction", "people_marker", "access_accessentry"}
        assert {t: seen[t] for t in about if not t.startswith("chronology_")} == {}
        assert placed(seen) == {}


def placed(seen: dict[str, int]) -> dict[str, int]:
    """Entries beyond those that name nobody and are about a place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM chronology_event e WHERE NOT EXISTS (SELECT FROM chronology_eventperson p WHERE p.event_id = e.id)"
        )
        nobody = int(cursor.fetchone()[0])
    most = {"chronology_event": nobody, "chronology_eventperson": 0}
    return {t: n for t, n in seen.items() if t in most and n > most[t]}


def test_the_circle_of_one_child_is_nobody_elses_and_lasts_one_transaction(settled: World) -> None:
    member = insider("case_owner", "social_care", settled)
    ext = make_member("other", "Oth Er", "practitioner", "health")
    with transaction.atomic(), wall.behind():
        wall.viewer_is(member.user.pk)
        with wall.around(settled.people["child"]), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('sightline.around')")
            (sealed,) = cursor.fetchone()
    assert sealed.count(",") > 2
    assert rows("people_link", user=str(member.user.pk), around=sealed) > 0
    assert rows("people_link", user=str(ext.user.pk), around=sealed) == 0


def test_a_request_cannot_open_a_record_to_itself(settled: World) -> None:
    member = outsider("ext", settled)
    assert member is not None
    opens = (
        "INSERT INTO access_involvement (user_id, post_id, person_id, why, reason, from_at, until_at)"
        " VALUES (%s, %s, %s, %s, 'because I say so', now(), now() + interval '1 hour')"
    )
    for why in ("allocated", "first_contact", "break_glass"):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), wall.behind():
            wall.viewer_is(member.user.pk)
            with connection.cursor() as cursor:
                cursor.execute(opens, [member.user.pk, member.post.pk, settled.people["child"], why])


def test_what_is_about_somebody_is_written_by_services_alone(settled: World) -> None:
    member = insider("case_owner", "social_care", settled)
    for table in WALLED:
        for statement in (f"DELETE FROM public.{table}", f"TRUNCATE public.{table}"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), wall.behind():
                wall.viewer_is(member.user.pk)
                with connection.cursor() as cursor:
                    cursor.execute(statement)


@pytest.mark.requirement("IS-01")
def test_who_serves_neither_owns_nor_passes_by_nor_reads_another_roles_rows_unasked() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole)",
            [[APP, WORK, SEALER, OWNER]],
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = ANY(%s)", [[APP, WORK, SEALER]])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT pg_has_role(%s, %s, 'USAGE'), pg_has_role(%s, %s, 'USAGE')", [APP, WORK, OWNER, APP])
        assert cursor.fetchone() == (False, False), "by taking on the role, never by having it"


@pytest.mark.requirement("IS-01")
def test_every_table_is_walled_or_said_to_be_about_nobody() -> None:
    ours = {
        m._meta.db_table for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("sightline.")
    }
    assert ours - building.declared().keys() == set(), (
        "say in its wall.yaml who sees its rows, or that it is about nobody"
    )
    assert building.declared().keys() - ours == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'")
        assert {name for (name,) in cursor.fetchall()} == set(WALLED)
    walling.check()


def test_a_wall_that_is_not_there_is_noticed_before_anything_is_served() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_address NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(building.NoWall, match="people_address"):
        walling.check()
    walling.build()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wall_tier WHERE source = 'crime'")
    with pytest.raises(building.NoWall, match="wall_tier"):
        walling.check()


def test_the_kinds_that_standing_facts_are_worked_out_from_are_all_known(settled: World) -> None:

    with Reading() as reads:
        for chronology in chronologies(settled.people.values()).values():
            in_force(chronology, settled.at)
    assert {k for held_ in reads.of.values() for k in held_} <= kinds_they_rest_on()
