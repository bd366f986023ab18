"""What holds at a moment: involvements, restrictions, exclusions and emergency openings all run from one moment to another, or go on."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

# Why somebody is involved who has the child, and does not merely read of it.
HAS = ("allocated", "team", "referral")


def live_at(at: datetime) -> Q:
    """Rows with `from_at` and `until_at` that hold at a moment; without an end they go on."""
    return Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
