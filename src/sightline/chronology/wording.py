"""The chronology as a page shows it: each entry in words, filtered by links, and as a picture. Pure but for the clock it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from sightline.agencies.systems import systems
from sightline.chronology.kinds import kinds
from sightline.chronology.view import Happening
from sightline.kernel.moments import age_on, local, say_date
from sightline.people.persons import Person
from sightline.ui.jinja import words
from sightline.ui.pictures import Mark, time_picture

OWN_LANES = {"crime": "Crime", "intelligence": "Intelligence", "risk": "Risk"}
LANES = {"contact": "Contacts", "concern": "Concerns", "identity": "Records", "offenders": "Offender management"}
NOT_SHOWN_UNASKED = "Records"
STRONG = ("crime.recorded", "missing.reported", "protection.taken", "exploitation.indicated", "bail.breached")
UNVERIFIED = ("intelligence.recorded", "cross_force.hit")
ALLEGATION = ("contact.received", "crime.recorded", "allegation.made", "exploitation.indicated", "suspect.identified")
OPINION = ("risk.assessed", "concern.notified", "health.consulted", "assessment.completed", "enquiry.completed", "harm.assessed",
           "child.impact_assessed", "carer.capacity_assessed")  # fmt: skip
UNSAID = ("handling", "account")  # most systems have none: that it was not supplied says nothing
NUMBERS = ("account", "decided_account")  # a number of our own, beside the name that the entry is by
OWN_WORDS = ("voice.captured", "complaint.received", "retraction.recorded", "interview.held", "return_interview.held")


@dataclass(frozen=True)
class Other:
    """Somebody else in an entry; without a name where this viewer has not opened them."""

    role: str
    person: int | None
    name: str


@dataclass(frozen=True)
class Line:
    """One entry as it is shown, with everything it was said with."""

    event: Happening
    title: str
    lane: str
    standing: str
    source: str
    age: int | None
    said: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    as_role: tuple[str, ...]
    others: tuple[Other, ...]
    strong: bool


def lane_of(kind: str) -> str:
    """Where an entry is shown: by what it is, else by the slice that declares it."""
    first = kind.split(".", 1)[0]
    if first in OWN_LANES:
        return OWN_LANES[first]
    declared = kinds().get(kind)
    owner = declared.__module__.split(".")[-2] if declared else first
    return LANES.get(owner, words(owner))


def standing_of(kind: str) -> str:
    """Fact, allegation, opinion, unverified report or somebody's own words: what kind of truth an entry claims."""
    for kinds_of, name in ((UNVERIFIED, "Unverified report"), (ALLEGATION, "Allegation"), (OPINION, "Opinion")):
        if kind in kinds_of:
            return name
    return "Their own account" if kind in OWN_WORDS else "Fact"


def line(event: Happening, subject: int, born: Any, around: Mapping[int, Person]) -> Line:
    """One entry in words. `born` gives the age at the time (a date, or None)."""
    declared = kinds().get(event.kind)
    names = [f.alias or name for name, f in declared.model_fields.items() if name not in NUMBERS] if declared else []
    said = tuple(
        (words(name), in_words(event.data[name]))
        for name in names
        if name not in NUMBERS and event.data.get(name) not in (None, "")
    )
    roles = tuple(words(role) for role, held in event.people.items() if subject in held)
    return Line(
        event, words(event.kind.replace(".", "_")), lane_of(event.kind), standing_of(event.kind),
        source_name(event.source), age_on(born, local(event.at).date()) if born else None, said,
        () if event.pointer else tuple(words(n) for n in names if n not in (*event.data, *event.withheld, *UNSAID)), roles,
        tuple(_others(event, subject, around)), _strong(event),
    )  # fmt: skip


def _strong(event: Happening) -> bool:
    return event.kind in STRONG or (event.kind == "risk.assessed" and event.get("grade") in ("high", "very_high"))


def _others(event: Happening, subject: int, around: Mapping[int, Person]) -> Iterable[Other]:
    for role, held in event.people.items():
        for person in held:
            if person != subject:
                known = around.get(person)
                yield Other(
                    words(role), person if known else None, known.name if known else "somebody you have not opened"
                )


def source_name(key: str) -> str:
    """A record system as a person would say it."""
    return systems()[key].name if key in systems() else words(key)


def in_words(value: Any) -> str:
    """A stored value as words: yes, no, a date, a list."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{words(k)}: {in_words(v)}" for k, v in value.items())
    return _day(str(value)) or str(value).replace("_", " ").removesuffix(".")


def _day(text: str) -> str:
    if len(text) < 10 or text[4:5] != "-":
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return say_date(moment.date()) if len(text) == 10 else f"{say_date(local(moment).date())}, {local(moment):%H:%M}"


def picture(lines: Iterable[Line], *, until: datetime, title: str) -> Markup:
    """The entries shown, over the years."""
    shown = list(lines)
    marks = [Mark(x.event.at, x.lane, f"{say_date(local(x.event.at).date())}: {x.title}", x.strong) for x in shown]
    marks.sort(key=lambda m: (m.lane, m.strong, m.at))
    description = f"{len(shown)} entries, one dot each, in {len({m.lane for m in marks})} rows. The same entries are listed below."
    return time_picture(marks, until=until, title=title, description=description)
