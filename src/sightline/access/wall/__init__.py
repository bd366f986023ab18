"""The second wall, as a request stands behind it: the database itself decides which rows there are (ADR 0015, functions.sql, */wall.yaml).

The application says only who is signed in, and for a stretch what it is about to do; the database works out the rest from its own tables.
Everything said lasts for one transaction. Outside a request (feeds, rules, commands) nothing here does anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from psycopg.pq import TransactionStatus

from sightline.kernel.postgres import APP, WORK

Row = TypeVar("Row", bound=Model)
WALLED, WHOLE = "walled, public", "public"
# What the database is told of a transaction, and what it is told of one that says nothing.
SAID = ("role", "search_path", "sightline.user", "sightline.purpose", "sightline.around", "sightline.confirmed")
_HELD = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SAID)
_stands: ContextVar[str] = ContextVar(
    "stands", default=""
)  # which role this request has taken on; none outside requests


def _say(**said: str) -> None:
    """Settings of this transaction alone. What the transaction began with comes back with its end, or with that of a savepoint undone."""
    names = {"path": "search_path", "role": "role", "jit": "jit"}
    with connection.cursor() as cursor:
        calls = ", ".join(f"set_config('{names.get(name, 'sightline.' + name)}', %s, true)" for name in said)
        cursor.execute(f"SELECT {calls}", list(said.values()))


def _broken() -> bool:
    """Whether nothing can be said until the transaction or its savepoint is undone, which takes back what was said."""
    held = connection.connection
    return connection.needs_rollback or held is None or held.info.transaction_status != TransactionStatus.INTRANS


@contextmanager
def behind() -> Iterator[None]:
    """A request: nobody's rows until `viewer_is` says who is signed in. Inside a transaction, which may go on afterwards (in tests)."""
    if not settings.WALL:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HELD}")
        role, path, *said = cursor.fetchone()
    _say(
        role=APP, path=WALLED, jit="off", user="", purpose="", around="", confirmed=""
    )  # compiling so many small rules takes longer than asking them
    token = _stands.set(APP)
    try:
        yield
    finally:
        _stands.reset(token)
        if not _broken():
            _say(role=role or "none", path=path, user=said[0], purpose=said[1], around=said[2], confirmed=said[3])


def viewer_is(user: int | None, *, confirmed: bool = False) -> None:
    """Who is signed in, or behind a calling system, and whether they have lately said again who they are.

    In which post, and what they may see, the database works out.
    """
    if _stands.get():
        _say(user=str(user or ""), confirmed="yes" if confirmed else "")


@contextmanager
def working() -> Iterator[None]:
    """The stretch in which a service records, settles or works out whom something reaches: all rows, none of them shown.

    After a request's commit (`on_commit`) it is a transaction of its own.
    """
    if not settings.WALL or _stands.get() == WORK or (not _stands.get() and settings.AS != "app"):
        yield
        return
    before = _stands.get()
    if not before:
        with transaction.atomic(), _as_work():
            yield
        return
    with _as_work():
        yield


@contextmanager
def _as_work() -> Iterator[None]:
    before = _stands.get()
    _say(role=WORK, path=WHOLE)
    token = _stands.set(WORK)
    try:
        yield
    finally:
        _stands.reset(token)
        if not _broken():
            _say(role=before or "none", path=WALLED if before else WHOLE)


@contextmanager
def _for(purpose: str) -> Iterator[None]:
    if _stands.get() != APP:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('sightline.purpose', true), '')")
        before = cursor.fetchone()[0]
    _say(purpose=purpose)
    try:
        yield
    finally:
        if not _broken():
            _say(purpose=before)


def searching() -> AbstractContextManager[None]:
    """Looking for whom a caller may mean: who everybody is, save those hidden; for roles that answer calls, and for no others."""
    return _for("searching")


def standing() -> AbstractContextManager[None]:
    """Working out standing facts: entries of the kinds that they rest on, from pointers too, of those opened and those around them."""
    return _for("standing")


def summing() -> AbstractContextManager[None]:
    """Working out what is recommended: entries of those opened and, inside `around`, of those around them, from systems that may be read."""
    return _for("summing")


@contextmanager
def around(person: int) -> Iterator[None]:
    """While the page of somebody opened is made: who those are who live with them or are related to them."""
    with _circle("wall_say_around", person):
        yield


@contextmanager
def at_place(premises: int) -> Iterator[None]:
    """While the page of a place is made: who those are who live or lived there, for whoever has opened one of them or answers calls."""
    with _circle("wall_say_place", premises):
        yield


@contextmanager
def _circle(said_by: str, number: int) -> Iterator[None]:
    if _stands.get() != APP:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('sightline.around', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute(f"SELECT {said_by}(%s)", [number])
    try:
        yield
    finally:
        if not _broken():
            _say(around=before)


def again(rows: Sequence[Row]) -> list[Row]:
    """The same rows, in their order, as the wall lets this request see them: for what was chosen among all, and is about to be shown."""
    if _stands.get() != APP or not rows:
        return list(rows)
    seen = type(rows[0])._default_manager.in_bulk([row.pk for row in rows])
    return [seen[row.pk] for row in rows if row.pk in seen]
