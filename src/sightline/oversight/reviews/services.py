"""Giving what a high grade asks for to somebody by name, dropping it with a reason, deciding to do nothing, and asking about self-harm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sightline.access.viewer import Viewer
from sightline.chronology.record import record
from sightline.chronology.stepping import entry_here, held_here
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import worded
from sightline.oversight.reviews.queries import following_page, one_task
from sightline.people.anchors import keys_for

PAST = "Choose a day that is not past."


def give_task(viewer: Viewer, person: int, task: str, *, owner: str, due: date, token: str, at: datetime) -> int:
    """Give one thing that a high grade asks for to somebody by name, by a day; gives the entry. The fact itself ends it: nobody ticks it off.

    Raises NotFound where the grade asks for no such thing any more, Refused for a day that is past or without a name.
    """
    one_task(viewer, person, task)
    if not owner.strip():
        raise Refused("Say who does it.")
    _not_past(due, at)
    said = {"task": task, "owner": owner.strip(), "due": due.isoformat()}
    return _record(viewer, person, "grade.task_given", said, token, at)


def drop_task(viewer: Viewer, person: int, task: str, *, reason: str, token: str, at: datetime) -> int:
    """Write down why one thing that a high grade asks for will not be done. Raises NotFound, Refused for no reason."""
    one_task(viewer, person, task)
    return _record(viewer, person, "grade.task_dropped", {"task": task, "reason": worded(reason)}, token, at)


def decide_nothing(viewer: Viewer, person: int, *, reason: str, review_on: date, token: str, at: datetime) -> int:
    """Decide to do nothing for now, with reasons and a day on which that is looked at again: a legitimate outcome.

    Raises NotFound where the viewer may not read the child, Refused for no reason and for a day that is past.
    """
    following_page(viewer, person)
    _not_past(review_on, at)
    said = {"reason": worded(reason), "review_on": review_on.isoformat()}
    return _record(viewer, person, "no_action.decided", said, token, at)


def assess_self_harm(
    viewer: Viewer, person: int, *, occasion: str, finding: str, text: str, token: str, at: datetime
) -> int:
    """Write down what was found when a child who is held, missing or interviewed was asked about self-harm and suicide.

    Raises NotFound where the viewer may not read the child, Refused where nothing is said of what was asked.
    """
    following_page(viewer, person)
    said = {"occasion": occasion, "finding": finding, "text": worded(text)}
    return _record(viewer, person, "self_harm.assessed", said, token, at)


def _not_past(day: date, at: datetime) -> None:
    if day < local(at).date():
        raise Refused(PAST)


def _record(viewer: Viewer, person: int, kind: str, said: Mapping[str, Any], token: str, at: datetime) -> int:
    people = {"child": (keys_for([person])[person],)}
    ref = f"{kind}/{token}"
    return held_here(ref) or record(entry_here(viewer, kind, ref, people, said, at), viewer)
