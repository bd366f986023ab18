"""The vocabulary of alerts: each kind's meaning, whom it is told first, and its default limit in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class AlertName:
    """A kind of alert: what it says to a practitioner, the role told first, and the limit as the vocabulary words it."""

    name: str
    group: str
    means: str
    to: str
    limit: str

    @property
    def label(self) -> str:
        """As a heading says it."""
        return self.name.replace("_", " ").capitalize()


@cache
def alert_names() -> dict[str, AlertName]:
    """Every kind of alert by name."""
    groups = yaml.safe_load((Path(__file__).parent / "alert_kinds.yaml").read_text())
    return {
        name: AlertName(name, group, said["means"], said["to"], said["default"])
        for group, held in groups.items()
        for name, said in held.items()
    }
