"""Roles as declarations (roles.yaml), and what each may do. The table below is the whole of it: default is no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml


class May(StrEnum):
    """What a role can be trusted with, apart from any one child."""

    SEARCH_AT_FIRST_CONTACT = "search with a typed reason, which opens a time-limited involvement"
    READ_WHEN_INVOLVED = "read the record of a child they are involved with"
    DECIDE_IDENTITY = "say that two records are, or are not, one person"
    REVIEW_ACCESS = "read the access log"
    ADMINISTER = "configure, without any record"
    DECIDE_LIMITS = "decide what the partnership's own limits are, from a date"
    AGREE_TO_GRADES = "agree, as a supervisor, to a grade below what recorded facts support"


ANSWERS_CALLS = (
    "call_handler",
    "response_officer",
    "duty_inspector",
    "custody_sergeant",
    "on_call_specialist",
    "mash_manager",
)
DECIDES_IDENTITY = (
    *("mash_manager", "social_care_manager", "missing_coordinator", "exploitation_team", "detective_sergeant"),
    "data_guardian",
)
DECIDES_LIMITS = ("administrator", "detective_superintendent", "partner_lead")
AGREES_TO_GRADES = (
    *("supervisor", "specialist_supervisor", "duty_inspector", "detective_sergeant", "detective_inspector"),
    *("detective_superintendent", "mash_manager", "social_care_manager"),
)


@dataclass(frozen=True)
class Role:
    """A role of the vocabulary, and what it may do."""

    key: str
    agency: str
    means: str
    above: str
    relative: bool
    may: frozenset[May]

    @property
    def name(self) -> str:
        """As on a door: `Call handler`, `MASH manager`."""
        return self.key.replace("_", " ").capitalize().replace("Mash", "MASH")


def _rights(key: str) -> frozenset[May]:
    if key == "administrator":
        return frozenset({May.ADMINISTER, May.DECIDE_LIMITS})
    rights = {May.READ_WHEN_INVOLVED}
    if key in ANSWERS_CALLS:
        rights.add(May.SEARCH_AT_FIRST_CONTACT)
    if key in DECIDES_IDENTITY:
        rights.add(May.DECIDE_IDENTITY)
    if key in DECIDES_LIMITS:
        rights.add(May.DECIDE_LIMITS)
    if key in AGREES_TO_GRADES:
        rights.add(May.AGREE_TO_GRADES)
    if key == "data_guardian":
        rights.add(May.REVIEW_ACCESS)
    return frozenset(rights)


@cache
def roles() -> dict[str, Role]:
    """Every role by key."""
    declared = yaml.safe_load((Path(__file__).parent / "roles.yaml").read_text())
    return {
        key: Role(key, row["agency"], row["means"], row.get("above", ""), bool(row.get("relative")), _rights(key))
        for key, row in declared.items()
    }


def above_others(key: str) -> bool:
    """Whether others answer to this post: it is above somebody on the ladder."""
    return any(r.above == key for r in roles().values())


def role_name(key: str) -> str:
    """A role as on a door."""
    return roles()[key].name if key in roles() else key.replace("_", " ").capitalize()
