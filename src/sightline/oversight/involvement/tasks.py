"""Each night: whose work with a child is over."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from sightline.oversight.involvement.services import settle_ties


@app.periodic(cron="10 2 * * *")
@app.task(queue="involvement", queueing_lock="involvement")
def end_what_is_over(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Ties get an end, or lose it; none is deleted."""
    settle_ties(at=datetime.now(UTC))
