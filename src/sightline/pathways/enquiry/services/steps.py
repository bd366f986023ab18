"""What steps of a discussion share: the order in which they stand, and an action as an entry says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.chronology.stepping import take
from sightline.kernel.errors import Refused
from sightline.pathways.enquiry.rules import STRATEGY

AFTER = timedelta(milliseconds=1)  # what a discussion set in hand comes after it in the order of entries


@dataclass(frozen=True)
class ActionSaid:
    """Something that somebody is to do: what, who, for which agency, by when."""

    what: str
    owner: str
    agency: str
    due: datetime

    def said(self, called: str) -> dict[str, Any]:
        """As an entry says it."""
        return {
            "id": called,
            "what": self.what,
            "owner": self.owner,
            "agency": self.agency,
            "due": self.due.isoformat(),
        }


def in_order(run: Run | None, moment: datetime) -> datetime:
    """The moment of a step, not before the one that went before it; within the same minute it comes after. Raises Refused for one before."""
    if run is None:
        return moment
    last = run.entries[-1].at
    if moment < last - timedelta(minutes=1):
        raise Refused(
            "That is before what went before it here. Look at the time, or record it as a discussion of its own."
        )
    return max(moment, last + AFTER)


def set_one(
    viewer: Viewer, person: int, key: str, action: ActionSaid, *, token: str, at: datetime, seen: int | None = None
) -> None:
    """One action under a discussion."""
    take(
        viewer,
        STRATEGY,
        person,
        key,
        "action.set",
        token=token,
        data=action.said(f"strategy-{token}"),
        at=at,
        seen=seen,
    )
