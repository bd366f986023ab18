"""The events that contact writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Handling, Moment, Words

Grade = Literal["immediate", "priority", "scheduled", "no_attendance"]
Answered = Literal["yes", "no", "not_known"]  # asked, and what was said; a field left out was not asked
Route = Literal[
    "call", "front_counter", "patrol", "agency", "intelligence", "online", "child_report", "child_offended",
    "childrens_home",
]  # fmt: skip


class ContactReceived(EventKind, kind="contact.received", means="someone told an agency of a worry or an incident"):
    channel: Literal["999", "101", "online", "in_person", "agency", "intelligence", "school", "other"]
    kind_: Literal[
        "concern_for_child",
        "domestic_abuse",
        "missing",
        "assault",
        "sexual_offence",
        "neglect",
        "exploitation",
        "online_abuse",
        "antisocial",
        "crime",
        "welfare_check",
        "disturbance",
        "other",
    ] = Field(alias="kind")
    graded: Literal["immediate", "priority", "scheduled", "no_attendance"]
    children_present: bool | None = None
    caller_is: Literal[
        "child", "parent", "ex_partner", "relative", "neighbour", "passer_by", "professional", "anonymous", "other"
    ]
    told_child_is_safe: bool | None = None
    route: Route | None = None
    own_words: Words | None = None
    relationship: Words | None = None  # of the caller to the child, as they say it
    children_live_there: Answered | None = None
    children_saw_or_heard: Answered | None = None
    child_linked_to_adult: Answered | None = None
    child_affected: bool | None = None
    low_level: bool | None = None  # a worry for the chronology: nobody was to go
    recovery: bool | None = None  # a child is thought to be there with an adult who may harm them
    floor: Grade | None = None  # the least grade that the rules allowed then
    fired: list[Words] | None = None  # the rules that said so
    grade_reason: Words | None = None
    language: Words | None = None
    interpreter: bool | None = None
    disability: Words | None = None
    communication_needs: Words | None = None
    safe_contact: Words | None = None
    unsafe_contact: bool | None = None  # somebody they fear may see or hear an answer
    account: int | None = None  # of whoever took it
    team: Words | None = None


class ContactChecked(
    EventKind, kind="contact.checked", means="record systems were searched before the response was decided"
):
    systems: list[Words]
    found: Words | None = None
    stage: Literal["before_dispatch", "before_arrest_decision", "before_leaving"] | None = None


class ContactRegraded(EventKind, kind="contact.regraded", means="the response grade was changed"):
    graded: Grade
    reason: Words
    authorised_by: Words | None = None


class ContactDoubted(
    EventKind,
    kind="contact.doubted",
    means="somebody thinks a report malicious; it is treated so once a supervisor agreed",
):
    reason: Words
    agreed: bool
    decided: bool | None = None  # this is the supervisor's word, whichever way
    account: int | None = None


class DispatchRelayed(
    EventKind, kind="dispatch.relayed", means="what is known of the children and of dangers was passed to whoever goes"
):
    to: Words
    children: int | None = None  # facts about children that were passed on
    warnings: int | None = None  # and about the officer's own safety
    rests_on: list[int] | None = None


class SceneRecorded(EventKind, kind="scene.recorded", means="what was found and done at the scene"):
    done: list[Words] | None = None
    parent_intoxicated: Answered | None = None
    drugs_about: Answered | None = None
    children_unsupervised: Answered | None = None
    conditions: Words | None = None
    not_done_because: Words | None = None


class ContactReviewed(EventKind, kind="contact.reviewed", means="a supervisor listened to how a contact was taken"):
    tone: Literal["respectful", "hurried", "doubting", "dismissive"]
    words: Words | None = None


class ContactClosed(EventKind, kind="contact.closed", means="an incident was closed"):
    seen: Literal["yes", "agreed", "no_child"]  # each child seen; an inspector agreed that one was not; no child in it
    outcome: Literal["passed_on", "safe", "crime", "malicious", "nothing_found", "other"]
    reason: Words
    authorised_by: Words | None = None


class AdviceRequested(EventKind, kind="advice.requested", means="somebody asked a specialist how to go about it"):
    of: Words
    question: Words | None = None


class AdviceGiven(EventKind, kind="advice.given", means="the specialist answered"):
    text: Words | None = None
    adviser: Words | None = None


class AttendanceDispatched(EventKind, kind="attendance.dispatched", means="an officer was sent"):
    unit: Words | None = None


class AttendanceArrived(EventKind, kind="attendance.arrived", means="an officer arrived"):
    pass


class AttendanceDelayed(
    EventKind, kind="attendance.delayed", means="whoever was to go, or was sent, will be late, and why"
):
    reason: Words
    expected: Moment | None = None


class AttendanceCancelled(EventKind, kind="attendance.cancelled", means="nobody will go"):
    reason: Words
    authorised_by: Words | None = None


class ChildSeen(EventKind, kind="child.seen", means="a professional saw the child"):
    alone: bool
    spoken_to: bool
    safe: bool | None = None
    demeanour: Words | None = None
    views: Words | None = None
    injuries: Words | None = None
    interpreter_used: bool | None = None
    where: Words | None = None
    seen_by: Words | None = None  # by whom, where it was not whoever wrote it down
    seen_by_agency: Words | None = None


class CrimeRecorded(EventKind, kind="crime.recorded", means="an offence was recorded"):
    offence: Words
    category: Literal[
        "violence",
        "sexual",
        "cruelty_neglect",
        "exploitation",
        "online",
        "theft_damage",
        "drugs",
        "public_order",
        "other",
    ]
    child_is: Literal["victim", "suspect", "witness", "both", "present", "unidentified", "none"]
    recent: bool | None = None


class CrimeCancelled(EventKind, kind="crime.cancelled", means="a recorded offence was cancelled ('no crime')"):
    reason: Words
    additional_verifiable_information: bool
    evidence: Words | None = None
    asked_by: Words | None = None
    reviewed_by: Words | None = None


class CrimeCancelling(
    EventKind,
    kind="crime.cancelling",
    means="somebody asks that a recorded offence be cancelled; another has to review it",
):
    reason: Words
    evidence: Words
    account: int | None = None


class CrimeDeclined(
    EventKind, kind="crime.declined", means="it was decided, with a reason, that no offence is recorded"
):
    reason: Words
    decided_by: Words | None = None


class IntelligenceRecorded(EventKind, kind="intelligence.recorded", means="information short of a report"):
    kind_: Literal["exploitation", "associates", "location", "online", "drugs", "weapons", "abuse", "other"] = Field(
        alias="kind"
    )
    summary: Words
    handling: Handling | None = None


class StopSearchHeld(EventKind, kind="stop_search.held", means="an officer stopped and searched somebody"):
    power: Words
    looking_for: Literal["drugs", "weapons", "stolen_property", "articles", "other"]
    found: bool
    outcome: Literal[
        "no_further_action",
        "arrest",
        "warning",
        "penalty_notice",
        "community_resolution",
        "summons",
        "taken_home",
        "other",
    ]
    ethnicity_said: Words | None = None
    ethnicity_seen: Words | None = None
    adult_present: bool | None = None
    intimate_parts_exposed: bool | None = None


class CrossForceSearched(
    EventKind, kind="cross_force.searched", means="what other forces hold was searched, and whether anything was found"
):
    system: Words
    purpose: Words
    found: bool | None = None


class CrossForceHit(EventKind, kind="cross_force.hit", means="another force or vetting body holds something"):
    force: Words
    about: Words | None = None


class CrossForceUsed(EventKind, kind="cross_force.used", means="what another force holds was used, and for what"):
    use: Words
