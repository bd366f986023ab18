"""Standing facts of domestic abuse at home, and the cases that go to a MARAC, from events that other pathways declare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology, Happening

RECENT = timedelta(days=365)  # local default

MARAC = "marac"
VICTIMS, OTHER_ADULTS, CHILDREN = ("victim",), ("suspect", "offender", "adult"), ("child",)
SAYS_OF_CHILD = ("views", "child_views", "child_said", "demeanour")
INCIDENTS = ("contact.received", "crime.recorded", "protection.taken", "missing.reported")
PLANS = ("plan.started", "plan.reviewed", "plan.ended", "conference.held", "planning.held", "meeting.held")
ACTIONS = ("action.set", "action.done", "action.dropped", "difference.noted")


def to_marac(chronology: Chronology) -> tuple[Happening, ...]:
    """Referrals to a MARAC and its hearings, oldest first."""
    return tuple(
        h for h in chronology
        if not h.pointer and ((h.kind == "referral.made" and MARAC in (h.get("to"), h.get("basis")))
                              or (h.kind == "meeting.held" and h.get("kind") == MARAC))
    )  # fmt: skip


def parts_in(entries: Iterable[Happening]) -> dict[int, str]:
    """Whom a case is about, and as what: a child before all else, then the victim, then the other adult."""
    held = list(entries)
    found: dict[int, str] = {}
    for roles, called in ((CHILDREN, "child"), (VICTIMS, "victim"), (OTHER_ADULTS, "other adult")):
        for person in (p for h in held for role in roles for p in h.people.get(role, ())):
            found.setdefault(person, called)
    return found


def of_abuse(happening: Happening) -> bool:
    """Whether an incident was reported as domestic abuse."""
    return happening.kind == "contact.received" and happening.get("kind") == "domestic_abuse"


def said_of_child(happening: Happening) -> tuple[tuple[str, str], ...]:
    """What an entry says that a child said or showed, with the name of the field."""
    if happening.kind == "voice.captured" and happening.get("whose") in (None, "child"):
        return (("says", str(happening.get("text") or "")),)
    return tuple((name, str(said)) for name in SAYS_OF_CHILD if (said := happening.get(name)))


@dataclass(frozen=True)
class Acted:
    """An action of an earlier plan or meeting: what came of it, and what it made different."""

    asked: Happening
    ended: Happening | None
    differences: tuple[Happening, ...]

    def says(self, as_of: datetime) -> str:
        """What came of it, in words."""
        told = [str(d.get("says") or d.get("difference")).replace("_", " ") for d in self.differences]
        made = f" Made different for the child: {'; '.join(told)}." if told else ""
        if self.ended is None:
            due = self.asked.get("due")
            late = due is not None and datetime.fromisoformat(str(due)) < as_of
            return ("Not done, and its time has passed." if late else "Not done yet.") + made
        result = self.ended.get("result") or self.ended.get("reason")
        done = "Done" if self.ended.kind == "action.done" else "Given up"
        return (f"{done}: {result}." if result else f"{done}; what came of it was not said.") + made


def acted(entries: Iterable[Happening]) -> tuple[Acted, ...]:
    """Each action, newest first, with how it ended."""
    held = sorted(entries, key=lambda h: h.at)
    found = []
    for asked in (h for h in held if h.kind == "action.set"):
        same = [h for h in held if h is not asked and (h.source, h.get("id")) == (asked.source, asked.get("id"))]
        ended = [h for h in same if h.kind in ("action.done", "action.dropped")]
        noted = tuple(h for h in same if h.kind == "difference.noted")
        found.append(Acted(asked, ended[-1] if ended else None, noted))
    return tuple(reversed(found))


def _incidents(chronology: Chronology, as_of: datetime) -> list[Happening]:
    return [
        h
        for h in chronology.of_kind("contact.received")
        if h.get("kind") == "domestic_abuse" and as_of - RECENT < h.at <= as_of
    ]


def perpetrator(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Named as suspect in domestic abuse reports of the last year."""
    yield from _counted(chronology, as_of, "domestic_abuse_perpetrator", ("suspect", "offender"))


def victim(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Named as victim in domestic abuse reports of the last year; a child living with it is a victim (Domestic Abuse Act 2021 s3)."""
    yield from _counted(chronology, as_of, "domestic_abuse_victim", ("victim", "child"))


def _counted(chronology: Chronology, as_of: datetime, kind: str, roles: tuple[str, ...]) -> Iterable[Standing]:
    named = [h for h in _incidents(chronology, as_of) if h.concerns(chronology.subject, *roles)]
    if named:
        last = named[-1]
        says = f"{len(named)} report{'s' if len(named) > 1 else ''} in the last year"
        yield Standing(kind, says, named[0].at, None, last.source, last.recorded_at, tuple(h.event_id for h in named))


STANDING = [
    StandingFact("domestic_abuse_perpetrator", "Domestic abuse: reported as perpetrator", perpetrator),
    StandingFact("domestic_abuse_victim", "Domestic abuse: reported as victim, or living with it", victim),
]
