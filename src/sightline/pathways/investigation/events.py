"""The events that investigation writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import Day, EventKind, Words


class InvestigationOpened(EventKind, kind="investigation.opened", means="police began to investigate"):
    team: Literal[
        "response",
        "child_protection",
        "exploitation",
        "domestic_abuse",
        "online",
        "rape",
        "offender_management",
        "other",
    ]
    crime_ref: Words | None = None


class InvestigationAllocated(EventKind, kind="investigation.allocated", means="a named officer has it"):
    officer: Words
    specialist: bool


class InvestigationPlanned(EventKind, kind="investigation.planned", means="an investigation plan was set"):
    lines: list[Words]
    rationale: Words | None = None


class InvestigationReviewed(EventKind, kind="investigation.reviewed", means="a supervisor reviewed it"):
    by_role: Literal["sergeant", "inspector", "superintendent", "partner"]
    directions: list[Words] | None = None
    satisfied: bool


class InvestigationClosed(EventKind, kind="investigation.closed", means="it ended"):
    outcome: Literal[
        "charged",
        "out_of_court",
        "no_further_action_evidence",
        "no_further_action_victim",
        "no_further_action_public_interest",
        "unfounded",
        "transferred",
    ]
    reason: Words
    remaining_risk_considered: bool | None = None
    safeguarding_plan: bool | None = None


class InterviewPlanned(EventKind, kind="interview.planned", means="an interview with the child was planned"):
    needs_assessed: bool
    intermediary: Literal["needed", "not_needed", "not_considered"]
    joint: bool | None = None
    special_measures: Words | None = None


class InterviewHeld(EventKind, kind="interview.held", means="the child or a witness was interviewed"):
    recorded: bool
    joint: bool | None = None
    intermediary_used: bool | None = None
    in_presence_of_suspect: bool | None = None
    times_asked: int | None = None
    minutes: int | None = None
    asked_to_stop: bool | None = None
    went_on: bool | None = None
    interviewers: list[Words] | None = None


class InterviewCare(
    EventKind, kind="interview.care", means="a child, victim or witness was given care while helping the police"
):
    what: Literal["meal", "drink", "break", "transport", "supporter", "other"]


class RetractionRecorded(
    EventKind, kind="retraction.recorded", means="the child or a parent withdrew or changed the account"
):
    possible_pressure: bool | None = None
    text: Words | None = None


class MedicalRequested(EventKind, kind="medical.requested", means="a medical examination was asked for"):
    kind_: Literal["forensic", "child_protection", "sarc", "health"] = Field(alias="kind")


class MedicalHeld(EventKind, kind="medical.held", means="it took place"):
    findings: Words | None = None


class MedicalReported(EventKind, kind="medical.reported", means="the report arrived"):
    pass


class HealthConsulted(EventKind, kind="health.consulted", means="a clinician's opinion was sought"):
    role: Words
    opinion: Words | None = None
    clinician: Words | None = None


class EvidenceTaken(
    EventKind, kind="evidence.taken", means="photographs, scene, statement or other evidence was taken"
):
    kind_: Literal["photograph", "scene", "statement", "cctv", "phone_download", "document", "forensic", "other"] = (
        Field(alias="kind")
    )


class SuspectIdentified(EventKind, kind="suspect.identified", means="a suspect is known"):
    contact_with_children: bool | None = None
    role_with_children: Words | None = None


class SuspectSeen(EventKind, kind="suspect.seen", means="the suspect was spoken to or interviewed"):
    under_caution: bool


class SuspectArrested(EventKind, kind="suspect.arrested", means="the suspect was arrested"):
    offence: Words | None = None


class ArrestConsidered(EventKind, kind="arrest.considered", means="an arrest was considered and what was decided"):
    decision: Literal["arrest", "voluntary_attendance", "not_now", "no"]
    reason: Words | None = None


class BailSet(EventKind, kind="bail.set", means="bail or other conditions were set"):
    kind_: Literal["pre_charge", "post_charge", "court", "released_under_investigation"] = Field(alias="kind")
    conditions: list[Words] | None = None
    until: Day | None = None


class BailBreached(EventKind, kind="bail.breached", means="a condition was broken"):
    condition: Words | None = None


class BailChecked(EventKind, kind="bail.checked", means="somebody checked that a condition meant to protect is kept"):
    condition: Words | None = None
    kept: bool


class DeviceSeized(EventKind, kind="device.seized", means="a phone or computer was taken"):
    item: Words
    risk: Literal["low", "medium", "high"]


class DeviceSubmitted(EventKind, kind="device.submitted", means="it was sent for examination"):
    item: Words
    priority: Literal["urgent", "high", "medium", "low"]


class DeviceKnown(
    EventKind, kind="device.known", means="a phone or computer that matters is known and nobody has taken it yet"
):
    item: Words
    held_by: Words | None = None


class DeviceAllocated(EventKind, kind="device.allocated", means="an examiner has it"):
    item: Words
    examiner: Words


class DeviceExamined(EventKind, kind="device.examined", means="it was examined"):
    item: Words
    stage: Literal["triage", "full"]
    indecent_images: bool | None = None


class DeviceReported(EventKind, kind="device.reported", means="the report was given to the investigator"):
    item: Words


class ReportRequested(EventKind, kind="report.requested", means="an outside report was asked for"):
    of: Literal["social_care", "health", "education", "forensic", "photographer", "third_party", "cps", "other"]
    item: Words | None = None


class ReportReceived(EventKind, kind="report.received", means="it came"):
    of: Words
    item: Words | None = None


class CpsSubmitted(EventKind, kind="cps.submitted", means="the file went for a charging decision"):
    pass


class CpsDecided(EventKind, kind="cps.decided", means="the decision came"):
    decision: Literal["charge", "no_charge", "more_evidence"]


class ChargeMade(EventKind, kind="charge.made", means="somebody was charged"):
    offence: Words


class DisposalGiven(EventKind, kind="disposal.given", means="an out-of-court result"):
    kind_: Literal[
        "caution",
        "conditional_caution",
        "youth_caution",
        "community_resolution",
        "warning",
        "fixed_penalty",
        "outcome_21",
        "outcome_22",
    ] = Field(alias="kind")
    for_: Words = Field(alias="for")
    child_is_suspect: bool | None = None


class CourtResult(EventKind, kind="court.result", means="a court decided"):
    result: Literal["convicted", "acquitted", "discontinued", "order_made", "order_refused"]
    detail: Words | None = None
