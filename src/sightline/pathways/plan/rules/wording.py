"""The plan in words meant for the child or for the parents: what was written, in which languages, and whether the plan changed since."""

from __future__ import annotations

from sightline.chronology.courses import Run
from sightline.chronology.view import Happening

CHANGES = ("action.set", "action.done", "action.dropped", "plan.reviewed", "contingency.begun", "handover.accepted")


def worded(run: Run, version: str, language: str) -> Happening | None:
    """What was written last for this reader in this language."""
    found = [e for e in run.of("plan.worded") if (e.get("version"), e.get("language")) == (version, language)]
    return found[-1] if found else None


def written_in(run: Run, version: str) -> tuple[str, ...]:
    """The languages in which it was written for this reader."""
    return tuple(dict.fromkeys(str(e.get("language")) for e in run.of("plan.worded") if e.get("version") == version))


def changed_since(run: Run, written: Happening | None) -> bool:
    """Whether what the reader was told may no longer be so."""
    return written is not None and any(e.at > written.at for e in run.of(*CHANGES))
