"""The events that concern writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import Day, EventKind, Moment, Words

Seen = Literal["good", "poor", "not_seen"]
Told = Literal["yes", "no", "not_told"]
Risk = Literal[
    "alcohol_or_drugs",
    "parents_mental_health",
    "violence",
    "isolation",
    "money_stress",
    "abuse_before",
    "parents_own_childhood",
    "animals",
]


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
    school_ref: Words | None = None
    other_children: list[Words] | None = None
    household: list[Words] | None = None
    previous_known: Words | None = None
    action_taken: Words
    grade: Literal["standard", "medium", "high"]
    encounter: Literal["incident", "missing", "custody", "exploitation", "stop_search", "other"] | None = None
    seen_awake: bool | None = None
    spoken_to: bool | None = None
    seen_where: Words | None = None
    in_earshot: Words | None = None
    unseen_because: Words | None = None
    not_spoken_because: Words | None = None
    safer_opportunity: Words | None = None
    safer_by: Moment | None = None
    wishes: Words | None = None
    adult_words: Words | None = None
    religion: Words | None = None
    language: Words | None = None
    immigration: Words | None = None
    special_need: Words | None = None
    sex: Words | None = None
    gender: Words | None = None
    declined: list[Words] | None = None
    not_asked: list[Words] | None = None
    gp: Words | None = None
    gp_ref: Words | None = None
    health_visitor: Words | None = None
    health_visitor_ref: Words | None = None
    social_worker: Words | None = None
    social_worker_ref: Words | None = None
    adults_with_access: list[Words] | None = None
    not_listed: list[Words] | None = None
    left_out: int | None = None
    injuries: list[Words] | None = None
    home_food: Seen | None = None
    home_warmth: Seen | None = None
    home_bedding: Seen | None = None
    home_hygiene: Seen | None = None
    home_hazards: Seen | None = None
    home_drugs: Seen | None = None
    home_supervision: Seen | None = None
    home_detail: Words | None = None
    home_since: Words | None = None
    risks: list[Risk] | None = None
    powers_used: Words | None = None
    advice_given: Words | None = None
    services_offered: Words | None = None
    effect: Words | None = None
    might_happen: Words | None = None
    not_known: Words | None = None
    parents_know: Told | None = None
    parents_agree: Told | None = None
    child_knows: Told | None = None
    child_agrees: Told | None = None
    shared_because: Words | None = None
    unanswered: int | None = None
    same_words_as: int | None = None
    account: int | None = None  # of its writer


class ConcernAdded(EventKind, kind="concern.added", means="something was added to a concern form after it was sent"):
    text: Words
    views: Words | None = None
    demeanour: Words | None = None


class ConcernReviewed(
    EventKind,
    kind="concern.reviewed",
    means="a supervisor looked at a concern form and told its writer what they think",
):
    outcome: Literal["signed_off", "sent_back"]
    feedback: Words


class TrustedAdultNamed(
    EventKind, kind="trusted_adult.named", means="the adult whom this child trusts, and how to reach them"
):
    name: Words
    who_they_are: Words
    route: Words
    chosen_by_child: bool
    review_on: Day | None = None


class TrustedAdultLeft(
    EventKind, kind="trusted_adult.left", means="the adult whom this child trusts is no longer there for them"
):
    because: Words


class ChildMet(
    EventKind,
    kind="child.met",
    means="an officer spent time with a child so that the child knows them; no crime and no worry behind it",
):
    where: Words
    about: Words
    role: Literal["school_officer", "neighbourhood_officer", "youth_worker", "other"]


class RiskAssessed(EventKind, kind="risk.assessed", means="risk was graded"):
    tool: Literal["domestic_abuse", "missing", "exploitation", "child", "offender", "custody", "other"]
    grade: Literal["no_apparent", "low", "standard", "medium", "high", "very_high"]
    stage: Literal["initial", "secondary", "review"]
    factors: list[Words] | None = None
    history_considered: bool | None = None
    child_impact_considered: bool | None = None
    rationale: Words | None = None
    role: Literal["response", "specialist", "supervisor", "partner"]
    queue_length: int | None = None


class RiskFedBack(EventKind, kind="risk.fed_back", means="whoever set a grade was told that and why it was changed"):
    to: Words
    text: Words | None = None


class VoiceCaptured(EventKind, kind="voice.captured", means="the child's or family's own view of what happens to them"):
    whose: Literal["child", "parent", "carer"]
    about: Literal["worry", "wish", "service", "plan", "decision"]
    text: Words
    rating: int | None = None
    told_of_outcome: bool | None = None
    decision: Words | None = None
    followed: Literal["yes", "in_part", "no"] | None = None
    changed: Words | None = None
    not_followed_because: Words | None = None
    how: Words | None = None
    language: Words | None = None
    interpreter: Literal["none", "professional", "relative", "friend", "other"] | None = None
    supporter: Words | None = None
    asked_by: Literal["call", "text", "email", "letter", "in_person", "through_somebody"] | None = None


class FamilyInformed(EventKind, kind="family.informed", means="the child or family was told what is happening"):
    whom: Literal["child", "parent", "carer", "victim"]
    what: Words
    method: Words | None = None
    about: Literal["decision", "next_step", "update", "service", "outcome"] | None = None
    how: Words | None = None
    language: Words | None = None
    interpreter: Literal["none", "professional", "relative", "friend", "other"] | None = None


class FamilyNotReached(
    EventKind,
    kind="family.not_reached",
    means="somebody tried to tell the child or family something, and did not reach them",
):
    whom: Literal["child", "parent", "carer", "victim"]
    what: Words
    method: Words | None = None


class AdultNeedsRecorded(
    EventKind,
    kind="adult.needs_recorded",
    means="an adult who lives with or cares for a child has needs of their own",
):
    need: Literal[
        "care_and_support",
        "mental_health",
        "learning_disability",
        "physical_disability",
        "alcohol",
        "drugs",
        "alcohol_and_drugs",
        "other",
    ]
    cares_for_child: bool | None = None
    detail: Words | None = None


class TreatmentChanged(
    EventKind, kind="treatment.changed", means="somebody began, kept to, missed, left or completed treatment"
):
    of: Literal["alcohol", "drugs", "alcohol_and_drugs", "mental_health", "other"]
    state: Literal["referred", "started", "keeps_to_it", "missed", "left", "completed"]
    detail: Words | None = None


class CarerAssessed(EventKind, kind="carer.assessed", means="what somebody who cares for another needs was assessed"):
    outcome: Words
    for_disabled_child: bool | None = None
