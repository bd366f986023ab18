"""Accounts that contradict each other, and only those: an age that fits a date of birth is no contradiction."""

from __future__ import annotations

import re
from dataclasses import replace

from sightline.pathways.identity.queries import Disagreement
from sightline.people.persons import Said

_YEARS = re.compile(r"^(\d{4})(?: to (\d{4}))?(?![\d-])")


def contradictions(disagreements: tuple[Disagreement, ...]) -> tuple[Disagreement, ...]:
    """Each disagreement with the accounts that cannot all be right; none where they can."""
    kept = (
        replace(d, accounts=_against(d.accounts) if d.about == "Date of birth" else d.accounts) for d in disagreements
    )
    return tuple(d for d in kept if len(d.accounts) > 1)


def _against(accounts: tuple[Said, ...]) -> tuple[Said, ...]:
    """The first account, which most sources give, and those it does not fit; a year or an age fits any date in it."""
    first, rest = accounts[0], accounts[1:]
    return (first, *(a for a in rest if not _fits(first.value, a.value)))


def _fits(one: str, other: str) -> bool:
    low, high = _span(one)
    other_low, other_high = _span(other)
    exact = all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in (one, other))
    return one == other if exact else low <= other_high and other_low <= high


def _span(value: str) -> tuple[int, int]:
    """The years a birth may lie in; what says no year fits any."""
    if found := _YEARS.match(value):
        return int(found[1]), int(found[2] or found[1])
    return (int(value[:4]), int(value[:4])) if re.match(r"\d{4}-", value) else (0, 9999)
