"""The events that custody writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Moment, Words


class DetentionAuthorised(EventKind, kind="detention.authorised", means="a child's detention was authorised"):
    station: Words
    reason: Words
    offence: Words | None = None
    power: Literal["arrest", "warrant", "breach_of_bail", "breach_of_order", "s136", "recall", "other"]
    necessity: Words | None = None


class DetentionRightsGiven(EventKind, kind="detention.rights_given", means="rights were given"):
    appropriate_adult_present: bool


class DetentionRiskAssessed(EventKind, kind="detention.risk_assessed", means="the custody risk assessment was done"):
    vulnerabilities: list[Words] | None = None
    cell: Literal["cell", "detention_room"]


class AdultRequested(EventKind, kind="adult.requested", means="an appropriate adult was asked to come"):
    who: Literal["parent", "social_worker", "scheme", "other"]


class AdultAnswered(EventKind, kind="adult.answered", means="whoever was asked said whether and when they come"):
    coming: bool
    expected: Moment | None = None
    reason: Words | None = None


class AdultArrived(EventKind, kind="adult.arrived", means="the appropriate adult came"):
    pass


class DetentionInformed(EventKind, kind="detention.informed", means="somebody responsible for the child was told"):
    whom: Literal["parent", "social_care", "care_home", "youth_offending", "solicitor"]


class DetentionChecked(EventKind, kind="detention.checked", means="a welfare check"):
    kind_: Literal["visit", "rousing", "observation"] = Field(alias="kind")


class DetentionOffered(
    EventKind, kind="detention.offered", means="food, drink, exercise, washing or other care was offered"
):
    what: Literal["meal", "drink", "exercise", "wash", "reading", "hygiene", "other"]
    accepted: bool | None = None


class DetentionReviewed(EventKind, kind="detention.reviewed", means="an officer reviewed the detention"):
    by_rank: Words
    continue_: bool = Field(alias="continue")
    representations: Words | None = None


class DetentionHealthcare(EventKind, kind="detention.healthcare", means="a health professional saw the child"):
    seen: bool
    outcome: Words | None = None


class PropertyFound(
    EventKind, kind="property.found", means="something was found on the child that says something about risk"
):
    what: Words


class PlacementRefused(EventKind, kind="placement.refused", means="a home or carer would not have the child back"):
    by: Words
    reason: Words | None = None


class DetentionInterviewed(EventKind, kind="detention.interviewed", means="the child was interviewed as a suspect"):
    appropriate_adult_present: bool
    solicitor: bool | None = None


class AccommodationRequested(
    EventKind, kind="accommodation.requested", means="local authority accommodation was asked for"
):
    kind_: Literal["secure", "open"] = Field(alias="kind")
    to: Words
    reason: Words | None = None


class AccommodationAnswered(EventKind, kind="accommodation.answered", means="the local authority answered"):
    offered: bool
    responsibility_taken: bool | None = None
    reason: Words | None = None


class DetentionCharged(EventKind, kind="detention.charged", means="the child was charged and bail decided"):
    bail: Literal["granted", "refused"]
    reason: Words | None = None
    ground: (
        Literal[
            "will_not_appear", "offence_on_bail", "injury", "interference", "own_interests", "name_or_address", "none"
        ]
        | None
    ) = None


class DetentionCertified(
    EventKind, kind="detention.certified", means="the certificate for the court on why the child was kept was completed"
):
    reason: Words


class DetentionEnded(EventKind, kind="detention.ended", means="the child left custody"):
    how: Literal[
        "bailed",
        "released_under_investigation",
        "no_further_action",
        "local_authority",
        "court",
        "hospital",
        "place_of_safety",
        "voluntary_attendance",
    ]
    to: Words | None = None
    safe_release_plan: bool | None = None
