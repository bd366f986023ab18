"""The events that follow a grade: its public face."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import Day, EventKind, Words

Task = Literal["strategy", "plan", "arrest", "order"]


class TaskGiven(
    EventKind, kind="grade.task_given", means="something that a high grade asks for was given to somebody by name"
):
    task: Task
    owner: Words
    due: Day


class TaskDropped(
    EventKind, kind="grade.task_dropped", means="something that a high grade asks for will not be done, and why"
):
    task: Task
    reason: Words


class NothingDecided(
    EventKind,
    kind="no_action.decided",
    means="it was decided, with reasons, to do nothing for now, and when that is looked at again",
):
    reason: Words
    review_on: Day


class SelfHarmAssessed(
    EventKind,
    kind="self_harm.assessed",
    means="signs of self-harm and suicide were asked about while a child was held, missing or interviewed",
):
    occasion: Literal["detained", "missing", "interviewed"]
    finding: Literal["none", "known_before", "signs_now"]
    text: Words
