"""The clock stands still, so that two answers can be compared byte for byte; and what is logged is kept to be read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.cache import cache
from django.utils import timezone

from access_proof.world import World, world


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Now, and it stays now."""
    cache.clear()
    moment = datetime.now(UTC).replace(microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.fixture
def scene(db: None, at: datetime) -> World:
    """The child, the family and everything said of them."""
    return world(at)


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Every line of the technical log, of whatever level."""
    kept = StringIO()
    root, level = logging.getLogger(), logging.getLogger().level
    listening = logging.StreamHandler(kept)
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(listening)
    root.setLevel(level)
