"""What comes first in a queue, what is one family, and by when a school must know."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime, time, timedelta

from sightline.chronology.view import Happening
from sightline.clocks.calendar import Calendar
from sightline.kernel.moments import from_local, local

HIGH, MEDIUM, STANDARD = 0, 1, 2
RISKS = {HIGH: "High", MEDIUM: "Medium", STANDARD: "Standard"}
SCHOOL_BEGINS = time(8, 30)


def risk_of(referral: Happening) -> int:
    """How grave a referral says it is: what harm is suspected, and how soon help is asked for. What is not said is not low."""
    basis, urgency = referral.get("basis"), referral.get("urgency")
    if basis == "s47" or urgency == "same_day":
        return HIGH
    return STANDARD if urgency == "routine" and basis != "other" else MEDIUM


def looked_at_within(risk: int) -> str:
    """The limit by which somebody at the unit must have looked at it."""
    return "queue.high" if risk == HIGH else "queue.standard"


def families(children: Iterable[int], shared: Mapping[Hashable, Iterable[int]]) -> dict[int, int]:
    """Which children are of one family: those who share a home or an entry, and whoever shares one with them. By the lowest number of each."""
    head = {child: child for child in children}

    def of(child: int) -> int:
        while head[child] != child:
            child = head[child]
        return child

    for held in shared.values():
        together = sorted({of(c) for c in held if c in head})
        for other in together[1:]:
            head[other] = together[0]
    return {child: of(child) for child in head}


def before_school(at: datetime, calendar: Calendar) -> datetime:
    """When the next school day begins. School holidays differ and are not known here: a working day stands for a school day."""
    day = local(at).date()
    for _ in range(30):
        begins = from_local(datetime.combine(day, SCHOOL_BEGINS))
        if begins > at and calendar.working(day):
            return begins
        day += timedelta(days=1)
    raise ValueError(f"no school day within a month of {at}")
