"""A complaint's course, what is owed to a child who takes part, and how often they were let down. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from sightline.alerts.ties import born
from sightline.chronology.courses import BEGIN, Course, Run, Step, runs
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import age_on, local

ADULT = 18
COMPLAINT = Course(
    "complaint",
    "A complaint",
    {"received": "made, and not yet answered", "answered": "looked into and answered"},
    (
        Step("complaint.received", (BEGIN,), "received", "write down what they say"),
        Step("complaint.answered", ("received",), "answered", "look at the case, and answer"),
    ),
    ends=("answered",),
)
HOSTILE = ("attitude", "not_believed")
OURS = ("us", "another_agency")
VICTIM = ("child", "victim")


@dataclass(frozen=True)
class Duty:
    """Something owed to the child: its name, what is done about it (a page's key), by when, and why."""

    title: str
    step: str
    due: datetime
    says: str = ""


def child_at(own: Chronology, at: datetime) -> bool:
    """Under 18; of unknown age counts as a child."""
    birth = own.once(born)
    age = age_on(birth, local(at).date()) if birth else None
    return age is None or age < ADULT


# What is counted


def worker_changes(own: Chronology) -> tuple[Happening, ...]:
    """Each time somebody else became the child's worker: said so, or another officer than the last was given the investigation."""
    found = list(own.of_kind("worker.changed"))
    last = ""
    for entry in own.of_kind("investigation.allocated"):
        officer = str(entry.get("officer") or "")
        if entry.concerns(own.subject, *VICTIM) and officer:
            if last not in ("", officer):
                found.append(entry)
            last = officer
    return tuple(sorted(found, key=lambda h: (h.at, h.event_id)))


def cancelled(own: Chronology) -> tuple[Happening, ...]:
    """Appointments that an agency cancelled; those that the child or the family did are not laid at anybody's door."""
    return tuple(h for h in own.of_kind("appointment.cancelled") if h.get("by") in OURS)


def hostile(own: Chronology) -> tuple[Happening, ...]:
    """Complaints of how somebody behaved to the child, withdrawn or not."""
    return tuple(h for h in own.of_kind("complaint.received") if h.get("about") in HOSTILE)


def accounts(own: Chronology) -> tuple[Happening, ...]:
    """Interviews in which the child gave an account."""
    return tuple(h for h in own.of_kind("interview.held") if h.concerns(own.subject, *VICTIM))


COUNTED = {
    "workers": ("changes of worker", worker_changes),
    "cancelled": ("appointments that were cancelled on them", cancelled),
    "hostile": ("complaints of hostile conduct", hostile),
}


def within(found: tuple[Happening, ...], at: datetime, limits: Limits) -> tuple[Happening, ...]:
    """Those of the time over which is counted, up to a moment."""
    return tuple(h for h in found if h.at <= at < limits.due("participation.counted", h.at))


# What is owed


def complaints(own: Chronology) -> tuple[Run, ...]:
    """Every complaint, oldest first."""
    return runs(COMPLAINT, own)


ENDED = ("enquiry.completed", "investigation.closed", "referral.decided")


def unexplained(own: Chronology, limits: Limits) -> Happening | None:
    """The newest ending with nothing more done that the child has not been told of so that they could say it back.

    None for a child too young for words of their own. Whichever system it ended in.
    """
    ended = [h for h in own.of_kind(*ENDED) if h.concerns(own.subject, *VICTIM) and _nothing_more(own, h)]
    if not ended or not child_at(own, ended[-1].at) or not _speaks(own, ended[-1].at, limits):
        return None
    told = (h for h in own.of_kind("closing.explained") if h.at >= ended[-1].at)
    return None if any(h.get("understood") == "yes" for h in told) else ended[-1]


def _nothing_more(own: Chronology, ended: Happening) -> bool:
    if ended.kind == "referral.decided":
        return ended.get("decision") == "no_further_action" and _told_somebody(own, ended)
    outcome, next_ = str(ended.get("outcome") or ""), str(ended.get("next") or "")
    return (
        next_ == "no_further_action"
        or outcome.startswith("no_further_action")
        or (outcome == "not_substantiated" and not next_)
    )


def _told_somebody(own: Chronology, decided: Happening) -> bool:
    """Whether the child knows that there was a referral: they had told somebody. Of one who knows of nothing nothing ended."""
    made = [h for h in own.of_kind("referral.made") if h.at <= decided.at and h.concerns(own.subject, *VICTIM)]
    return bool(made) and (bool(made[-1].get("child_said")) or made[-1].get("basis") == "s47")


def _speaks(own: Chronology, at: datetime, limits: Limits) -> bool:
    birth = own.once(born)
    age = age_on(birth, local(at).date()) if birth else None
    return age is None or age >= limits.number("voice.speaks_from", at)


def conditions(own: Chronology) -> Happening | None:
    """The bail conditions that were set on this child, the newest, unless what they were set for ended."""
    bail = [h for h in own.of_kind("bail.set") if h.concerns(own.subject, "suspect", "child") and h.get("conditions")]
    bail = [h for h in bail if h.concerns(own.subject, "suspect") or "suspect" not in h.people]
    return bail[-1] if bail and child_at(own, bail[-1].at) else None


def owed(own: Chronology, limits: Limits) -> Iterator[Duty]:
    """Everything that is owed to the child here, complaints aside."""
    if (ended := unexplained(own, limits)) is not None:
        due = limits.due("participation.closing", ended.at)
        yield Duty("Explain to the child why nothing more is done", "closing", due, "And let them say it back")
    yield from _of_bail(own, limits)
    yield from _of_rights(own, limits)
    yield from _of_measures(own, limits)
    yield from _of_advocates(own, limits)


def _of_bail(own: Chronology, limits: Limits) -> Iterator[Duty]:
    bail = conditions(own)
    if bail is None:
        return
    told = [h for h in own.of_kind("bail.explained") if h.at >= bail.at]
    if not told:
        yield Duty("Give the bail conditions in plain words", "bail", limits.due("participation.bail", bail.at))
    elif told[-1].get("workable") != "yes":
        says = str(told[-1].get("clashes") or "")
        yield Duty(
            "Have bail conditions changed that cannot be kept",
            "bail",
            limits.due("participation.bail", told[-1].at),
            says,
        )


def _of_rights(own: Chronology, limits: Limits) -> Iterator[Duty]:
    given = own.latest("detention.rights_given")
    ended = own.latest("detention.ended")
    if given is None or (ended is not None and ended.at >= given.at) or not child_at(own, given.at):
        return
    told = [h for h in own.of_kind("rights.explained") if h.at >= given.at]
    if not told or told[-1].get("understood") != "yes":
        again = "They could not say them back" if told else ""
        yield Duty(
            "Explain the custody rights in the child's words",
            "rights",
            limits.due("participation.rights", given.at),
            again,
        )


def _of_measures(own: Chronology, limits: Limits) -> Iterator[Duty]:
    opened = [h for h in own.of_kind("investigation.opened") if h.concerns(own.subject, *VICTIM)]
    if not opened or not child_at(own, opened[-1].at):
        return
    since = own.of_kind("special_measures.chosen", "investigation.closed")
    if not any(h.at >= opened[-1].at for h in since):
        due = limits.due("participation.measures", opened[-1].at)
        yield Duty("Explain special measures, and ask what the child chooses", "special-measures", due)


def _of_advocates(own: Chronology, limits: Limits) -> Iterator[Duty]:
    offered = own.latest("advocate.offered")
    if offered is None or offered.get("answer") == "declined":
        return
    due = limits.due("participation.advocate", offered.at)
    if not any(h.at >= offered.at for h in own.of_kind("advocate.used")):
        yield Duty("Ask what came of the advocate or mediator", "advocate-came", due, str(offered.get("agency") or ""))


# Bail in plain words


@dataclass(frozen=True)
class Plain:
    """A condition as it is written, how it is said in plain words, and what to ask before saying that it can be kept."""

    written: str
    plain: str
    ask: str = ""


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = yaml.safe_load((Path(__file__).parent / "bail.yaml").read_text(encoding="utf-8"))
    return tuple((re.compile(r["match"], re.IGNORECASE), r["plain"], r["ask"]) for r in rows)


def in_plain_words(condition: str) -> Plain:
    """A condition in plain words; one that nobody foresaw as it is written."""
    for phrase, plain, ask in _phrases():
        if found := phrase.fullmatch(condition.strip().rstrip(".")):
            return Plain(condition, plain.format(found[1].strip()), ask)
    return Plain(condition, condition, "What does the child think it means?")
