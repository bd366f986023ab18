"""The events that referral writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import EventKind, Moment, Words


class ReferralMade(EventKind, kind="referral.made", means="an agency asked another for help for a child"):
    to: Words
    basis: Literal["s17", "s47", "early_help", "marac", "mappa", "designated_officer", "nrm", "dbs", "health", "other"]
    lawful_basis: Words
    consent: Literal["given", "refused", "not_sought", "not_safe_to_seek"]
    summary: Words
    urgency: Literal["same_day", "next_day", "routine"]
    risk: Words | None = None
    asked_for: Words | None = None
    child_said: Words | None = None
    called: Words | None = None
    necessity: Words | None = None
    proportionality: Words | None = None
    response_by: Words | None = None
    team: Words | None = None
    account: int | None = None  # whose door it stands at
    form: list[Words] | None = None


class ReferralAcknowledged(EventKind, kind="referral.acknowledged", means="the receiving agency confirmed receipt"):
    pass


class ReferralDecided(EventKind, kind="referral.decided", means="the receiving agency decided what happens"):
    decision: Literal[
        "no_further_action",
        "signpost",
        "early_help",
        "child_in_need_assessment",
        "strategy_discussion",
        "enquiry",
        "accommodated",
        "returned_for_information",
    ]
    reason: Words
    by_role: Words | None = None
    owner: Words | None = None
    next_step: Words | None = None
    dissent: Words | None = None
    dissent_by: Words | None = None
    different: Words | None = None
    way_back_contact: Words | None = None
    way_back: Words | None = None
    child_said: Words | None = None
    child_changed: Words | None = None
    helped_before: Literal["yes", "partly", "no", "too_early"] | None = None  # whether what was done last time did
    account: int | None = None  # whoever decided does not answer a challenge of it


class ReferralFedBack(EventKind, kind="referral.fed_back", means="the referrer was told the outcome"):
    outcome: Words
    helped: Literal["yes", "partly", "no", "too_early"]


class InformationRequested(EventKind, kind="information.requested", means="one agency asked another what it knows"):
    of: Words
    purpose: Words
    lawful_basis: Words
    needed_by: Moment | None = None
    called: Words | None = None


class InformationSupplied(EventKind, kind="information.supplied", means="it answered"):
    summary: Words
    nothing_held: bool | None = None


class InformationRefused(EventKind, kind="information.refused", means="it refused"):
    reason: Words


class EscalationRaised(EventKind, kind="escalation.raised", means="a worry was taken to a more senior level"):
    about: Literal["delay", "decision", "resource", "attendance", "accommodation", "disagreement", "other"]
    level: int
    to_agency: Words
    text: Words
    to: Words | None = None
    thing: Words | None = None
    what: Words | None = None
    account: int | None = None
    decided_account: int | None = None  # whose decision is challenged: somebody else answers


class EscalationAnswered(EventKind, kind="escalation.answered", means="the senior level answered"):
    resolved: bool
    text: Words
    decided_again: bool | None = None  # answered by a new decision


class EarlyhelpStarted(EventKind, kind="earlyhelp.started", means="early help began"):
    lead: Words


class EarlyhelpEnded(EventKind, kind="earlyhelp.ended", means="early help ended"):
    reason: Words
    needs_met: bool | None = None


class EarlyhelpReturned(
    EventKind, kind="earlyhelp.returned", means="early help could not engage the family and gave the referral back"
):
    reason: Words


class ReferralExplained(
    EventKind,
    kind="referral.explained",
    means="somebody said why a referral led to no conference, plan, enquiry or service",
):
    reason: Words


class SettingTold(
    EventKind,
    kind="setting.told",
    means="a child's school or nursery was told, in few words, what it must know by its next day",
):
    of: Words
    told: Words
    lawful_basis: Words
    needed_by: Moment
    called: Words | None = None


class SettingReceived(
    EventKind,
    kind="setting.received",
    means="somebody at the setting has read it; its designated lead, where it says so",
):
    doing: Words | None = None
    by_role: Words | None = None
    lead: bool | None = None
