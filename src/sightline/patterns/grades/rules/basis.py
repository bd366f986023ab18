"""What a grade stood on when it was set: the history that was there, what had been asked and not answered, and what nobody knew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.alerts.case import Case
from sightline.chronology.courses import runs
from sightline.chronology.view import Happening
from sightline.pathways.referral.rules.courses import REQUEST
from sightline.patterns.grades.rules.floor import history


@dataclass(frozen=True)
class Basis:
    """Behind one grade. `used`: what was recorded of the time looked back over and known then; `learnt_later`: what was not."""

    looked_back: str
    used: tuple[Happening, ...]
    learnt_later: tuple[Happening, ...]
    searched: tuple[str, ...]
    asked: tuple[Happening, ...]
    unknown: tuple[str, ...]


def basis(case: Case, graded: Happening) -> Basis:
    """What a grade of this child stood on, by what was known when it was recorded."""
    held = [e for i in history(case, graded) for e in i.entries if e.event_id != graded.event_id]
    by = graded.recorded_at
    checks = case.within("contact.checked", since=graded.at.replace(hour=0, minute=0), until=graded.at)
    waits = [r.first for r in runs(REQUEST, case.own.known_by(by)) if not r.over and r.first.at <= graded.at]
    return Basis(
        case.limits.say("risk.looks_back", graded.at),
        tuple(e for e in held if e.recorded_at <= by),
        tuple(e for e in held if e.recorded_at > by),
        tuple(dict.fromkeys(str(s) for c in checks for s in c.get("systems") or ())),
        tuple(waits),
        tuple(_unknown(case, graded)),
    )


def _unknown(case: Case, graded: Happening) -> Iterator[str]:
    """What whoever graded had no answer to, beyond the factors of the grade itself."""
    day = graded.at.replace(hour=0, minute=0)
    if case.born is None:
        yield "how old the child is"
    if case.first("child.seen", since=day, until=graded.at) is None and not _seen_by_form(case, graded):
        yield "whether the child was seen that day"
    if not graded.people.get("suspect"):
        yield "who is suspected"
    if not case.homes(graded.at):
        yield "where the child lives"
    if not case.parents(graded.at):
        yield "who looks after the child"
    if graded.get("history_considered") is None:
        yield "whether whoever graded looked at the history"
    if graded.get("child_impact_considered") is None:
        yield "whether what it means for each child was considered"


def _seen_by_form(case: Case, graded: Happening) -> bool:
    day = graded.at.replace(hour=0, minute=0)
    return any(h.get("seen") for h in case.within("concern.notified", since=day, until=graded.at))
