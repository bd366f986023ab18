"""The events that concern writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import EventKind, Words


class ConcernNotified(EventKind, kind="concern.notified", means="the child concern form was completed for this child"):
    kinds: list[Words]
    what_happened: Words
    seen: bool
    seen_alone: bool
    demeanour: Words | None = None
    views: Words | None = None
    ethnicity: Words | None = None
    disability: Words | None = None
    school: Words | None = None
    other_children: list[Words] | None = None
    household: list[Words] | None = None
    previous_known: Words | None = None
    action_taken: Words
    grade: Literal["standard", "medium", "high"]


class RiskAssessed(EventKind, kind="risk.assessed", means="risk was graded"):
    tool: Literal["domestic_abuse", "missing", "exploitation", "child", "offender", "custody", "other"]
    grade: Literal["no_apparent", "low", "standard", "medium", "high", "very_high"]
    stage: Literal["initial", "secondary", "review"]
    factors: list[Words] | None = None
    history_considered: bool | None = None
    child_impact_considered: bool | None = None
    rationale: Words | None = None
    role: Literal["response", "specialist", "supervisor", "partner"]


class RiskFedBack(EventKind, kind="risk.fed_back", means="whoever set a grade was told that and why it was changed"):
    to: Words
    text: Words | None = None


class VoiceCaptured(EventKind, kind="voice.captured", means="the child's or family's own view of what happens to them"):
    whose: Literal["child", "parent", "carer"]
    about: Literal["worry", "wish", "service", "plan", "decision"]
    text: Words
    rating: int | None = None
    told_of_outcome: bool | None = None


class FamilyInformed(EventKind, kind="family.informed", means="the child or family was told what is happening"):
    whom: Literal["child", "parent", "carer", "victim"]
    what: Words
    method: Words | None = None
