"""The events that participation writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import EventKind, Moment, Words

Understood = Literal["yes", "in_part", "no"]


class ClosingExplained(
    EventKind,
    kind="closing.explained",
    means="a child was told why a case ends with nothing more done, and how to come back",
):
    contact: Words
    route: Words
    what: Words
    said_back: Words
    understood: Understood


class AdvocateOffered(
    EventKind,
    kind="advocate.offered",
    means="an advocate or a mediator of a voluntary agency was offered to a child or family",
):
    who: Literal["advocate", "mediator", "victims_adviser", "mentor", "other"]
    agency: Words
    to: Literal["child", "parent", "carer", "family"]
    answer: Literal["accepted", "declined", "thinking_about_it"]
    because: Words | None = None


class AdvocateUsed(
    EventKind,
    kind="advocate.used",
    means="an advocate or a mediator was at the child's or family's side, and what it changed",
):
    agency: Words
    did: Words
    effect: Literal["helped", "no_change", "made_worse", "never_began"]
    changed: Words | None = None


class AppointmentCancelled(
    EventKind, kind="appointment.cancelled", means="an appointment with a child or family did not take place"
):
    what: Words
    by: Literal["us", "another_agency", "child", "family"]
    because: Words
    instead: Moment | None = None
    child_told: bool | None = None


class WorkerChanged(EventKind, kind="worker.changed", means="somebody else became the worker whom a child has"):
    role: Words
    before: Words
    now: Words
    because: Words
    goodbye_said: bool | None = None


class SpecialMeasuresChosen(
    EventKind,
    kind="special_measures.chosen",
    means="special measures for giving evidence were explained, and what the child chose",
):
    explained: list[Words]
    wanted: list[Words] | None = None
    not_wanted: list[Words] | None = None
    choice: Words
    how: Words | None = None
    asked_for: Literal["yes", "not_yet", "nothing_wanted"]


class BailExplained(
    EventKind, kind="bail.explained", means="bail conditions were given in plain words, and whether they can be kept"
):
    to: Literal["child", "parent", "carer", "supporter"]
    conditions: list[Words]
    workable: Literal["yes", "in_part", "no"]
    clashes: Words | None = None
    help_offered: Words
    change_asked: Words | None = None


class RightsExplained(
    EventKind,
    kind="rights.explained",
    means="a child in custody was told their rights in words of their own, and said them back",
):
    words: Words
    said_back: Words
    understood: Understood
    adult_present: bool
