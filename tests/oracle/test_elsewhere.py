"""Where else a value could go: the queue of jobs, mail, the technical log, sessions, error pages and what commands say."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from click.testing import CliRunner
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client

from access_proof.canaries import text_of
from access_proof.routes import REASON
from access_proof.stay import listening
from cast import feed_viewer
from oracle.cage import Cage
from oracle.people import CENTRE, parts
from oracle.said import Sayer
from oracle.scene import Eye, Scene
from sightline.access import budgets
from sightline.access.models import AccessEntry
from sightline.chronology.record import record_many, recorded
from sightline.web import views
from sightline.web.logs import PlacesOnly

pytestmark = pytest.mark.django_db
READS = "case_owner"


def eye_of(held: Scene, role: str = READS) -> Eye:
    """One of those who look."""
    return next(e for e in held.eyes if e.viewer.role == role)


@pytest.fixture
def undone(held: Scene) -> Iterator[None]:
    """Whatever a test does is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_no_job_holds_a_value(held: Scene, undone: None) -> None:
    apart = Cage()  # what is said here is taken back, so nobody may look for it afterwards
    sayer = Sayer(apart, held.at)
    about = next(p for p in parts() if p.name == CENTRE)
    record_many([sayer.event("contact.received", about, "crime", "a job of its own", 1)], feed_viewer(at=held.at))
    recorded.send(sender=None, event_ids=[held.entries[CENTRE]], people=[held.people[CENTRE]])
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(j::text, E'\\n'), ''), count(*) FROM procrastinate_jobs j")
        said, jobs = cursor.fetchone()
    assert jobs > 0
    assert apart.held
    assert held.cage.found_in(said) | apart.found_in(said) == frozenset()


def test_no_message_no_line_of_the_log_and_no_session_holds_a_value(held: Scene, undone: None) -> None:
    eye = eye_of(held)
    with listening() as lines, structlog.testing.capture_logs() as structured:
        for person in held.people.values():
            eye.client.get(f"/person/{person}/")
        eye.client.get("/alerts/")
    assert [m for m in mail.outbox if held.cage.found_in(m.subject + str(m.body))] == []
    assert held.cage.found_in(lines.getvalue()) == frozenset()
    assert held.cage.found_in(json.dumps(structured, default=str)) == frozenset()
    assert held.cage.found_in(str(dict(eye.client.session))) == frozenset()


def _broken(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    def fault(*_: Any, **__: Any) -> Any:
        raise RuntimeError(f"could not read {held.cage.of(CENTRE)[0].value}")

    patch.setattr(views.filters, "chosen", fault)
    return eye.client.get(f"/person/{held.people[CENTRE]}/")


def _not_written(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    def refused(**said: Any) -> Any:
        raise DatabaseError(f"refused row {held.cage.of(CENTRE)[0].value}")

    patch.setattr(AccessEntry.objects, "create", refused)
    return eye.client.get(f"/person/{held.people[CENTRE]}/")


def _spent(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    patch.setattr(budgets, "budget_of", lambda *_: budgets.Budget(0, 0))
    return eye.client.get(f"/person/{held.people[CENTRE]}/")


def _unread(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    return eye.client.get(f"/person/{held.people[CENTRE]}/", headers={"Host": "not a host"})


def _stale(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = eye.client.cookies
    return strict.post("/first-contact/", {"reason": REASON, "name": held.cage.of(CENTRE)[0].value})


def _absent(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    return eye.client.get(f"/person/{held.people['never-sealed']}/")


def _method(eye: Eye, patch: pytest.MonkeyPatch, held: Scene) -> Any:
    return eye.client.delete(f"/person/{held.people[CENTRE]}/")


ERRORS = {500: _broken, 503: _not_written, 429: _spent, 400: _unread, 403: _stale, 404: _absent, 405: _method}


@pytest.mark.parametrize("status", ERRORS)
def test_no_page_of_an_error_holds_a_value_and_nor_does_what_is_logged_of_it(
    held: Scene, undone: None, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    kept = StringIO()
    written = logging.StreamHandler(kept)
    written.setFormatter(PlacesOnly())  # as the technical log is written
    logging.getLogger().addHandler(written)
    with structlog.testing.capture_logs() as structured:
        answer = ERRORS[status](eye_of(held), monkeypatch, held)
    logging.getLogger().removeHandler(written)
    assert answer.status_code == status
    assert held.cage.found_in(text_of(answer)) == frozenset()
    assert held.cage.found_in(json.dumps(structured, default=str)) == frozenset()
    assert held.cage.found_in(kept.getvalue()) == frozenset()


def test_a_replay_at_the_command_line_names_nobody_and_is_a_look(held: Scene, undone: None) -> None:
    from sightline.oversight.replay.commands import replay

    last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    said = CliRunner().invoke(replay, ["--person", str(held.people[CENTRE])]).output
    names = {c for c in held.cage.found_in(said) if c.field.startswith("person.recorded.")}
    assert names == set()
    told = {p for e in AccessEntry.objects.filter(pk__gt=last) for p in e.people}
    assert {held.people[c.owner] for c in held.cage.found_in(said) if c.owner in held.people} <= told
    assert held.people[CENTRE] in told
