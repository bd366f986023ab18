"""What the partnership does with an escalation that nobody below it resolved."""

from __future__ import annotations

from sightline.chronology.kinds import Day, EventKind, Words


class EscalationSettled(
    EventKind, kind="escalation.settled", means="the partnership decided on an escalation that no tier resolved"
):
    decision: Words
    owner: Words
    due: Day | None = None
