"""Each night: what is due for review."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from sightline.oversight.retention.services import find_due


@app.periodic(cron="40 2 * * *")
@app.task(queue="retention", queueing_lock="retention")
def look_for_due(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Reviews that fall due; deletes nothing."""
    find_due(at=datetime.now(UTC))
