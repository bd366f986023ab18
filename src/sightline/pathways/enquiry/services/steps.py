"""What steps of a discussion share: the order in which they stand, and an action as an entry says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from sightline.access.viewer import Viewer
from sightline.chronology.courses import Course, Run
from sightline.chronology.stepping import HERE, begin, take
from sightline.kernel.errors import Refused
from sightline.kernel.moments import say_moment
from sightline.kernel.reasons import worded
from sightline.pathways.enquiry.queries import begun, beside
from sightline.pathways.enquiry.rules import STRATEGY
from sightline.people.anchors import keys_for

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


class AlreadyOpen(Refused):
    """One of the same about this child goes on, or was lately written down; `run` is that one."""

    def __init__(self, run: Run) -> None:
        who, when = run.first.by or run.first.source, say_moment(run.first.at)
        super().__init__(
            f"{run.course.title} about this child was begun by {who}, {when}, so nothing of yours was saved yet. "
            "Look at it: go on with that one, or say why yours is another."
        )
        self.run = run


def begin_one(
    viewer: Viewer, person: int, course: Course, kind: str, said: Mapping[str, Any], *, separate: str, token: str, at: datetime
) -> str:  # fmt: skip
    """The entry that begins a discussion or an enquiry; gives its run's key. Two people who begin one at once do so one after the other.

    Raises AlreadyOpen where there is one and nobody says why this is another. Below the gate: for services that have passed it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{course.key} about {person}"])
        found = begun(viewer, person, course)
        mine = f"{HERE}:{course.key}/{token}" in {r.key for r in found}
        other = None if mine else beside(viewer, found)
        if other is not None and not separate.strip():
            raise AlreadyOpen(other)
        why = {"separate_because": worded(separate, "Say why this is another one")} if other is not None else {}
        people = {"child": (keys_for([person])[person],)}
        return begin(viewer, course, kind, token=token, people=people, data={**said, **why}, at=at)


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
