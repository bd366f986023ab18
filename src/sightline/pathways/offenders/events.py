"""The events that offenders writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import Day, EventKind, Words


class OffenderRegistered(
    EventKind, kind="offender.registered", means="a person became subject to notification requirements or management"
):
    scheme: Literal["registered_sex_offender", "mappa_1", "mappa_2", "mappa_3", "risk_to_children"]
    risk: Literal["low", "medium", "high", "very_high"]


class OffenderVisited(EventKind, kind="offender.visited", means="an offender manager visited"):
    seen: bool
    concerns: Words | None = None
    children_at_address: bool | None = None


class OffenderChanged(EventKind, kind="offender.changed", means="the offender notified or was found with a change"):
    what: Literal["address", "relationship", "employment", "travel", "contact_with_child", "online_access", "other"]
    notified: bool


class OffenderBreached(EventKind, kind="offender.breached", means="a requirement or order was breached"):
    what: Words


class CustodyReceived(
    EventKind, kind="custody.received", means="a prison received or moved a person who poses a risk to children"
):
    prison: Words


class CustodyReleasePlanned(EventKind, kind="custody.release_planned", means="a release or temporary release is due"):
    release_on: Day
    address: Words | None = None


class ProbationChecked(
    EventKind,
    kind="probation.checked",
    means="probation asked children's services whether the children around an offender are known",
):
    children: int | None = None
    answered: bool | None = None


class DisclosureRequested(
    EventKind, kind="disclosure.requested", means="someone asked under the child sex offender disclosure scheme"
):
    about: Words
    relationship: Words | None = None


class DisclosureDecided(EventKind, kind="disclosure.decided", means="the decision"):
    disclose: bool
    to: Words | None = None
    reason: Words


class DisclosureMade(EventKind, kind="disclosure.made", means="the disclosure was made"):
    to: Words


class TravelStopped(
    EventKind, kind="travel.stopped", means="somebody was stopped at a border under an order, or to protect a child"
):
    under: Words
    result: Literal["turned_back", "arrested", "passport_held", "allowed", "other"]
