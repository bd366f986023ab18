"""The events that enquiry writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Moment, Words


class StrategyRequested(EventKind, kind="strategy.requested", means="an agency asked for a strategy discussion"):
    reason: Words
    separate_because: Words | None = None  # though another of the child's was open


class StrategyDeclined(EventKind, kind="strategy.declined", means="it was decided that no strategy discussion is held"):
    reason: Words
    instead: Words | None = None
    separate_because: Words | None = None


class StrategyCalled(EventKind, kind="strategy.called", means="people were asked to a strategy discussion"):
    invited: list[Words]
    held_at: Moment
    how: Words | None = None
    separate_because: Words | None = None


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
    how: Literal["meeting", "video", "telephone", "side_by_side", "informal"] | None = None
    information_shared: Words | None = None
    abuse_alleged: bool | None = None
    offence_possible: bool | None = None
    mode_reason: Words | None = None
    protects_now: Words | None = None
    dissent: Words | None = None
    residual_risk: Words | None = None
    risk_held_by: Words | None = None
    safeguarding_plan: Words | None = None
    way_back_contact: Words | None = None
    way_back: Words | None = None
    separate_because: Words | None = None
    account: int | None = None


class StrategyChildConsidered(
    EventKind, kind="strategy.child_considered", means="a strategy discussion considered another child, and decided"
):
    decision: Literal["included", "own_discussion", "open_already", "no_concern"]
    reason: Words


class StrategyClosed(
    EventKind, kind="strategy.closed", means="all that a strategy discussion set in hand was done or dropped"
):
    reason: Words
    explanation: Literal["no_injury", "explained_by_clinician", "not_explained"] | None = None
    clinician: Words | None = None


class EnquiryStarted(EventKind, kind="enquiry.started", means="a section 47 enquiry began"):
    mode: Literal["joint", "police", "social_care"]
    reason: Words | None = None
    lead: Words | None = None
    separate_because: Words | None = None


class EnquiryModeReviewed(
    EventKind,
    kind="enquiry.mode_reviewed",
    means="somebody else looked at whether police and social care should enquire together",
):
    decision: Literal["alone_is_right", "joint", "police"]
    reason: Words


class EnquiryCompleted(EventKind, kind="enquiry.completed", means="it ended"):
    outcome: Literal[
        "concern_substantiated_ongoing_risk",
        "substantiated_no_ongoing_risk",
        "not_substantiated_risk_remains",
        "not_substantiated",
    ]
    rationale: Words
    nature: Literal["criminal", "not_criminal", "both"] | None = None
    finding: Literal["happened", "insufficient_evidence", "child_declined", "found_not_to_have_happened"] | None = None
    next: Literal["conference", "plan", "held_back", "no_further_action"] | None = None
    accounts_conflict: bool | None = None
    accounts: Words | None = None
    adult_account_tested: Words | None = None
    accounts_weighed: Words | None = None
    child_said: Words | None = None
    child_changed: Words | None = None
    follow_up: Words | None = None
    residual_risk: Words | None = None
    risk_held_by: Words | None = None
    safeguarding_plan: Words | None = None
    way_back_contact: Words | None = None
    way_back: Words | None = None
    clinician: Words | None = None
    steps_shown: list[Words] | None = None
    steps_not_done: list[Words] | None = None


class ReturnDecided(
    EventKind, kind="enquiry.return_decided", means="whether a child can go home after an enquiry that could not decide"
):
    safe: bool
    risk_assessment: Words
    safeguarding_plan: Words


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
