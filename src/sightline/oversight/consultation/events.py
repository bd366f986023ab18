"""The events that consultation writes: its public face. They name nobody."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import Day, EventKind, Words


class ConsultationHeld(
    EventKind,
    kind="consultation.held",
    means="children, families or the public were asked about a service, and what they said",
):
    title: Words
    with_: Literal["children", "families", "public", "staff"] = Field(alias="with")
    how: Words
    how_many: int | None = None
    asked: Words
    said: Words


class ServiceChanged(EventKind, kind="service.changed", means="what was done about what a consultation said"):
    consultation: Words
    decision: Literal["changed", "will_change", "not_changed"]
    what: Words
    because: Words
    from_on: Day | None = None
    told_how: Words | None = None
