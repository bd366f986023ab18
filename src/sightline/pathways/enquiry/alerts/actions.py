"""Something that was agreed has not been done in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import aware, say_moment

ROLES = ("child", "subject", "suspect", "offender", "adult", "victim")


def action_overdue(case: Case) -> Iterable[Finding]:
    """An action has passed the time agreed for it, and is neither done nor dropped by somebody who may."""
    for action in case.of("action.set", role=ROLES):
        due = _due(action)
        if due is None or _told_elsewhere(case, action) or _ended(case, action):
            continue
        agency = (
            f" by {str(action.agency or action.get('agency')).replace('_', ' ')}"
            if action.agency or action.get("agency")
            else ""
        )
        yield case.finding(
            "action_overdue",
            action,
            due,
            f"An action agreed{agency} was due by {say_moment(due)} and is not recorded as done.",
            step="Do it now, or agree a new time or another way with whoever set it.",
            concerns=action.people.get("child", ()),
            part=str(action.get("id") or ""),
        )


def _due(action: Happening) -> datetime | None:
    said = action.get("due")
    return aware(datetime.fromisoformat(str(said))) if said else None


def _told_elsewhere(case: Case, action: Happening) -> bool:
    """Of an action for a child, only the child's own chronology tells."""
    return bool(action.people.get("child")) and not action.concerns(case.subject, "child")


def _ended(case: Case, action: Happening) -> bool:
    ends = case.first("action.done", "action.dropped", since=action.at, where=lambda h: h.get("id") == action.get("id"))
    return ends is not None or any(
        h.at > action.at and h.get("id") == action.get("id") and _due(h) for h in case.own.of_kind("action.set")
    )


RULES = [
    Rule(
        "action_overdue",
        ("action.set",),
        action_overdue,
        local_default(provision="CP-08: the time that those who met agreed"),
        "An agreed action that has passed its time.",
        roles=ROLES,
        answers=("action.done", "action.dropped"),
    )
]
