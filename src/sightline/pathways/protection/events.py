"""The events that protection writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import EventKind, Words


class ProtectionTaken(
    EventKind,
    kind="protection.taken",
    means="a constable took the child into police protection (Children Act 1989 s46)",
):
    grounds: Words
    kind_: Literal["removed", "prevented_removal"] = Field(alias="kind")


class ProtectionDesignated(EventKind, kind="protection.designated", means="a designated officer took charge"):
    officer: Words


class ProtectionInformed(EventKind, kind="protection.informed", means="somebody who must be told was told"):
    whom: Literal["child", "parent", "local_authority", "other"]


class ProtectionMoved(EventKind, kind="protection.moved", means="the child was moved"):
    to: Literal["local_authority", "refuge", "hospital", "relative", "police_station", "other"]


class ProtectionEnded(EventKind, kind="protection.ended", means="police protection ended"):
    reason: Literal["order_made", "accommodated", "returned_home", "relatives", "expired"]
    plan_in_place: bool | None = None
