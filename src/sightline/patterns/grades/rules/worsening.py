"""Whether what happens to a child comes more often, or is graver than what came before. It says so only from incidents that it lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.incidents import AT_HOME, Incident, incidents
from sightline.chronology.view import Happening

# How grave an incident is, by what is recorded of it: 0 words or a worry, 1 a call about violence, 2 a crime against a person, 3 what kills.
AGAINST_A_PERSON = ("violence", "sexual", "cruelty_neglect", "exploitation")
GRAVEST = (
    *("strangl", "chok", "suffocat", "throat", "knife", "blade", "machete", "stab", "gun", "firearm", "hammer", "axe"),
    *("acid", "petrol", "kill", "murder", "rape", "fracture", "broken bone", "unconscious", "wounding", "grievous"),
)
GRAVITY = ("a worry or words", "a call about violence", "a crime against a person", "what could have killed")


@dataclass(frozen=True)
class Worsening:
    """One way in which it gets worse, in a sentence that counts or names, and the entries it rests on, oldest first."""

    says: str
    entries: tuple[Happening, ...]


def worsening(case: Case, at: datetime) -> tuple[Worsening, ...]:
    """What has become worse by a moment: nothing is foretold, and where incidents do not show it nothing is said."""
    held = [i for i in incidents(case) if i.at <= at]
    return tuple(found for found in (_more_often(case, held, at), _graver(case, held, at)) if found)


def _more_often(case: Case, held: Sequence[Incident], at: datetime) -> Worsening | None:
    """Enough in the newest span, and so many times as many as in the span before it."""
    ends = [(i, case.due("worsening.span", i.opened)) for i in held]
    recent = [i for i, end in ends if end >= at]
    before = [i for i, end in ends if end < at <= case.due_from("worsening.span", end)]
    if len(recent) < max(case.number("worsening.fewest", at), case.number("worsening.times", at) * len(before)):
        return None
    span = case.limits.say("worsening.span", at)
    says = f"more often: {len(recent)} in the last {span}, {len(before) or 'none'} in the {span} before"
    return Worsening(says, tuple(i.opened for i in (*before, *recent)))


def _graver(case: Case, held: Sequence[Incident], at: datetime) -> Worsening | None:
    """The newest of several is graver than every one before it."""
    lately = [i for i in held if at <= case.due("worsening.looks_back", i.opened)]
    if len(lately) < case.number("worsening.fewest", at):
        return None
    *before, last = [gravity(i) for i in lately]
    if last < 2 or last <= max(before):
        return None
    says = f"graver: the newest is {GRAVITY[last]}, the {len(before)} before it at most {GRAVITY[max(before)]}"
    return Worsening(says, tuple(e for i in lately for e in i.entries))


def gravity(incident: Incident) -> int:
    """How grave an incident is, by what its entries say."""
    return max(_of(e) for e in incident.entries)


def _of(entry: Happening) -> int:
    said = f"{entry.get('offence') or ''} {entry.get('what_happened') or ''}".lower()
    if any(w in said for w in GRAVEST):
        return 3
    if entry.kind == "crime.recorded" and entry.get("category") in AGAINST_A_PERSON:
        return 2
    return int(entry.kind == "contact.received" and entry.get("kind") in (*AT_HOME, "sexual_offence"))
