"""The events that plan writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import Day, EventKind, Moment, Words

TookPart = Literal["in_person", "advocate", "written", "through_worker", "too_young", "declined", "not_asked"]


class ConferenceCalled(
    EventKind, kind="conference.called", means="a conference, a review or a formal planning meeting was called"
):
    kind_: Literal["initial", "review", "pre_birth", "transfer", "care_review", "planning"] = Field(alias="kind")
    meeting_at: Moment
    chair: Words
    where: Words | None = None
    counted_from: Moment | None = None
    late_because: Words | None = None


class ConferenceInvited(
    EventKind, kind="conference.invited", means="somebody was asked to come to a conference, or to report to it"
):
    who: Words
    part: Literal["agency", "guardian", "child", "parent", "advocate", "other"]
    agency: Words | None = None
    report_by: Moment | None = None
    post: int | None = None
    by: Words | None = None


class ConferencePostponed(
    EventKind, kind="conference.postponed", means="a conference that had been called was put off"
):
    to: Moment
    reason: Words
    meanwhile: Words


class ConferenceReported(EventKind, kind="conference.reported", means="an agency gave a conference its report"):
    agency: Words
    how: Literal["report", "remote", "in_person"]
    says: Words
    can_do: Words | None = None


class ConferenceCancelled(
    EventKind, kind="conference.cancelled", means="a conference that had been called will not be held"
):
    reason: Words


class PlanningHeld(
    EventKind, kind="planning.held", means="a looked-after review or planning meeting that was called here took place"
):
    attended: list[Words]
    decisions: Words
    guardian_came: bool | None = None
    child_took_part: TookPart | None = None


class ConferenceHeld(EventKind, kind="conference.held", means="a child protection conference took place"):
    kind_: Literal["initial", "review", "pre_birth", "transfer"] = Field(alias="kind")
    attended: list[Words]
    reports_from: list[Words] | None = None
    police_report: bool | None = None
    decision: Literal["plan", "no_plan", "plan_continues", "plan_ends"]
    category: Literal["neglect", "physical", "sexual", "emotional", "multiple"] | None = None
    child_views_heard: bool | None = None
    chair: Words | None = None
    contributed: list[Words] | None = None
    reason: Words | None = None
    quorate: bool | None = None
    not_quorate_because: Words | None = None
    child_views: Words | None = None
    child_took_part: TookPart | None = None
    child_understood: Literal["yes", "partly", "no", "not_asked"] | None = None
    parents_views: Words | None = None
    parents_understood: Literal["yes", "partly", "no", "not_asked"] | None = None
    dissent: Words | None = None


class PlanStarted(EventKind, kind="plan.started", means="a plan began"):
    kind_: Literal[
        "child_protection", "child_in_need", "care", "safety", "early_help", "trigger", "risk_management"
    ] = Field(alias="kind")
    category: Words | None = None
    lead: Words | None = None
    allows_contact_with: list[Words] | None = None
    concern: Words | None = None
    likelihood: Words | None = None
    contingency: Words | None = None
    contingency_owner: Words | None = None
    authority: Words | None = None
    agencies: list[Words] | None = None
    review_on: Day | None = None
    outside_family: bool | None = None
    carried_over: Words | None = None  # from the plan that it takes the place of: what must not be lost


class PlanWorded(EventKind, kind="plan.worded", means="the plan was written in words for the child, or the parents"):
    version: Literal["child", "parents"]
    language: Words
    why: Words
    could_happen: Words
    who: Words | None = None  # the child's: what people have promised
    you: Words | None = None  # the parents': what is asked of them
    not_work: Words


class PlanReviewed(EventKind, kind="plan.reviewed", means="the plan was reviewed"):
    progress: Literal["better", "same", "worse"]
    text: Words
    child_took_part: TookPart | None = None
    child_views: Words | None = None


class DifferenceNoted(
    EventKind, kind="difference.noted", means="a review asked what one action has made different for the child"
):
    id: Words
    difference: Literal["changed", "unchanged", "worse"]
    says: Words | None = None


class PoliceConsidered(
    EventKind, kind="plan.police_considered", means="what the police can do under the plan was gone through and chosen"
):
    chosen: list[Words]
    not_chosen: list[Words]
    why_not: Words | None = None


class PlanExplained(EventKind, kind="plan.explained", means="the plan was gone through with the child or a parent"):
    whom: Literal["child", "parent", "carer"]
    language: Words
    version: Words
    understood: Literal["yes", "partly", "no"]
    says: Words | None = None
    where: Words | None = None
    present: list[Words] | None = None
    unsafe: Words | None = None  # it was where, or in front of whom, it never should be: what was done about it


class ContingencyBegun(EventKind, kind="contingency.begun", means="what was agreed in case a plan fails was begun"):
    what: Words
    owner: Words
    because: Words


class HandoverOffered(EventKind, kind="handover.offered", means="a plan was offered to somebody else to hold"):
    way: Literal["step_down", "transfer"]
    to: Words
    to_agency: Words
    to_post: int | None = None
    to_plan: Literal["child_in_need", "early_help", "child_protection"]
    reason: Words
    carries_over: Words | None = None
    outcome: Literal["safer", "same", "worse", "unknown"] | None = None
    evidence: Words | None = None


class DropProposed(EventKind, kind="handover.drop_proposed", means="an action of an offered plan does not go on"):
    id: Words
    reason: Words


class HandoverAccepted(EventKind, kind="handover.accepted", means="whoever was offered a plan accepted it"):
    by_whom: Words
    says: Words | None = None


class HandoverDeclined(EventKind, kind="handover.declined", means="whoever was offered a plan did not accept it"):
    reason: Words


class OverseasMovePlanned(EventKind, kind="overseas_move.planned", means="a child with a plan will move overseas"):
    on: Day
    where: Words
    service_family: bool


class ServiceWelfareTold(
    EventKind, kind="service_welfare.told", means="a welfare body of the armed forces was told of a child's move"
):
    body: Words
    who: Words
    says: Words


class OutcomeRecorded(
    EventKind, kind="outcome.recorded", means="some months on, whether the child is safer was asked and written down"
):
    months: Literal[3, 6, 12]
    outcome: Literal["safer", "same", "worse", "unknown"]
    evidence: Words
    child_says: Words | None = None


class EnquiryFollowed(
    EventKind, kind="enquiry.followed", means="what came of a section 47 enquiry that led to no conference"
):
    offered: Words | None = None
    reason: Words | None = None
    taken_up: Literal["yes", "no", "not_yet"] | None = None


class PlanEnded(EventKind, kind="plan.ended", means="the plan ended"):
    reason: Words
    no_longer_at_risk_because: Words | None = None
    outcome: Literal["safer", "same", "worse", "unknown", "harmed", "moved", "aged_out", "other"]
    evidence: Words | None = None


class VisitPlanned(EventKind, kind="visit.planned", means="somebody will visit the child under the plan"):
    visit_at: Moment
    who: Words
    where: Words | None = None
    present: list[Words] | None = None
    with_: Words | None = Field(default=None, alias="with")  # an interpreter, pictures: what the child needs of it


class PlanVisit(EventKind, kind="plan.visit", means="the child was visited under the plan"):
    seen: bool
    alone: bool | None = None
    where: Words | None = None
    present: list[Words] | None = None
    unsafe: Words | None = None  # as of plan.explained


class PlacementStarted(EventKind, kind="placement.started", means="a child in care was placed"):
    kind_: Literal["foster", "care_home", "secure", "relatives", "semi_independent", "other"] = Field(alias="kind")
    area: Words | None = None


class PlacementEnded(EventKind, kind="placement.ended", means="the placement ended"):
    reason: Words | None = None


class CareReviewed(EventKind, kind="care.reviewed", means="a looked-after child's care was reviewed"):
    child_took_part: bool | None = None


class CoregroupHeld(EventKind, kind="coregroup.held", means="the core group met"):
    attended: list[Words]


Order = Literal[
    "care", "interim_care", "supervision", "interim_supervision", "emergency_protection", "child_arrangements", "prohibited_steps",
    "specific_issue", "special_guardianship", "placement", "adoption", "secure_accommodation", "non_molestation", "occupation",
    "forced_marriage_protection", "fgm_protection", "other",
]  # fmt: skip


class ProceedingsIssued(
    EventKind, kind="proceedings.issued", means="an application about the child was made to the family court"
):
    kind_: Literal["care", "private", "emergency", "adoption", "protection_order", "other"] = Field(alias="kind")
    number: Words | None = None
    court: Words | None = None


class GuardianAppointed(
    EventKind, kind="guardian.appointed", means="a children's guardian or family court officer was appointed"
):
    who: Words
    may_read_records: bool | None = None


class HearingListed(EventKind, kind="hearing.listed", means="a hearing about the child has a date"):
    kind_: Words = Field(alias="kind")
    hearing_at: Moment
    court: Words | None = None


class HearingHeld(EventKind, kind="hearing.held", means="the hearing took place"):
    kind_: Words = Field(alias="kind")
    result: Words | None = None


class OrderMade(EventKind, kind="order.made", means="a family court made an order about the child"):
    order: Order
    until: Day | None = None
    detail: Words | None = None


class OrderEnded(EventKind, kind="order.ended", means="the order was discharged or replaced"):
    order: Order
    reason: Words | None = None


class ProceedingsEnded(EventKind, kind="proceedings.ended", means="the proceedings ended"):
    outcome: Words
