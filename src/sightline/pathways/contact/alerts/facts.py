"""What systems held, by a moment, about the people of an incident that changes what is decided at the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.chronology.view import Happening

# Standing facts about a child, and about an adult near one, that an officer must know before deciding.
OF_CHILD = ("child_protection_plan", "looked_after", "child_in_need", "exploitation_risk", "missing_frequent")
OF_ADULT = (
    "violent", "weapons", "firearms", "domestic_abuse_perpetrator", "registered_sex_offender", "risk_to_children",
    "shpo", "sro", "cawn", "bail_conditions", "marac", "mappa",
)  # fmt: skip
GRAVE = ("assault", "sexual_offence", "neglect", "exploitation", "domestic_abuse")
HARM = ("violence", "sexual", "cruelty_neglect", "exploitation", "online")
BEFORE_ADULT = (
    "contact.received", "crime.recorded", "suspect.arrested", "disposal.given", "court.result", "offender.registered", "intelligence.recorded",
)  # fmt: skip
BEFORE_CHILD = (
    "contact.received", "crime.recorded", "concern.notified", "referral.made", "protection.taken", "missing.reported",
    "exploitation.indicated",
)  # fmt: skip


def known(
    case: Case, child_ids: tuple[int, ...], adult_ids: tuple[int, ...], decided: Happening, since: datetime
) -> tuple[Happening, ...]:
    """Facts on record about these people from before an incident, which some system held when something was decided."""
    found = [f for p in child_ids for f in _of_child(case.other(p), decided, since)]
    found += [f for p in adult_ids for f in _of_adult(case.other(p), decided, since)]
    return tuple(dict.fromkeys(found))


def dangers(case: Case, decided: Happening, children: tuple[int, ...]) -> tuple[Happening, ...]:
    """Standing facts in force, about the children or about adults named with them or living with them, when something was decided."""
    found = [m for p in children for m in _in_force(case.other(p), decided, OF_CHILD)]
    found += [m for p in adults_of(case, decided) for m in _in_force(case.other(p), decided, OF_ADULT)]
    return tuple(dict.fromkeys(found))


def adults_of(case: Case, entry: Happening) -> tuple[int, ...]:
    """Adults whose past matters to an entry: its suspects, then those who live with its child."""
    named = entry.people.get("suspect", ())
    children = entry.people.get("child", ())
    home = [p for p in case.household(entry.at) if not _is_child(case.other(p), entry.at)]
    return tuple(dict.fromkeys(p for p in (*named, *home) if p not in children))


def _is_child(case: Case, at: datetime) -> bool:
    return case.born is not None and case.is_child(at)


def _held(entry: Happening, decided: Happening, since: datetime) -> bool:
    return entry.at < since and entry.recorded_at <= decided.recorded_at


def _of_child(case: Case, decided: Happening, since: datetime) -> Iterator[Happening]:
    yield from _in_force(case, decided, OF_CHILD)
    for entry in case.of(*BEFORE_CHILD):
        if _held(entry, decided, since) and entry.get("child_is") != "suspect":
            yield entry


def _of_adult(case: Case, decided: Happening, since: datetime) -> Iterator[Happening]:
    yield from _in_force(case, decided, OF_ADULT)
    for entry in case.of(*BEFORE_ADULT, role=("suspect", "subject", "offender")):
        if _held(entry, decided, since) and _of_harm(entry):
            yield entry


def _of_harm(entry: Happening) -> bool:
    if entry.kind == "crime.recorded":
        return entry.get("category") in HARM
    if entry.kind == "contact.received":
        return entry.get("kind") in GRAVE
    if entry.kind == "court.result":
        return bool(entry.get("result") == "convicted")
    if entry.kind == "intelligence.recorded":
        return entry.get("kind") in ("exploitation", "weapons", "abuse", "location")
    return True


def _in_force(case: Case, decided: Happening, kinds: tuple[str, ...]) -> Iterator[Happening]:
    """Markers that held and were known when something was decided; one that was set in that very incident is no history."""
    for mark in case.of("marker.set", role=("subject", "child")):
        kind, ends = mark.get("kind"), mark.get("until")
        if kind not in kinds or mark.recorded_at >= decided.recorded_at or mark.at >= decided.at:
            continue
        if ends and str(ends)[:10] < f"{decided.at:%Y-%m-%d}":
            continue
        if not _cleared(case, mark, decided):
            yield mark


def _cleared(case: Case, mark: Happening, decided: Happening) -> bool:
    kind = mark.get("kind")
    return (
        case.first("marker.cleared", since=mark.at, until=decided.at, where=lambda h: h.get("kind") == kind) is not None
    )
