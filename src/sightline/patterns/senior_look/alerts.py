"""An escalation without an answer; repetition that calls for a senior look; history older than its source keeps on line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import OPENING, incidents, worrying
from sightline.clocks.limits import local_default

SENIOR = ("superintendent",)
SHORT_MEMORY = ("command_and_control",)
ALERTS = "alerts"  # told apart from a look that the number of incidents calls for, where both come from one entry


def escalation_unanswered(case: Case) -> Iterable[Finding]:
    """A worry was taken to a more senior level, which has not answered."""
    for raised in case.of("escalation.raised", role=("child", "subject")):
        if case.first("escalation.answered", since=raised.at) is None:
            yield case.finding(
                "escalation_unanswered",
                raised,
                case.due("escalation.answered", raised),
                "An escalation about this child has had no answer from the level it was taken to.",
                step="Take it one level higher, with what has happened since.",
            )


def senior_review_due(case: Case) -> Iterable[Finding]:
    """Every so many incidents, somebody senior looks at the whole case."""
    if not case.is_child():
        return
    found = incidents(case, "missing.reported")
    every = case.number("senior_review.every")
    reached = len(found) // every * every
    if not reached:
        return
    last = found[reached - 1]
    if not _looked(case, last.at):
        yield case.finding(
            "senior_review_due",
            last.opened,
            case.at_once(last.opened),
            f"{reached} incidents are recorded about this child, and nobody senior has looked at the whole case since.",
            step="Read the whole chronology, and say what must change.",
            rests_on=[i.opened for i in found[:reached]],
        )


@cache
def level_now() -> frozenset[str]:
    """The kinds of alert of which one that stands asks somebody to act today."""
    return frozenset(yaml.safe_load((Path(__file__).parent / "levels.yaml").read_text(encoding="utf-8"))["now"])


def several_stand(case: Case) -> Iterable[Finding]:
    """So many alerts of level now stand at once about one child that somebody senior looks at the whole case.

    It looks at what the other rules found when they were asked about this child, and so clears as they do. A senior look at any time
    since the last of them fell due is enough, until as many again have come.
    """
    urgent = sorted(
        (
            f
            for f in case.found
            if f.kind in level_now() and case.subject in (f.subject, *f.cause.people.get("child", ()))
        ),
        key=lambda f: (f.due_at, f.key),
    )
    if not urgent:
        return
    every = case.number("senior_review.alerts", urgent[0].due_at)
    for count in range(every, len(urgent) + 1, every):
        last = urgent[count - 1]
        if case.is_child(last.due_at) and not _looked(case, last.due_at):
            yield case.finding(
                "senior_review_due",
                last.cause,
                last.due_at,
                f"{count} things that should have been done at once for this child have not been, and nobody senior has looked at"
                " the whole case since.",
                step="Read what stands and the whole chronology, and say who does what today.",
                rests_on=[h for f in urgent[:count] for h in f.rests_on],
                part=ALERTS,
            )
            return


def _looked(case: Case, since: datetime) -> bool:
    """Whether somebody senior looked at the case, or it was audited, from then."""
    looked = case.first("investigation.reviewed", since=since, where=lambda h: h.get("by_role") in SENIOR)
    return looked is not None or case.first("audit.completed", since=since) is not None


def history_archived(case: Case) -> Iterable[Finding]:
    """Something has happened, and earlier entries of the same system are older than it keeps on line: who looks there sees none of them."""
    if not case.is_child():
        return
    opened = case.of("contact.received", where=lambda h: h.source in SHORT_MEMORY and worrying(h))
    if len(opened) < 2:
        return
    new = opened[-1]
    limit = f"kept_online.{new.source}"
    old = [h for h in opened[:-1] if h.source == new.source and case.due(limit, h) < new.at]
    known = case.first("risk.assessed", since=new.at, where=lambda h: h.get("history_considered") is True)
    if old and known is None:
        yield case.finding(
            "history_archived",
            new,
            case.at_once(new),
            f"{len(old)} earlier reports about this child are older than the command system keeps on line; they are in the chronology here.",
            step="Read them before deciding.",
            rests_on=old,
        )


RULES = [
    Rule("escalation_unanswered", ("escalation.raised",), escalation_unanswered, local_default(provision="QA-17"),
         "An escalation that has had no answer.", roles=("child", "subject"), answers=("escalation.answered",),
         limits=("escalation.answered",)),
    Rule("senior_review_due", (*OPENING, "missing.reported"), senior_review_due, local_default(provision="RA-31"),
         "Repetition that calls for a senior look at the whole case.", answers=("investigation.reviewed", "audit.completed"), around=True,
         limits=("at_once", "senior_review.every", "incident.same")),
    Rule("senior_review_due", (), several_stand, local_default(provision="RA-31"),
         "Several alerts about one child at once, each of which asks somebody to act now.", answers=("investigation.reviewed", "audit.completed"),
         last=True, limits=("senior_review.alerts",)),
    Rule("history_archived", ("contact.received",), history_archived, local_default(provision="IS-06"),
         "Relevant history older than the source keeps it on line.", answers=("risk.assessed",),
         limits=("at_once", "kept_online.command_and_control")),
]  # fmt: skip
