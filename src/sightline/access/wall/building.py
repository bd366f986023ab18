"""The wall is built: by the tables' owner, at the end of `./sightline migrate`, from each app's wall.yaml. Doing it again changes nothing.

A table is declared once, in the folder of its app:
    sees      the rows that a request may see; without it, none
    adds      the rows that a request may add; without it, none        changes   the rows that it may change, and to what
    content   where the rows that may be seen may be read in full; the columns of `blank` are else as said there
    view      the rule asks the table itself: then a request sees it only through its view
    nobody    why the table is about nobody in particular, and has no wall
`sees`, `adds`, `changes` and `content` are SQL. @record(x) and the like stand for the questions below.

A request sees nothing of a table with `content` or `view` but its view of the same name, in the schema `walled`, which the owner's rights fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from sightline.kernel.errors import SightlineError
from sightline.kernel.postgres import APP, SEALER, WORK

FUNCTIONS = Path(__file__).parent / "functions.sql"


def _among(what: str, array: str, kind: str = "bigint", held: str = "= ANY") -> str:
    """An array is asked for once a query and held against each row; IS TRUE, so that no index is read by it in place of what was asked."""
    return f"(({what} {held} ((SELECT {array})::{kind}[])) IS TRUE)"


def _but(what: str, array: str) -> str:
    return _among(what, array, held="<> ALL")


def _there_is(rows: str, condition: str = "") -> str:
    """Asked of the one row at hand, by an index. Without OFFSET the planner may answer it beforehand for every row that there is."""
    return f"EXISTS ({rows}{' AND ' if condition else ''}{condition} OFFSET 0)"


_TO_FIND = "(CASE WHEN (SELECT wall_searching()) THEN {} ELSE {} END)"
_PARTS = "SELECT FROM public.chronology_eventperson o WHERE o.event_id = {0}"
QUESTIONS = {
    "record": _TO_FIND.format(_but("{0}", "wall_hidden_records()"), _among("{0}", "wall_records()")),
    "person": _TO_FIND.format(_but("{0}", "wall_hidden()"), _among("{0}", "wall_people()")),
    "opened": _among("{0}", "wall_opened(false)"),
    "worked": _among("{0}", "wall_opened(true)"),
    "whole": _among("{0}", "wall_whole_records()"),
    "mine": _among("{0}", "wall_told_records()"),
    "took_part": _among("{0}", "wall_part_records()"),
    "unhidden": _but("{0}", "wall_hidden_records()"),
    "known": _but("{0}", "wall_hidden()"),
    "seen_place": _but("{0}", "wall_hidden_places()"),
    "place": "((SELECT wall_may('search_at_first_contact')) OR "
    + _there_is(
        "SELECT FROM public.people_address a WHERE a.premises_id = {0}", _among("a.record_id", "wall_records()")
    )
    + ")",
    "told": _among("{0}::text", "wall_sources('pointer')", "text"),
    "full": _among("{0}::text", "wall_sources('full')", "text"),
    "standing_kind": f"(NOT (SELECT wall_standing()) OR {_among('{0}::text', 'wall_kinds()', 'text')})",
    "event": f"(CASE WHEN {_there_is(_PARTS)} THEN {_there_is(_PARTS, _among('o.record_id', 'wall_told_records()'))}"
    " ELSE (SELECT wall_me()) IS NOT NULL END)",
    "about_nobody": f"(NOT {_there_is(_PARTS)})",
    "whole_event": _there_is(_PARTS, _among("o.record_id", "wall_whole_records()")),
    "hides": _there_is(_PARTS, f"NOT {_but('o.record_id', 'wall_hidden_records()')}"),
    "any_opened": "({0} && (SELECT wall_opened(false))::bigint[])",
    "any_hidden": "({0} && (SELECT wall_hidden())::bigint[])",
}
_QUESTION = re.compile(r"@(\w+)\(([\w.]+)\)")
FACTS = {
    "wall_right": 2,
    "wall_tier": 3,
    "wall_work": 1,
    "wall_kind": 1,
    "wall_free": 2,
}  # tables of what is declared, and their columns
Facts = Mapping[str, Iterable[tuple[str, ...]]]


class NoWall(SightlineError):
    """The second wall does not stand as it is declared, so nothing is served."""

    status = 503


@dataclass(frozen=True)
class Declared:
    """One table's wall."""

    sees: str = ""
    adds: str = ""
    changes: str = ""
    content: str = ""
    blank: Mapping[str, str] = field(default_factory=dict)
    view: bool = False
    sealer: bool = False
    nobody: str = ""

    @property
    def viewed(self) -> bool:
        """Whether a request sees it through a view alone."""
        return self.view or bool(self.content)


@cache
def declared() -> dict[str, Declared]:
    """Every table's, the lowest app's first. Raises TypeError for a word that the declaration does not know."""
    found: dict[str, Declared] = {}
    for app in apps.get_app_configs():
        file = Path(app.path) / "wall.yaml"
        if app.name.startswith("sightline.") and file.exists():
            found |= {table: Declared(**said) for table, said in yaml.safe_load(file.read_text()).items()}
    return found


def asked(rule: str, table: str) -> str:
    """A rule as SQL; a column without its table's name is of the table itself. Raises KeyError for a question that there is not."""
    return _QUESTION.sub(lambda m: QUESTIONS[m[1]].format(m[2] if "." in m[2] else f"{table}.{m[2]}"), rule)


def roles_there(cursor: CursorWrapper) -> set[str]:
    """Which of the run-time roles this server has."""
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[APP, WORK, SEALER]])
    return {name for (name,) in cursor.fetchall()}


def take_down() -> None:
    """Before tables change: the policies and views go, and so do a request's rows: what has no policy shows none."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS walled CASCADE")
        cursor.execute(
            "SELECT polname, polrelid::regclass::text FROM pg_policy WHERE polname IN ('wall_sees', 'wall_adds', 'wall_changes')"
        )
        for policy, table in cursor.fetchall():
            cursor.execute(f"DROP POLICY {policy} ON {table}")
        cursor.execute(
            r"SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'wall\_%' AND pronamespace = 'public'::regnamespace"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")


def build(facts: Facts) -> None:
    """The functions, what is declared, the policies, the views, and who may touch what. As the owner, in a transaction."""
    with connection.cursor() as cursor:
        roles = roles_there(cursor)
        if not {APP, WORK} <= roles:
            return
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('the wall is built'))")
        take_down()
        cursor.execute(FUNCTIONS.read_text())
        _declare(cursor, facts)
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        there = {table for (table,) in cursor.fetchall()}
        _open_to_work(cursor)
        walled = {table: wall for table, wall in declared().items() if table in there and not wall.nobody}
        for table, wall in walled.items():
            if wall.viewed:
                _view(cursor, table, wall)
        for table, wall in walled.items():
            _policies(cursor, table, wall, sealer=SEALER in roles)


def _declare(cursor: CursorWrapper, facts: Facts) -> None:
    for table, width in FACTS.items():
        cursor.execute(f"DELETE FROM {table}")
        places = ", ".join(["%s"] * width)
        cursor.executemany(f"INSERT INTO {table} VALUES ({places})", [list(row) for row in facts[table]])
    names = ", ".join([*FACTS, "wall_secret"])
    cursor.execute(f"REVOKE ALL ON {names} FROM PUBLIC, {APP}, {WORK}")
    cursor.execute(f"GRANT SELECT ON {', '.join(FACTS)} TO {APP}, {WORK}")
    cursor.execute(f"GRANT USAGE ON SCHEMA walled TO {APP}")


def _open_to_work(cursor: CursorWrapper) -> None:
    """What feeds, rules and services may do: everything but alter what only grows, and the seals of the log."""
    names = ", ".join([*FACTS, "wall_secret"])
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WORK}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {WORK}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {names}, access_seal, chronology_tombstone FROM {WORK}")
    cursor.execute(f"REVOKE ALL ON wall_secret FROM {WORK}")
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [r"%\_append\_only"])
    for (table,) in cursor.fetchall():
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {WORK}")


def _view(cursor: CursorWrapper, table: str, wall: Declared) -> None:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [f"public.{table}"],
    )
    names = [name for (name,) in cursor.fetchall()]
    columns = ", ".join(
        f'CASE WHEN told THEN "{n}" ELSE {wall.blank[n]} END AS "{n}"' if n in wall.blank else f'"{n}"' for n in names
    )
    told = (
        f" CROSS JOIN LATERAL (SELECT ({asked(wall.content, table)}) AS told OFFSET 0) AS whether"
        if wall.content
        else ""
    )
    cursor.execute(
        f"CREATE VIEW walled.{table} AS SELECT {columns} FROM public.{table}{told} WHERE {asked(wall.sees, table)}"
    )
    cursor.execute(f"GRANT SELECT ON walled.{table} TO {APP}")


def _policies(cursor: CursorWrapper, table: str, wall: Declared, *, sealer: bool) -> None:
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS wall_whole ON {table}")
    readers = f"CURRENT_USER, {WORK}" + (f", {SEALER}" if wall.sealer and sealer else "")
    cursor.execute(f"CREATE POLICY wall_whole ON {table} TO {readers} USING (true) WITH CHECK (true)")
    cursor.execute(f"REVOKE ALL ON {table} FROM {APP}")
    if wall.sees and not wall.viewed:
        cursor.execute(f"GRANT SELECT ON {table} TO {APP}")
        cursor.execute(f"CREATE POLICY wall_sees ON {table} FOR SELECT TO {APP} USING ({asked(wall.sees, table)})")
    if wall.adds:
        cursor.execute(f"GRANT INSERT ON {table} TO {APP}")
        cursor.execute(f"CREATE POLICY wall_adds ON {table} FOR INSERT TO {APP} WITH CHECK ({asked(wall.adds, table)})")
    if wall.changes:
        cursor.execute(f"GRANT UPDATE ON {table} TO {APP}")
        rule = asked(wall.changes, table)
        cursor.execute(f"CREATE POLICY wall_changes ON {table} FOR UPDATE TO {APP} USING ({rule}) WITH CHECK ({rule})")


def check(facts: Facts) -> None:
    """Raises NoWall where the wall does not stand as it is declared, or where whoever serves could walk round it."""
    with connection.cursor() as cursor:
        if faults := [*_faults_of_roles(cursor), *_faults_of_tables(cursor, facts)]:
            raise NoWall(
                f"The second wall does not stand: {'; '.join(faults)}. Run ./sightline migrate, or see docs/developers.md."
            )


def _faults_of_roles(cursor: CursorWrapper) -> Iterable[str]:
    there = roles_there(cursor)
    yield from (f"there is no role {role}" for role in (APP, WORK) if role not in there)
    if not {APP, WORK} <= there:
        return
    cursor.execute(
        "SELECT pg_has_role(session_user, %s, 'MEMBER'), pg_has_role(session_user, %s, 'MEMBER')", [APP, WORK]
    )
    if cursor.fetchone() != (True, True):
        yield f"the role that serves may not take on {APP} and {WORK}"
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls)", [[APP, WORK]])
    yield from (f"{role} passes by row-level security" for (role,) in cursor.fetchall())


def _faults_of_tables(cursor: CursorWrapper, facts: Facts) -> Iterable[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)",
        [[table for table, wall in declared().items() if not wall.nobody]],
    )
    yield from (f"{table} has no wall" for (table,) in cursor.fetchall())
    for table in FACTS:
        cursor.execute("SELECT to_regclass(%s)", [f"public.{table}"])
        if cursor.fetchone()[0] is None:
            yield f"{table} is not there"
            continue
        cursor.execute(f"SELECT * FROM {table}")
        if set(cursor.fetchall()) != {tuple(row) for row in facts[table]}:
            yield f"{table} says something else than what is declared"
