"""The embedded server for every test, and the standing cast."""

from __future__ import annotations

import os

os.environ["SIGHTLINE_AS"] = "owner"
os.environ["SIGHTLINE_PLAIN_STATIC"] = "1"
