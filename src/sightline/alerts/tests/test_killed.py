"""Workers killed while deadlines fall due, in a process of its own: one where other tests left threads and a browser's loop is not fair to fork."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_thousand_deadlines_and_a_hundred_kills() -> None:
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "SIGHTLINE_TEST_DATABASE"))}
    own["SIGHTLINE_SERVER"] = "pg-killed"  # it stops its server at the end, and must not stop the one that others use
    asked = [sys.executable, "-m", "pytest", "-q", str(Path(__file__).with_name("killed_alone.py"))]
    done = subprocess.run(
        asked,
        env=own,
        cwd=Path(__file__).resolve().parents[4],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout[-4000:] + done.stderr[-1000:]
