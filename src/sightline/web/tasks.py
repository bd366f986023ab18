"""Each hour: what was typed, and not sent within a day, is thrown away, and so are sessions that are over."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from sightline.web.keeping import throw_away
from sightline.web.sessions import clear_ended


@app.periodic(cron="40 * * * *")
@app.task(queue="web", queueing_lock="typed")
def throw_away_typed(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Those past the day; and sessions past their hours."""
    at = datetime.now(UTC)
    throw_away(at=at)
    clear_ended(at=at)
