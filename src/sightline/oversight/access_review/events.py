"""That a record was opened in an emergency, and that this was reviewed. They name nobody: not whose record, and not who opened it."""

from __future__ import annotations

from sightline.chronology.kinds import EventKind, Words


class EmergencyOpened(
    EventKind, kind="emergency.opened", means="a record was opened in an emergency; whose is not said"
):
    opening: int
    role: Words
    from_agency: Words
    found: bool
    conflict: bool


class EmergencyReviewed(
    EventKind, kind="emergency.reviewed", means="the opening of a record in an emergency was reviewed"
):
    opening: int
