"""Settings for tests: the owner's role, files served under their plain names, no pool (it would hold the test database open)."""

from __future__ import annotations

import os

os.environ["SIGHTLINE_AS"] = "owner"
os.environ["SIGHTLINE_PLAIN_STATIC"] = "1"
# Of several processes each has a server of its own: what one holds open, the sealer of another would wait for.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["SIGHTLINE_SERVER"] = f"pg-{os.environ['PYTEST_XDIST_WORKER']}"

from sightline.web.settings import *  # noqa: F403
from sightline.web.settings import DATABASES

# What a test commits need not outlive the server.
DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
# Off, so that the application's own checks are tried alone: what they let through, the wall would hide. SIGHTLINE_TEST_WALL=1 puts it up.
WALL = os.environ.get("SIGHTLINE_TEST_WALL") == "1"
