"""Background work: schools are told of the night's domestic incidents without anybody's press."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from sightline.pathways.referral.services.schools import tell_schools


@app.periodic(cron="*/10 * * * *")
@app.task(queue="alerts", queueing_lock="schools")
def tell_settings(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Every ten minutes, on every day: the school day begins at half past eight."""
    tell_schools(datetime.now(UTC))
