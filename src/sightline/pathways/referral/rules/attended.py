"""Which entries tell of domestic abuse, and which show that police were there. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sightline.alerts.ties import born
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.calendar import Calendar
from sightline.kernel.law import Source, Standing
from sightline.kernel.moments import age_on, local
from sightline.pathways.referral.rules.order import before_school

LOOKS_BACK = timedelta(days=3)  # a long weekend's incidents, where nothing ran meanwhile
TOLD_OF = ("contact.received", "concern.notified", "risk.assessed")
WENT = ("attendance.arrived", "child.seen", "suspect.arrested", "concern.notified", "risk.assessed")
ASIDE = ("reporter", "worker", "professional")  # whose part in an incident makes no home of theirs its place
NURSERY, ADULT = 2, 18  # years: younger children seldom are at a nursery
TELL = Source(
    "Domestic Abuse Act 2021",
    "s49A, inserted by s20 of the Victims and Prisoners Act 2024: arrangements to tell a child's school as soon as is reasonably practicable",
    Standing.LAW,
    edition="before the next school day (local default)",
    in_force_from=date(2025, 11, 7),
    checked="2026-11: s20 as enacted; SI 2025/1168 (C. 57) reg. 2, which brought it into force",
)


class Told(Protocol):
    """An entry, as far as it is asked here."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def agency(self) -> str:
        """Who wrote it."""

    def get(self, name: str) -> Any:
        """What it says in one field."""


def domestic(entry: Told) -> bool:
    """Whether an entry tells of domestic abuse: a call, an officer's concern form, or an assessment of risk made at the scene."""
    if entry.kind == "contact.received":
        return bool(entry.get("kind") == "domestic_abuse")
    if entry.kind == "concern.notified":
        return entry.get("encounter") in (None, "incident") and any(
            "domestic" in str(k) for k in entry.get("kinds") or ()
        )
    return entry.kind == "risk.assessed" and _at_the_scene(entry)


def police_were_there(entry: Told) -> bool:
    """Whether an entry shows that police went: they arrived, arrested, saw the child, or wrote down there what they found."""
    if entry.kind == "child.seen":
        return entry.agency == "police"
    if entry.kind == "risk.assessed":
        return _at_the_scene(entry)
    if entry.kind == "concern.notified":
        return domestic(entry)
    return entry.kind in WENT


def untold(own: Chronology, calendar: Calendar) -> Iterator[tuple[Happening, Happening, datetime]]:
    """Domestic incidents of a child that police went to and of which no setting was told: what shows that they went, and by when to tell.

    None of before the law, of an adult, or of a child too young for a nursery. Two before the same school day are told of at once.
    """
    told, said = own.of_kind("setting.told"), set()
    went = [h for h in own.of_kind(*WENT) if police_were_there(h)]
    for incident in own.of_kind(*TOLD_OF):
        if not domestic(incident) or incident.concerns(own.subject, *ASIDE) or not _at_a_setting(own, incident.at):
            continue
        there = next((h for h in went if incident.at <= h.at <= incident.at + LOOKS_BACK), None)
        if there is None or not TELL.in_force(local(there.at).date()) or any(incident.at <= h.at for h in told):
            continue
        due = before_school(there.at, calendar)
        if due not in said:
            said.add(due)
            yield incident, there, due


def _at_a_setting(own: Chronology, at: datetime) -> bool:
    birth = own.once(born)
    age = age_on(birth, local(at).date()) if birth else None
    return age is None or NURSERY <= age < ADULT


def _at_the_scene(entry: Told) -> bool:
    said = (entry.get("tool"), entry.get("stage"), entry.get("role"))
    return said == ("domestic_abuse", "initial", "response")
