"""Escalations as a browser raises and answers them: who is named for a tier, what a form hides, and a time that is up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member
from screens import signed_in
from sightline.oversight.escalation import queries


def name(member: Member, level: int, *, username: str, named: str) -> Any:
    """Somebody is named for the member's agency, on the page."""
    said = {
        "level": str(level),
        "name": named,
        "contact": "01632 960001",
        "username": username,
        "from_on": timezone.localdate().isoformat(),
    }
    return signed_in(member).post("/escalations/", said)


def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer is overdue from now on."""
    plain = queries.limits()
    monkeypatch.setattr(type(plain), "due", lambda *_, **__: timezone.now() - timedelta(minutes=1))
