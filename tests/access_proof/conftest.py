"""The clock stands still, so that two answers can be compared byte for byte; each insider asks for everything once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from access_proof.stage import INSIDERS, insider, part
from access_proof.stay import Stay, stay
from access_proof.world import World, world


@pytest.fixture(scope="module", autouse=True)
def at() -> Iterator[datetime]:
    """Now, and it stays now."""
    moment = datetime.now(UTC).replace(microsecond=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        yield moment


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, at: datetime) -> Iterator[World]:
    """The child, the family and everything said of them: made once for a file, whose tests each take back what they do.

    A file with a transactional test makes its own, since such a test leaves nothing behind.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        made = world(at)
        connection.check_constraints()  # what is put off to the end would keep tests from altering tables
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=INSIDERS, ids=[agency + " " + role for role, agency in INSIDERS])
def visit(request: Any, django_db_setup: None, django_db_blocker: Any, at: datetime) -> Iterator[Stay]:
    """Somebody of each kind of agency, who works with the child, asks for everything, or their part of it, once; then all of it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = world(at)
        yield stay(insider(*request.param, scene), scene, part(INSIDERS.index(request.param), 4 * len(INSIDERS)))
        transaction.set_rollback(True)
