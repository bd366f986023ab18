"""What became of each row: applied, superseded, unchanged or quarantined. One of the four, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sightline.chronology.entries import Became, moment
from sightline.exchange.feeds.parsing import UNDATED, Read
from sightline.kernel.errors import BadInput, shown


class Outcome(StrEnum):
    """Applied: something new. Superseded: it replaced another version, or was overtaken by one. Unchanged: all of it was held, or was erased."""

    APPLIED = "applied"
    SUPERSEDED = "superseded"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"


_UNSETTLED = (Became.UNORDERED, Became.CONTESTED)
_NOTHING_NEW = (Became.UNCHANGED, Became.ERASED)


@dataclass(frozen=True)
class RowOutcome:
    """A row and what became of it, with field and reason where it was quarantined."""

    read: Read
    outcome: Outcome
    field: str = ""
    reason: str = ""
    erased: bool = False  # unchanged, because what it says was erased here and is not taken again


def judge(read: Read, became: Sequence[Became]) -> RowOutcome:
    """What became of a row, from what became of each of its entries.

    The row's own events decide; what it says of the people it mentions counts where nothing else is new, for other rows say it too.
    """
    if read.reason:
        return RowOutcome(read, Outcome.QUARANTINED, shown(read.field), shown(read.reason))
    own = [b for said, b in zip(read.said, became, strict=True) if not said.shared]
    for said, b in zip(read.said, became, strict=True):
        if b in _UNSETTLED and (not said.shared or not own):
            dated = (
                "undated"
                if moment(said.extracted_at) == UNDATED
                else f"of {moment(said.extracted_at):%Y-%m-%d %H:%M} UTC"
            )
            why = f"cannot be ordered: another version, {dated} too, says otherwise of {said.kind} under {said.ref}"
            return RowOutcome(read, Outcome.QUARANTINED, "", why)
    if all(b in _NOTHING_NEW for b in became):
        return RowOutcome(read, Outcome.UNCHANGED, erased=Became.ERASED in became)
    decisive = own if any(b not in _NOTHING_NEW for b in own) else became
    replaced = any(b is Became.SUPERSEDED for b in decisive)
    return RowOutcome(read, Outcome.SUPERSEDED if replaced else Outcome.APPLIED)


def broken_off(fault: BadInput, rows: int) -> RowOutcome | None:
    """The break of a file as a row of its own, after the `rows` before it; nothing where the file cannot be taken at all."""
    if not fault.row and not rows:
        return None
    return RowOutcome(Read(max(fault.row, rows + 1), ""), Outcome.QUARANTINED, fault.field, fault.reason)


def new_events(read: Read, became: Sequence[Became]) -> Counter[str]:
    """How many new events of each kind a row gave."""
    written = (Became.APPLIED, Became.SUPERSEDED, Became.CONTESTED)
    return Counter(said.kind for said, b in zip(read.said, became, strict=True) if b in written)
