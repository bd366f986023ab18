"""Each night a backup, and on Sundays the newest restored and compared. Only where SIGHTLINE_BACKUPS says where backups are kept."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from procrastinate.contrib.django import app

from sightline.kernel import backup
from sightline.kernel.errors import Refused
from sightline.kernel.home import LOCAL
from sightline.oversight.restoration.commands import login


def _key() -> bytes:
    return backup.key_at(Path(os.environ.get("SIGHTLINE_BACKUP_KEY", LOCAL / "keys" / "backup.key")))


def _login() -> str:
    return login(os.environ.get("BACKUP_DATABASE_URL", ""))


@app.periodic(cron="10 1 * * *")
@app.task(queue="backup", queueing_lock="backup")
def back_up_nightly(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """The night's copy."""
    if folder := os.environ.get("SIGHTLINE_BACKUPS"):
        backup.back_up(_login(), Path(folder), _key(), at=datetime.now(UTC))


@app.periodic(cron="30 3 * * 0")
@app.task(queue="backup", queueing_lock="backup check")
def prove_weekly(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """The newest copy restored and compared. Raises Refused, so that the job is seen to have failed, where it is not the same."""
    if folder := os.environ.get("SIGHTLINE_BACKUPS"):
        newest = backup.newest(Path(folder))
        if differs := backup.check(newest, _login(), _key(), at=datetime.now(UTC)):
            raise Refused(f"{newest.name} is not the same when restored: {'; '.join(differs)}")
