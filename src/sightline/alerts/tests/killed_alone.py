"""A worker killed again and again while a thousand deadlines fall due: each is told once per recipient, and none is missed.

Each worker must have a session of its own at the server, as it has where it is started by itself. Among tests with a browser it had not: the
browser leaves an event loop running in this thread, where Django keeps other connections than in a thread without one; so what `close_all`
closed was not what a child, in which no loop runs, found. Every child then spoke over one socket inherited from this process, and a child
killed half-way left its transaction open there for the next one, whose BEGIN changed nothing, who saw the dead one's alerts as told, and
committed them. A worker therefore forgets whatever it inherited, and says on which session it is; and each must have died of being killed.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from sightline.access.viewer import Viewer
from sightline.alerts import services
from sightline.alerts.models import Alarm, Alert, Told
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many

CALLED = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
CHILDREN, KILLS, AT_A_TIME = 1000, 100, 3


def entry(kind: str, n: int, at: datetime, data: dict[str, str]) -> Entry:
    return Entry(kind=kind, source="command_and_control", ref=f"{kind}{n}", at=at, people={"child": (("command_and_control", f"k{n}"),)},
                 data=data, extracted_at=at)  # fmt: skip


def work(began: float) -> None:
    """What the worker does, under a clock on which a quarter of an hour passes in a second."""
    while True:
        at = CALLED + (time.monotonic() - began) * timedelta(minutes=15)
        if not services.ring(at=at, most=AT_A_TIME):
            time.sleep(0.005)


def _forked(began: float, says: int) -> int:
    """A worker in a process of its own; it writes down the number of its session before it begins."""
    connections.close_all()
    if worker := os.fork():
        return worker
    try:
        del connections["default"]  # forgotten, not closed: the session behind it may be another process's
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            os.write(says, b"%d\n" % cursor.fetchone())
        work(began)
    finally:
        os._exit(1)


def _beginning() -> float:
    """Seconds that a new worker takes until its first ring is done."""
    connections.close_all()
    began = time.monotonic()
    services.ring(at=CALLED, most=AT_A_TIME)
    return time.monotonic() - began


def _all_gone() -> None:
    """Wait until the server has noticed that the killed workers are gone, so that nothing of theirs is under way while it is counted."""
    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' AND state <> 'idle'"
    )
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(busy)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
    raise AssertionError("a killed worker's session is still under way")


def untold(alerts: QuerySet[Alert]) -> list[dict[str, object]]:
    """Alerts of which nobody was told, with what else is known of each."""
    shown = ("pk", "subject_id", "cause", "to_role", "first_at", "cleared_at", "next_rung_at")
    return list(alerts.filter(told=None).order_by("pk").values(*shown))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_thousand_deadlines_and_a_hundred_kills() -> None:
    calls = [
        entry("contact.received", n, CALLED + timedelta(seconds=n), {"graded": "immediate", "kind": "assault"})
        for n in range(CHILDREN)
    ]
    elsewhere = entry("attendance.arrived", -1, CALLED - timedelta(days=9), {})
    record_many([elsewhere, *calls], Viewer(None, "", "", "", 0, None, CALLED, "test"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a server does by itself a little later
    while services.settle_touched(at=CALLED):
        pass
    assert Alarm.objects.count() >= CHILDREN
    once = _beginning()  # on a crowded machine a worker takes longer to begin, and is left alive for longer
    began, chance = time.monotonic(), random.Random(7)
    heard, says = os.pipe()
    for kill in range(KILLS):
        worker = _forked(began, says)
        time.sleep(chance.uniform(0.01, 0.1 + once + kill / 200))
        os.kill(worker, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(worker, 0)[1]), "it had stopped by itself"
    os.close(says)
    sessions = os.fdopen(heard).read().split()
    assert len(sessions) == len(set(sessions)) > AT_A_TIME, "each worker has a session of its own"
    assert Told.objects.filter(role="duty_inspector").count() > AT_A_TIME, (
        "the workers had begun before they were killed"
    )
    _all_gone()
    end = CALLED + timedelta(minutes=45)
    while services.ring(at=end):
        pass
    overdue = Alert.objects.filter(kind="attendance_overdue")
    assert overdue.count() == CHILDREN
    assert untold(overdue) == []
    told = Counter(Told.objects.filter(alert__in=overdue).values_list("alert_id", "role"))
    assert len(told) == CHILDREN and set(told.values()) == {1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alerts_alarm WHERE at <= %s", [end])
        assert cursor.fetchone() == (0,), "no deadline is left without having been looked at"
