"""Roles as declarations (roles.yaml), and what each may do apart from any one child (the rights of policy.yaml): default is no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sightline.access import policy


class May(StrEnum):
    """What a role can be trusted with, apart from any one child."""

    SEARCH_AT_FIRST_CONTACT = "search with a typed reason, which opens a time-limited involvement"
    READ_WHEN_INVOLVED = "read the record of a child they are involved with"
    DECIDE_IDENTITY = "say that two records are, or are not, one person"
    REVIEW_ACCESS = "read the access log"
    ADMINISTER = "configure, without any record"
    DECIDE_LIMITS = "decide what the partnership's own limits are, from a date"
    AGREE_TO_GRADES = "agree, as a supervisor, to a grade below what recorded facts support"
    REVIEW_RETENTION = "review what is kept of people, hold it, and dispose of it with a second person's agreement"
    AGREE_TO_EXPORTS = "agree, as a second person, to a file of many people's records"
    OPEN_CONTACTS = "open a contact, grade it and record what was done about it"
    CLOSE_UNSEEN = "close or lower an incident though a child is unseen, with a reason"
    DECIDE_REFERRALS = "decide for the receiving agency or the hub what a referral comes to"
    HOLD_STRATEGY = "call a strategy discussion, record it, and run the enquiry it decides on"
    CHAIR = "chair a child protection conference and a review, and decide on the plan"
    RESTRICT_RECORDS = "restrict a record, so that it opens only to those who work with the child, and lift that"
    RECORD_APPOINTMENTS = "record whom a court appointed for a child, which opens the record to them while that lasts"


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
    """Raises KeyError for a right that nobody declared."""
    return frozenset(May[right.upper()] for right in policy.rights_of(key))


@cache
def roles() -> dict[str, Role]:
    """Every role by key."""
    return {
        key: Role(key, row["agency"], row["means"], row.get("above", ""), bool(row.get("relative")), _rights(key))
        for key, row in policy.vocabulary().items()
    }


def above_others(key: str) -> bool:
    """Whether others answer to this post: it is above somebody on the ladder."""
    return any(r.above == key for r in roles().values())


def role_name(key: str) -> str:
    """A role as on a door."""
    return roles()[key].name if key in roles() else key.replace("_", " ").capitalize()
