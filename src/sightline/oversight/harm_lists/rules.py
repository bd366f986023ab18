"""How often a child was reported, and how many children an adult has harmed by how many offences. Pure functions of what was known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.alerts.case import ADULT, Case
from sightline.alerts.incidents import Incident, incidents
from sightline.chronology.view import Happening
from sightline.kernel.moments import local

HARMED = ("crime.recorded", "intelligence.recorded", "exploitation.indicated")
OFFENCES = ("violence", "sexual", "cruelty_neglect", "exploitation", "online")
IN_HAND = ("offender.registered", "offender.visited", "disruption.used", "bail.set", "charge.made", "suspect.arrested")
NOT_HARMED = ("suspect", "none", "unidentified")


def week_of(moment: datetime) -> date:
    """The Monday that a list is of: it says what was known as that day began, and is the same all week."""
    day = local(moment).date()
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Reported:
    """A child, their incidents in the time that counts, how many of these are of the week before the list, and whether a plan holds."""

    child: int
    incidents: tuple[Incident, ...]
    lately: int
    plan: bool

    @property
    def score(self) -> int:
        """How many incidents: what is listed can be counted."""
        return len(self.incidents)


def reported(case: Case) -> Reported:
    """How often a child was reported, as incidents are counted everywhere: what one contact, crime or report opens is one."""
    held = tuple(
        i for i in incidents(case) if case.due("most_reported.looks_back", i.opened) > case.as_of and i.at < case.as_of
    )
    week = case.as_of - timedelta(days=7)
    started, ended = case.last("plan.started"), case.last("plan.ended")
    plan = started is not None and (ended is None or ended.at < started.at)
    return Reported(case.subject, held, sum(i.at >= week for i in held), plan)


@dataclass(frozen=True)
class Harmful:
    """An adult, the children whom entries name beside them as harmed, the offences recorded, and what was last done about them."""

    adult: int
    children: frozenset[int]
    offences: tuple[Happening, ...]
    other: tuple[Happening, ...]
    in_hand: Happening | None

    @property
    def weight(self) -> tuple[int, int, float]:
        """Most children first, then most offences, then the newest."""
        last = max((h.at.timestamp() for h in (*self.offences, *self.other)), default=0.0)
        return (len(self.children), len(self.offences), last)


def harmful(case: Case) -> Harmful:
    """Whom an adult is recorded to have harmed: suspected, charged or convicted, each child and each offence counted once."""
    own = [h for h in case.of(*HARMED, role=("suspect", "offender", "subject")) if _counts(case, h)]
    cancelled = {_key(h) for h in case.of("crime.cancelled", role="")}
    own = [h for h in own if _key(h) not in cancelled]
    children = frozenset(p for h in own for p in harmed(case, h))
    offences = tuple(h for h in own if h.kind == "crime.recorded")
    return Harmful(
        case.subject, children, offences, tuple(h for h in own if h.kind != "crime.recorded"), case.last(*IN_HAND)
    )


def _key(entry: Happening) -> tuple[str, str]:
    """The row of its source that an entry comes from: the same for a crime and for its being cancelled."""
    return entry.source, entry.ref.rsplit("/", 1)[0]


def _counts(case: Case, entry: Happening) -> bool:
    recent = entry.at < case.as_of < case.due("most_harmful.looks_back", entry)
    graver = entry.kind != "crime.recorded" or entry.get("category") in OFFENCES
    return recent and graver and bool(harmed(case, entry))


def harmed(case: Case, entry: Happening) -> set[int]:
    """The children of an entry whom it names as harmed: in the role of child, or a victim who was under eighteen then."""
    if entry.get("child_is") in NOT_HARMED:
        return set()
    named = set(entry.people.get("child", ()))
    for victim in entry.people.get("victim", ()):
        age = case.other(victim).age(entry.at)
        if age is not None and age < ADULT:
            named.add(victim)
    return named - {case.subject}
