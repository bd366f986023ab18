"""How common each name, postcode and date is: sharing a rare one says more than sharing a common one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .records import Cleaned

COUNTED = ("forename", "surname", "dob_firm", "postcode")
# In a small file every name looks common, because each is there at most a few times among few; so a value's share is
# counted as if this many further records stood behind the file, with the value as common as an ordinary one is.
BEHIND = 3000
ORDINARY = {"forename": 0.001, "surname": 0.0004, "dob_firm": 0.00007, "postcode": 0.00008}


def share(column: str, count: Any, total: int) -> Any:
    """The share of people with a value that `count` of `total` records hold; an array of counts gives one of shares."""
    return (count + BEHIND * ORDINARY[column]) / (total + BEHIND)


@dataclass(frozen=True)
class Frequencies:
    """Shares of one by column and value; a value that is not there has no share, and then none is reckoned with."""

    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def of(self, column: str, value: str | None) -> float | None:
        """The share of records holding this value, or None."""
        if value is None:
            return None
        column_shares = self.shares.get(column)
        return None if column_shares is None else column_shares.get(value)

    @classmethod
    def from_counts(cls, counts: Mapping[str, Mapping[str, int]]) -> Frequencies:
        """Shares from how many records hold each value; a column's total is the sum of its counts."""
        shares = {}
        for column, counted in counts.items():
            total = sum(counted.values())
            shares[column] = {value: share(column, count, total) for value, count in counted.items()}
        return cls(shares)

    @classmethod
    def of_people(cls, people: Iterable[Cleaned]) -> Frequencies:
        """Shares counted over cleaned records."""
        counts: dict[str, Counter[str]] = {column: Counter() for column in COUNTED}
        for person in people:
            for column in COUNTED:
                value = getattr(person, column)
                if value is not None:
                    counts[column][value] += 1
        return cls.from_counts(counts)


NONE = Frequencies()
