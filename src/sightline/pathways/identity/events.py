"""The events that identity writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import Day, EventKind, Handling, Postcode, Words


class PersonRecorded(EventKind, kind="person.recorded", means="a system holds a record of this person"):
    forenames: Words
    surname: Words
    aliases: list[Words] | None = None
    born: Day | None = None
    sex: Literal["F", "M", "X", "U"] | None = None
    ethnicity: Words | None = None
    disability: list[Words] | None = None
    language: Words | None = None
    interpreter: bool | None = None
    school: Words | None = None
    gp: Words | None = None
    nhs_number: Words | None = None
    pnc_id: Words | None = None
    phone: list[Words] | None = None
    trusted_adult: Words | None = None
    communication_needs: Words | None = None
    upn: Words | None = None
    born_text: Words | None = None
    died: Day | None = None


class RelationshipRecorded(EventKind, kind="relationship.recorded", means="two people are connected"):
    kind_: Literal[
        "parent",
        "step_parent",
        "carer",
        "grandparent",
        "aunt_uncle",
        "sibling",
        "cousin",
        "partner",
        "ex_partner",
        "child_of_partner",
        "lodger",
        "neighbour",
        "teacher_coach",
        "associate",
        "worker_with",
    ] = Field(alias="kind")
    cares_for: bool | None = None
    lives_with: bool | None = None
    ended: Day | None = None
    since: Day | None = None
    handling: Handling | None = None


class AddressRecorded(EventKind, kind="address.recorded", means="a person lives or stays somewhere"):
    lines: Words
    postcode: Postcode | None = None
    kind_: Literal["home", "care_home", "foster", "hostel", "hospital", "secure", "school", "temporary", "other"] = (
        Field(alias="kind")
    )
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    handling: Handling | None = None


class AddressProtected(
    EventKind,
    kind="address.protected",
    means="where somebody lives must not be given out: a refuge, a safe house, an address kept from an adult who poses a risk to them",
):
    reason: Words
    until: Day | None = None


class AddressReleased(EventKind, kind="address.released", means="an address need no longer be kept safe"):
    reason: Words


class ContactPreferred(
    EventKind,
    kind="contact.preferred",
    means="how somebody can be reached without putting them at risk; kept from an adult who poses a risk to them",
):
    by: Literal["call", "text", "email", "letter", "in_person", "through_somebody"]
    detail: Words | None = None
    never_by: Words | None = None
    never_at: list[Words] | None = None
    not_in_front_of: list[Words] | None = None
    until: Day | None = None


class MarkerSet(
    EventKind,
    kind="marker.set",
    means="a standing fact that everyone who meets this person, or goes to this place, must know (with place and no person for a place); used where the fact's own event is not held - where both exist both are shown, and a disagreement with them",
):
    kind_: Literal[
        "child_protection_plan",
        "looked_after",
        "child_in_need",
        "care_leaver",
        "registered_sex_offender",
        "risk_to_children",
        "violent",
        "weapons",
        "firearms",
        "domestic_abuse_perpetrator",
        "domestic_abuse_victim",
        "marac",
        "mappa",
        "bail_conditions",
        "shpo",
        "sro",
        "cawn",
        "exploitation_risk",
        "missing_frequent",
        "self_harm",
        "mental_health",
        "custody_suicide_risk",
        "pregnant",
        "service_family",
        "unaccompanied_asylum_seeker",
        "private_fostering",
        "dangerous_dog",
        "other",
    ] = Field(alias="kind")
    detail: Words | None = None
    until: Day | None = None
    authority: Words | None = None
    handling: Handling | None = None


class MarkerCleared(EventKind, kind="marker.cleared", means="the standing fact no longer holds"):
    kind_: Words = Field(alias="kind")
    reason: Words | None = None


class IdentityDecided(
    EventKind, kind="identity.decided", means="a person decided that two records are or are not the same person"
):
    same: bool
    reason: Words
    records: list[Words] | None = None
    account: int | None = None
    bits: float | None = None
    proposed_by: Words | None = None
    proposed_account: int | None = None
    declined: bool | None = None
