"""The events that plan writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Words


class ConferenceHeld(EventKind, kind="conference.held", means="a child protection conference took place"):
    kind_: Literal["initial", "review", "pre_birth", "transfer"] = Field(alias="kind")
    attended: list[Words]
    reports_from: list[Words] | None = None
    police_report: bool | None = None
    decision: Literal["plan", "no_plan", "plan_continues", "plan_ends"]
    category: Literal["neglect", "physical", "sexual", "emotional", "multiple"] | None = None
    child_views_heard: bool | None = None


class PlanStarted(EventKind, kind="plan.started", means="a plan began"):
    kind_: Literal[
        "child_protection", "child_in_need", "care", "safety", "early_help", "trigger", "risk_management"
    ] = Field(alias="kind")
    category: Words | None = None
    lead: Words | None = None
    allows_contact_with: list[Words] | None = None


class PlanReviewed(EventKind, kind="plan.reviewed", means="the plan was reviewed"):
    progress: Literal["better", "same", "worse"]
    text: Words


class PlanEnded(EventKind, kind="plan.ended", means="the plan ended"):
    reason: Words
    outcome: Literal["safer", "same", "harmed", "moved", "aged_out", "other"]


class PlanVisit(EventKind, kind="plan.visit", means="the child was visited under the plan"):
    seen: bool
    alone: bool | None = None


class PlacementStarted(EventKind, kind="placement.started", means="a child in care was placed"):
    kind_: Literal["foster", "care_home", "secure", "relatives", "semi_independent", "other"] = Field(alias="kind")
    area: Words | None = None


class PlacementEnded(EventKind, kind="placement.ended", means="the placement ended"):
    reason: Words | None = None


class CareReviewed(EventKind, kind="care.reviewed", means="a looked-after child's care was reviewed"):
    child_took_part: bool | None = None


class CoregroupHeld(EventKind, kind="coregroup.held", means="the core group met"):
    attended: list[Words]
