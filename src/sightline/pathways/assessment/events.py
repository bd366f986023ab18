"""The events that assessment writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import EventKind, Words

Harm = Literal["in_family", "outside_family", "online"]
Capacity = Literal["protects", "protects_with_help", "does_not_protect", "not_known"]


class HarmAssessed(
    EventKind,
    kind="harm.assessed",
    means="the risk to a child was assessed, in one form for harm in the family, outside it and online",
):
    harm: list[Harm]
    risks: Words
    peers: Words
    places: Words
    siblings: Words
    online: Words | None = None
    protective: Words
    level: Literal["low", "medium", "high", "very_high"]
    reason: Words
    unseen_since: Words | None = None


class ImpactAssessed(
    EventKind,
    kind="child.impact_assessed",
    means="what the harm means for one child was assessed, whoever it was aimed at",
):
    impact: Words
    of: Words | None = None


class CapacityAssessed(
    EventKind,
    kind="carer.capacity_assessed",
    means="whether somebody who cares for a child can protect them was assessed",
):
    whose: Words
    capacity: Capacity
    says: Words
