"""One scene for all tests of a file, at a clock that stands still; all of it is taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from oracle.extent import FIGURES, FULL
from oracle.judge import Judge
from oracle.scene import Scene, scene


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was asked, at the end of a run."""
    for figure in FIGURES:
        terminalreporter.write_line(f"oracle: {figure}")


@pytest.fixture(scope="package", autouse=True)
def at() -> Iterator[datetime]:
    """Now, and it stays now."""
    moment = datetime.now(UTC).replace(microsecond=0)
    long = {"SESSION_IDLE": 86_400, "SESSION_LONGEST": 86_400, "ACCOUNT_REAUTHENTICATION_TIMEOUT": 86_400}
    with pytest.MonkeyPatch.context() as patch, override_settings(**long):
        patch.setattr(timezone, "now", lambda: moment)
        yield moment


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


@pytest.fixture(scope="package")
def held(django_db_setup: None, django_db_blocker: Any, at: datetime) -> Iterator[Scene]:
    """Everybody and everything; in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield scene(at, every=FULL)
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def judge(held: Scene) -> Judge:
    """What the policy table says of an answer."""
    return Judge(held)
