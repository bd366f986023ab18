"""The events that allegations writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import EventKind, Words


class AllegationMade(
    EventKind,
    kind="allegation.made",
    means="it is alleged that someone who works with children may have harmed or may pose a risk",
):
    criteria: Literal["harmed", "offence", "risk", "suitability"]
    post: Words
    employer: Words
    regulated_activity: bool | None = None


class DesignatedOfficerInformed(
    EventKind, kind="designated_officer.informed", means="the local authority designated officer was told"
):
    pass


class AllegationDecided(EventKind, kind="allegation.decided", means="the outcome"):
    outcome: Literal["substantiated", "unsubstantiated", "false", "malicious", "unfounded"]


class EmploymentEnded(EventKind, kind="employment.ended", means="the person was removed, left or resigned"):
    because_of_risk: bool


class EmploymentSanctioned(
    EventKind,
    kind="employment.sanctioned",
    means="the employer disciplined or suspended the person short of ending the post",
):
    what: Literal["suspended", "warned", "moved", "supervised", "other"]


class DbsReferred(EventKind, kind="dbs.referred", means="a referral was made to the barring service"):
    pass


class DbsDecided(EventKind, kind="dbs.decided", means="the barring service decided"):
    outcome: Literal["barred_children", "barred_adults", "barred_both", "not_barred"]
