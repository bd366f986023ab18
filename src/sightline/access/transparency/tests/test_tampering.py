"""Whoever alters the log is found out: as the application, as the tables' owner, as a superuser, with triggers off, with the seals made anew.

Each attack runs in a transaction that is rolled back, on a log of thirty sealed lines, aimed by five seeds at different lines.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from sightline.access.transparency.leaves import READ, leaf_of
from sightline.access.transparency.tests.conftest import Log
from sightline.access.transparency.verifying import Verdict, verify
from sightline.kernel.postgres import APP, OWNER, SEALER

pytestmark = pytest.mark.django_db  # so that there is a test database; nothing here goes by Django
SEEDS = (0, 1, 3, 5, 6)  # each draws another of thirty lines
Cursor = psycopg.Connection[Any]
Attack = Callable[[Cursor, list[int], random.Random], set[int]]
LINE = (
    "INSERT INTO access_accessentry ({more}at, role, agency, action, route, people, fields, outcome, note, reason, request_ref)"
    " VALUES ({values}now(), 'x', 'y', 'search', '/', '{{}}', '{{}}', 'given', '', '', '')"
)


def quiet(db: Cursor) -> None:
    """As a superuser, with every trigger off."""
    db.execute("SET LOCAL session_replication_role = replica")


def setting(assignment: str, *, by: Callable[[Cursor], None] = quiet) -> Attack:
    def attack(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
        line = rng.choice(ids)
        by(db)
        db.execute(f"UPDATE access_accessentry SET {assignment} WHERE id = {line}")
        return {line}

    return attack


def as_owner_with_trigger_off(db: Cursor) -> None:
    db.execute(f"SET LOCAL ROLE {OWNER}")
    db.execute("ALTER TABLE access_accessentry DISABLE TRIGGER ALL")


def as_owner_with_trigger_dropped(db: Cursor) -> None:
    db.execute(f"SET LOCAL ROLE {OWNER}")
    db.execute("DROP TRIGGER access_accessentry_append_only ON access_accessentry")


def as_owner_with_function_replaced(db: Cursor) -> None:
    db.execute(f"SET LOCAL ROLE {OWNER}")
    db.execute(
        "CREATE OR REPLACE FUNCTION sightline_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    )


def removing(*, tail: bool = False, by: Callable[[Cursor], None] = quiet) -> Attack:
    def attack(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
        line = ids[-1] if tail else rng.choice(ids)
        by(db)
        db.execute(f"DELETE FROM access_accessentry WHERE id = {line}")
        return {line}

    return attack


def erasing_as_owner(db: Cursor) -> None:
    db.execute(f"SET LOCAL ROLE {OWNER}")
    db.execute("SET LOCAL sightline.erasing = 'on'")


def emptied(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
    quiet(db)
    db.execute("DELETE FROM access_accessentry")
    db.execute("DELETE FROM access_seal")
    return set(ids)


def swapped(columns: str) -> Attack:
    def attack(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
        one, other = rng.sample(ids, 2)
        quiet(db)
        names = columns.split(", ")
        taken = ", ".join(f"{c} = o.{c}" for c in names)
        db.execute(
            f"UPDATE access_accessentry e SET {taken} FROM access_accessentry o"
            f" WHERE (e.id, o.id) IN (({one}, {other}), ({other}, {one}))"
        )
        return {one, other}

    return attack


CONTENT = (
    "written_at, salt, at, user_id, role, agency, action, route, reason, people, fields, outcome, note, request_ref"
)


def moved(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
    """A line is made to look as if written before all others."""
    line = rng.choice(ids[1:])
    quiet(db)
    db.execute(f"UPDATE access_accessentry SET written_in = 1 WHERE id = {line}")
    return {line}


def renumbered(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
    line = rng.choice(ids)
    quiet(db)
    db.execute(f"UPDATE access_accessentry SET id = 900000 WHERE id = {line}")
    return {line}


def inserted(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
    quiet(db)
    db.execute(
        LINE.format(
            more="id, written_in, ",
            values=f"800000, (SELECT written_in FROM access_accessentry WHERE id = {rng.choice(ids[:-1])}), ",
        )
    )
    return {800000}


def resealed(attack: Attack) -> Attack:
    """The attack, and then every seal in the database made anew as if the log had always been so."""

    def whole(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
        hit = attack(db, ids, rng)
        db.execute("RESET ROLE")
        quiet(db)
        db.execute("DELETE FROM access_seal")
        rows = db.execute(f"{READ} ORDER BY written_in, id").fetchall()
        for place, row in enumerate(rows[: len(ids)]):
            db.execute(
                "INSERT INTO access_seal (position, entry_id, written_in, leaf) VALUES (%s, %s, %s, %s)",
                [place, row[0], row[1], leaf_of(row)],
            )
        return hit

    return whole


def seals_only(statement: str) -> Attack:
    def attack(db: Cursor, ids: list[int], rng: random.Random) -> set[int]:
        quiet(db)
        db.execute(statement.format(position=rng.randrange(len(ids))))
        return set()

    return attack


ATTACKS: dict[str, tuple[str, Attack]] = {
    "another user": ("changed", setting("user_id = 99")),
    "no user": ("changed", setting("user_id = NULL")),
    "another role": ("changed", setting("role = 'case_owner'")),
    "another agency": ("changed", setting("agency = 'health'")),
    "another kind": ("changed", setting("action = 'list'")),
    "another child": ("changed", setting("people = ARRAY[4000]::bigint[]")),
    "no child": ("changed", setting("people = '{}'")),
    "fewer fields": ("changed", setting("fields = '{}'")),
    "another reason": ("changed", setting("reason = 'another'")),
    "another route": ("changed", setting("route = '/'")),
    "another outcome": ("changed", setting("outcome = 'refused'")),
    "a later moment": ("changed", setting("at = at + interval '1 microsecond'")),
    "a later writing": ("changed", setting("written_at = written_at + interval '1 day'")),
    "another salt": ("changed", setting("salt = gen_random_uuid()")),
    "a note added": ("changed", setting("note = 'by mistake'")),
    "changed by the owner, triggers off": ("changed", setting("user_id = 99", by=as_owner_with_trigger_off)),
    "changed by the owner, trigger dropped": ("changed", setting("user_id = 99", by=as_owner_with_trigger_dropped)),
    "changed by the owner, function replaced": ("changed", setting("user_id = 99", by=as_owner_with_function_replaced)),
    "removed": ("removed", removing()),
    "the last removed": ("removed", removing(tail=True)),
    "removed by the owner as if erasing": ("removed", removing(by=erasing_as_owner)),
    "emptied, seals and all": ("removed", emptied),
    "two lines' users swapped": ("changed", swapped("user_id, people")),
    "two lines swapped whole": ("reordered", swapped(CONTENT)),
    "moved to the front": ("reordered", moved),
    "renumbered": ("reordered", renumbered),
    "inserted among the old": ("inserted", inserted),
    "changed and sealed anew": ("changed", resealed(setting("user_id = 99"))),
    "removed and sealed anew": ("removed", resealed(removing())),
    "inserted and sealed anew": ("inserted", resealed(inserted)),
    "swapped and sealed anew": ("reordered", resealed(swapped(CONTENT))),
    "a seal changed": ("evidence", seals_only("UPDATE access_seal SET leaf = sha256('x') WHERE position = {position}")),
    "a seal removed": ("evidence", seals_only("DELETE FROM access_seal WHERE position = {position}")),
}


def test_the_seeds_aim_at_different_lines() -> None:
    assert len({random.Random(seed).choice(range(30)) for seed in SEEDS}) == len(SEEDS) == 5


def verdict(log: Log) -> Verdict:
    return verify(log.db, log.folder, log.key)


class Undo(Exception):
    """Ends an attack's transaction."""


def found(log: Log, attack: Attack, seed: int, among: list[int] | None = None) -> tuple[Verdict, set[int]]:
    ids = among or [line for (line,) in log.db.execute("SELECT entry_id FROM access_seal ORDER BY position")]
    try:
        with log.db.transaction():
            aimed = attack(log.db, ids, random.Random(seed))
            log.db.execute("RESET ROLE")
            told = verdict(log)
            raise Undo
    except Undo:
        return told, aimed


@pytest.mark.requirement("IS-03")
def test_a_log_that_nobody_touched_is_whole(sealed: Log) -> None:
    told = verdict(sealed)
    assert told.whole
    assert (told.checked, told.since) == (30, 3)
    line = told.line(datetime.now(UTC))
    assert line.startswith("whole: 30 lines under checkpoints up to ")
    assert "3 written since and not yet under one" in line


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_on_what_is_under_a_checkpoint_is_found_and_the_line_named(sealed: Log, name: str) -> None:
    kind, attack = ATTACKS[name]
    for seed in SEEDS:
        told, aimed = found(sealed, attack, seed)
        assert not told.whole
        assert getattr(told, kind)
        named = {*told.changed, *told.removed, *told.inserted, *told.reordered}
        assert named <= aimed or kind == "reordered", "no other line is accused"
        assert aimed <= named or kind == "reordered"
        if kind == "reordered":
            assert aimed & set(told.reordered)
        assert told.line(datetime.now(UTC)).startswith("ALTERED: ")
    assert verdict(sealed).whole


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("role", [APP, SEALER])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_accessentry SET user_id = 99",
        "DELETE FROM access_accessentry",
        "TRUNCATE access_accessentry",
        "UPDATE access_seal SET position = position",
        "DELETE FROM access_seal",
        "ALTER TABLE access_accessentry DISABLE TRIGGER ALL",
        "DROP TRIGGER access_accessentry_stamped ON access_accessentry",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_those_that_serve_and_seal_cannot_even_try(sealed: Log, role: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), sealed.db.transaction():
        sealed.db.execute(f"SET LOCAL ROLE {role}")
        sealed.db.execute(statement)


@pytest.mark.requirement("IS-03")
def test_the_application_cannot_seal_and_the_sealer_cannot_write_lines(sealed: Log) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), sealed.db.transaction():
        sealed.db.execute(f"SET LOCAL ROLE {APP}")
        sealed.db.execute("INSERT INTO access_seal (position, entry_id, written_in, leaf) VALUES (99, 99, 9, 'x')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), sealed.db.transaction():
        sealed.db.execute(f"SET LOCAL ROLE {SEALER}")
        sealed.write(1)


@pytest.mark.requirement("IS-03")
def test_a_writer_cannot_choose_where_or_when_its_line_stands(sealed: Log) -> None:
    try:
        with sealed.db.transaction():
            sealed.db.execute(f"SET LOCAL ROLE {APP}")
            line = LINE.format(
                more="written_in, written_at, salt, ",
                values="1, '2000-01-01', '00000000-0000-0000-0000-000000000000', ",
            )
            row = sealed.db.execute(line + " RETURNING written_in, written_at, salt::text").fetchone()
            raise Undo
    except Undo:
        assert row is not None
        assert row[0] > 1
        assert row[1].year > 2000
        assert row[2] != "00000000-0000-0000-0000-000000000000"
