"""The events that missing writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Words


class MissingReported(EventKind, kind="missing.reported", means="a child was reported missing"):
    graded: Literal["no_apparent", "low", "medium", "high"]
    reported_by: Literal["parent", "care_home", "foster_carer", "school", "relative", "other"]
    circumstances: Words | None = None
    last_seen_place: Words | None = None


class MissingRegraded(EventKind, kind="missing.regraded", means="the risk was changed"):
    graded: Literal["no_apparent", "low", "medium", "high"]
    reason: Words


class MissingEnquiry(EventKind, kind="missing.enquiry", means="something was done to find the child"):
    kind_: Literal["search", "phone", "associates", "address", "media", "intelligence", "other"] = Field(alias="kind")
    result: Words | None = None


class MissingLocated(
    EventKind, kind="missing.located", means="it is known or likely where the child is, before anyone has got there"
):
    where: Words
    sure: bool | None = None


class MissingReturned(EventKind, kind="missing.returned", means="the child came back or was found"):
    found_by: Literal["police", "family", "carers", "self", "other"]
    where: Words | None = None
    with_whom: Words | None = None
    harmed: Literal["yes", "no", "unknown"]


class PreventionInterviewHeld(
    EventKind, kind="prevention_interview.held", means="police checked the child was safe and well on return"
):
    seen: bool
    alone: bool | None = None
    disclosed: Words | None = None


class ReturnInterviewOffered(
    EventKind, kind="return_interview.offered", means="an independent return interview was offered"
):
    accepted: bool


class ReturnInterviewHeld(EventKind, kind="return_interview.held", means="it took place"):
    reasons: Words | None = None
    places: list[Words] | None = None
    people: list[Words] | None = None
    shared_with_police: bool | None = None
    informs_plan: bool | None = None
