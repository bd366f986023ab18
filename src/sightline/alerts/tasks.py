"""Background work: what happened is looked at within a second, deadlines ring by themselves, and a watchdog looks for what was missed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from procrastinate.contrib.django import app

from sightline.alerts import services
from sightline.chronology.record import recorded


@app.task(queue="alerts", queueing_lock="settle")
def settle_touched() -> None:
    """Everybody to whom something happened."""
    while services.settle_touched(at=datetime.now(UTC)):
        pass


@app.periodic(cron="* * * * * */5")
@app.task(queue="alerts", queueing_lock="ring")
def ring(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Every five seconds: alarms that are due, and marks that a crash left behind."""
    at = datetime.now(UTC)
    services.settle_touched(at=at)
    while services.ring(at=at):
        pass


@app.periodic(cron="*/10 * * * *")
@app.task(queue="alerts", queueing_lock="watch")
def watch(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Every ten minutes: the watchdog."""
    services.watch(at=datetime.now(UTC))


@receiver(recorded)
def on_recorded(**_: Any) -> None:
    """Look at once. What a crash loses here is picked up by `ring`, since the marks are in the database."""
    with transaction.atomic():
        _ask()


def _ask() -> None:
    from procrastinate.exceptions import AlreadyEnqueued  # noqa: PLC0415

    try:
        with transaction.atomic():
            settle_touched.defer()
    except AlreadyEnqueued:
        pass
