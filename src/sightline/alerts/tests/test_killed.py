"""A worker killed again and again while a thousand deadlines fall due: each is told once per recipient, and none is missed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

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


def _beginning() -> float:
    """Seconds that a new worker takes until its first ring is done."""
    connections.close_all()
    began = time.monotonic()
    services.ring(at=CALLED, most=AT_A_TIME)
    return time.monotonic() - began


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
    for kill in range(KILLS):
        connections.close_all()
        worker = os.fork()
        if not worker:
            try:
                work(began)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.01, 0.1 + once + kill / 200))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    assert Told.objects.filter(role="duty_inspector").count() > AT_A_TIME, (
        "the workers had begun before they were killed"
    )
    end = CALLED + timedelta(minutes=45)
    while services.ring(at=end):
        pass
    overdue = Alert.objects.filter(kind="attendance_overdue")
    assert overdue.count() == CHILDREN
    told = Counter(Told.objects.filter(alert__in=overdue).values_list("alert_id", "role"))
    assert len(told) == CHILDREN and set(told.values()) == {1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alerts_alarm WHERE at <= %s", [end])
        assert cursor.fetchone() == (0,), "no deadline is left without having been looked at"
