"""What binds linking: what named people decided about who is who, and that nobody is their own kin.

Reads below the gate: for services that have passed it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from sightline.people.matching.thresholds import JOIN_AT
from sightline.people.models import Decision, Relationship
from sightline.people.partition import InForce, Said, in_force, not_their_own_kin


def decisions(records: Iterable[int] | None = None) -> InForce:
    """Decisions in force about these records; None for all."""
    held = Decision.objects.all()
    if records is not None:
        asked = list(records)
        held = held.filter(Q(left_id__in=asked) | Q(right_id__in=asked))
    return in_force(_said(d) for d in held)


def binding(records: Iterable[int] | None = None) -> InForce:
    """As `decisions`; and whom any system names as kin of each other are two people, unless a person said that they are one."""
    held = Relationship.objects.all()
    if records is not None:
        asked = list(records)
        held = held.filter(subject_id__in=asked, other_id__in=asked)
    return not_their_own_kin(decisions(records), held.values_list("subject_id", "other_id"))


def _said(d: Decision) -> Said:
    # A decision that came with a feed names no account of ours: its system's own rules applied, and it stands alone.
    settles = not d.same or d.account is None or (d.bits is not None and d.bits >= JOIN_AT)
    return Said((d.left_id, d.right_id), d.same, d.decided_at, d.event_id, str(d.account), settles)
