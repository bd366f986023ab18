"""The events that contact writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Words


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
    caller_is: Literal["child", "parent", "relative", "neighbour", "professional", "anonymous", "other"]
    told_child_is_safe: bool | None = None


class ContactChecked(
    EventKind, kind="contact.checked", means="record systems were searched before the response was decided"
):
    systems: list[Words]
    found: Words | None = None


class AdviceRequested(EventKind, kind="advice.requested", means="somebody asked a specialist how to go about it"):
    of: Words
    question: Words | None = None


class AdviceGiven(EventKind, kind="advice.given", means="the specialist answered"):
    text: Words | None = None


class AttendanceDispatched(EventKind, kind="attendance.dispatched", means="an officer was sent"):
    pass


class AttendanceArrived(EventKind, kind="attendance.arrived", means="an officer arrived"):
    pass


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


class IntelligenceRecorded(EventKind, kind="intelligence.recorded", means="information short of a report"):
    kind_: Literal["exploitation", "associates", "location", "online", "drugs", "weapons", "abuse", "other"] = Field(
        alias="kind"
    )
    summary: Words
