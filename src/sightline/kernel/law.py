"""Law is data: every clock, rule and duty names the source it rests on, with its dates and its standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """Whether a limit is fixed by law, advised nationally, or a local default that a partnership may change."""

    LAW = "law"
    GUIDANCE = "guidance"
    LOCAL = "local default"


@dataclass(frozen=True)
class Source:
    """Where a limit or duty comes from. `in_force_until` is exclusive; None is open-ended.

    `confirmed`: somebody read the passage, or an official source that says what is in it. `checked`: what was read, or what was
    looked for and not found. No lawyer has confirmed any of it.
    """

    instrument: str
    provision: str
    standing: Standing
    edition: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    confirmed: bool = True
    checked: str = ""

    def in_force(self, day: date) -> bool:
        """Whether this source held on a day."""
        after = self.in_force_from is None or self.in_force_from <= day
        return after and (self.in_force_until is None or day < self.in_force_until)
