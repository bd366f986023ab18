"""Rules are read from files alone: a replay of cases has neither settings nor a database."""

from __future__ import annotations

import os
import subprocess
import sys


def test_every_rule_is_found_where_django_is_not_set_up() -> None:
    asked = "from sightline.alerts.findings import rules; print(len(rules()))"
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", asked], env=bare, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0 and int(done.stdout) > 100, done.stderr[-2000:]
