"""What is found is found, what is accepted has a reason, and what could not be asked is never clean."""

from __future__ import annotations

import subprocess
from collections import Counter
from typing import Any

import pytest
import yaml
from tools import audit

ROW = {"test": "B1", "file": "a.py", "count": 2, "why": "a reason"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({("B1", "a.py"): 2}, []),
        ({("B1", "a.py"): 3}, ["B1 in a.py: 3 found, 2 accepted"]),
        ({}, ["B1 in a.py: 0 found, 2 accepted"]),
        ({("B1", "a.py"): 2, ("B9", "b.py"): 1}, ["B9 in b.py: 1"]),
    ],
)
def test_one_more_is_found_and_one_gone_is_said(found: dict[tuple[str, str], int], said: list[str]) -> None:
    """Neither hides behind what was accepted before."""
    assert audit.against([ROW], Counter(found)) == said


def test_everything_accepted_says_why() -> None:
    """In the list itself."""
    accepted = yaml.safe_load((audit.ROOT / "tools/security/accepted.yaml").read_text())
    rows: list[dict[str, Any]] = [row for rows in accepted.values() for row in rows]
    assert len(rows) > 10
    assert [r for r in rows if len(r["why"]) < 10] == []


@pytest.mark.parametrize(
    ("out", "err", "code", "how"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', "", 0, audit.CLEAN),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}', "", 1, audit.FOUND),
        ('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', "", 0, audit.UNKNOWN),
        ("", "no route to the list", 1, audit.UNKNOWN),
        ("", "", 0, audit.UNKNOWN),
    ],
)
def test_a_list_that_could_not_be_asked_is_not_clean(
    monkeypatch: pytest.MonkeyPatch, out: str, err: str, code: int, how: int
) -> None:
    """Silence, a package passed over and a failure are unknown."""
    monkeypatch.setattr(audit, "run", lambda *_: subprocess.CompletedProcess([], code, out, err))
    assert audit.pip_audit()[0] == how
