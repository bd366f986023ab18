"""A database of any kind for the look-up's tests: the configured one, or an embedded one of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from sightline.kernel.postgres import Server


@pytest.fixture(scope="package")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The configured server, or an embedded one of these tests' own."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    server = Server(tmp_path_factory.mktemp("pg")).ensure()
    yield server.conninfo("postgres", "postgres")
    server.stop()
