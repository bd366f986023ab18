"""Settings for tests: the owner's role, files served under their plain names, no pool (it would hold the test database open)."""

from __future__ import annotations

import os

os.environ["SIGHTLINE_AS"] = "owner"
os.environ["SIGHTLINE_PLAIN_STATIC"] = "1"

from sightline.web.settings import *  # noqa: F403
from sightline.web.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {}
