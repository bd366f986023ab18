"""A line of the log says when somebody looked, and the database when it was written: the two lie no further apart than a transaction lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

# A transaction may begin to write this long before it ends.
LONGEST_TRANSACTION = timedelta(minutes=15)


def written_apart(at: datetime, written_at: datetime) -> datetime | None:
    """When a line was written, where that is not when it says that somebody looked."""
    return written_at if abs(written_at - at) > LONGEST_TRANSACTION else None
