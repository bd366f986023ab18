"""Reasons in somebody's own words: too short to mean anything is none."""

from __future__ import annotations

from sightline.kernel.errors import Refused

SHORTEST_REASON = 10  # characters


def worded(reason: str, asks: str = "Say why", *, ends: str = ".") -> str:
    """The reason without blanks around it. Raises Refused, in the words of `asks`, for one too short to mean anything."""
    said = reason.strip()
    if len(said) < SHORTEST_REASON:
        raise Refused(f"{asks}, in at least {SHORTEST_REASON} characters{ends}")
    return said
