"""What is taken away is gone for whatever starts after: nothing that begins a second later is served, with requests in flight all the while.

`SIGHTLINE_IN_FLIGHT` says how many requests there are for each way of taking away (60; the whole is 1,000).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client

from access_proof.stage import sign_in
from cast import Member, involve, seal, write_person
from cast import person_of as person_who
from sightline.access.commands import account
from sightline.access.models import AccessEntry, Involvement, Post

IN_FLIGHT, AT_ONCE = int(os.environ.get("SIGHTLINE_IN_FLIGHT", "60")), 8
BETWEEN = 1.0  # seconds after which nothing may be served; in truth nothing that begins after the commit is


def _close_account(member: Member, _child: int, _at: datetime) -> None:
    done = CliRunner().invoke(account, [member.user.username, "--close"], catch_exceptions=False)
    assert done.exit_code == 0


def _end_post(member: Member, _child: int, at: datetime) -> None:
    Post.objects.filter(pk=member.post.pk).update(held_until=at)


def _end_involvement(member: Member, child: int, at: datetime) -> None:
    Involvement.objects.filter(user=member.user, person_id=child).update(until_at=at)


def _seal(_member: Member, child: int, _at: datetime) -> None:
    seal(child)


TAKEN_AWAY = {
    "the account": _close_account,
    "the post": _end_post,
    "the involvement": _end_involvement,
    "the child": _seal,
}


@dataclass
class Flight:
    """Requests from several threads until told to stop: when each began and ended, and what it was answered."""

    cookies: dict[str, str]
    path: str
    made: list[tuple[float, float, int]] = field(default_factory=list)
    stop: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def ask(self) -> None:
        """One thread's requests, one after the other, on a connection of its own."""
        client = Client(raise_request_exception=False)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        while not self.stop.is_set():
            began = time.monotonic()
            status = client.get(self.path).status_code
            with self.lock:
                self.made.append((began, time.monotonic(), status))
        connection.close()

    def until(self, enough: Callable[[], bool]) -> None:
        """Wait, a quarter of an hour at most."""
        give_up = time.monotonic() + 900
        while not enough() and time.monotonic() < give_up:
            time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_nothing_that_begins_after_it_is_taken_away_is_served(social_worker: Member, at: datetime, what: str) -> None:
    child = person_who(write_person("social_care", "S1", at=at, forenames="Ayaan", surname="Warsame"))
    involve(social_worker, child, at=at)
    cookies = {m.key: m.value for m in sign_in(social_worker).cookies.values()}
    flight = Flight(cookies, f"/person/{child}/looked/")
    threads = [Thread(target=flight.ask, daemon=True) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    flight.until(lambda: len(flight.made) >= IN_FLIGHT // 2)
    TAKEN_AWAY[what](social_worker, child, at)
    gone = time.monotonic()
    flight.until(lambda: len(flight.made) >= IN_FLIGHT and any(b > gone + BETWEEN for b, _, _ in flight.made))
    flight.stop.set()
    for thread in threads:
        thread.join(timeout=30)
    _held_against(flight, gone, social_worker, child)


def _held_against(flight: Flight, gone: float, member: Member, child: int) -> None:
    """What was answered, and what the log has of it."""
    served = [m for m in flight.made if m[2] == 200]
    during = [m for m in flight.made if m[0] < gone < m[1]]
    later = [m for m in flight.made if m[0] > gone + BETWEEN]
    at_once = [m for m in served if m[0] > gone]
    sys.stdout.write(
        f"{len(flight.made)} requests, {len(served)} served, {len(during)} in flight as it was taken away, {len(later)} begun a second"
        f" later and none of them served; begun after it at all and served: {len(at_once)}\n"
    )
    assert len(served) >= IN_FLIGHT // 2 - AT_ONCE and during and later, "it was tried"
    assert {status for _, _, status in later} <= {302, 403, 404}
    assert at_once == [], "nor anything that began after the commit"
    looks = AccessEntry.objects.filter(
        user_id=member.user.pk, people__contains=[child], outcome="given", action="consultation"
    )
    assert looks.count() == len(served), "each that was served is in the log, and no other"
