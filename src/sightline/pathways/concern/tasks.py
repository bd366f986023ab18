"""Each night: drafts that nobody went on with are thrown away."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from sightline.pathways.concern.services import discard_old


@app.periodic(cron="20 3 * * *")
@app.task(queue="concern", queueing_lock="concern")
def throw_away_drafts(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Those past the limit."""
    discard_old(at=datetime.now(UTC))
