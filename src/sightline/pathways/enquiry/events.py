"""The events that enquiry writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Moment, Words


class StrategyRequested(EventKind, kind="strategy.requested", means="an agency asked for a strategy discussion"):
    reason: Words


class StrategyHeld(EventKind, kind="strategy.held", means="a strategy discussion took place"):
    attended: list[Words]
    invited: list[Words] | None = None
    decision: Literal[
        "enquiry_joint",
        "enquiry_single_police",
        "enquiry_single_social_care",
        "assessment",
        "no_further_action",
        "reconvene",
    ]
    rationale: Words
    health_needs_considered: bool | None = None
    other_children_considered: bool | None = None


class EnquiryStarted(EventKind, kind="enquiry.started", means="a section 47 enquiry began"):
    mode: Literal["joint", "police", "social_care"]


class EnquiryCompleted(EventKind, kind="enquiry.completed", means="it ended"):
    outcome: Literal["concern_substantiated_ongoing_risk", "substantiated_no_ongoing_risk", "not_substantiated"]
    rationale: Words


class AssessmentStarted(EventKind, kind="assessment.started", means="a social care assessment began"):
    pass


class AssessmentCompleted(EventKind, kind="assessment.completed", means="it ended"):
    outcome: Words
    factors: list[Words] | None = None
    child_seen: bool | None = None


class MeetingHeld(EventKind, kind="meeting.held", means="another multi-agency meeting took place"):
    kind_: Literal[
        "marac", "mappa", "missing", "exploitation", "professionals", "designated_officer", "family_group", "other"
    ] = Field(alias="kind")
    attended: list[Words] | None = None
    history_supplied: bool | None = None
    children_listed: int | None = None
    decisions: Words | None = None


class ActionSet(EventKind, kind="action.set", means="somebody must do something by a time"):
    id: Words
    what: Words
    owner: Words
    agency: Words | None = None
    due: Moment
    kind_: Words | None = Field(default=None, alias="kind")


class ActionDone(EventKind, kind="action.done", means="it was done"):
    id: Words
    result: Words | None = None


class ActionDropped(EventKind, kind="action.dropped", means="it will not be done"):
    id: Words
    reason: Words
    authorised_by: Words
