"""The clock stands still, so that two answers can be compared byte for byte; each insider asks for everything once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from access_proof.stage import INSIDERS, insider
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


@pytest.fixture
def scene(db: None, at: datetime) -> World:
    """The child, the family and everything said of them."""
    return world(at)


@pytest.fixture(scope="module", params=INSIDERS, ids=[agency + " " + role for role, agency in INSIDERS])
def visit(request: Any, django_db_setup: None, django_db_blocker: Any, at: datetime) -> Iterator[Stay]:
    """Somebody of each kind of agency, who works with the child, asks for everything once; then all of it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = world(at)
        yield stay(insider(*request.param, scene), scene)
        transaction.set_rollback(True)
