"""An assessment that rests on one agency alone, and who else holds something. Pure functions of a chronology."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sightline.agencies.systems import systems
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.patterns.after_grading.rules import TOOLS, looked_at_by_one_who_knows


@dataclass(frozen=True)
class OneAgency:
    """An assessment that rests on one agency's knowledge: whose, and the agencies that hold something and were not asked, with their systems."""

    entry: Happening
    agency: str
    not_asked: tuple[tuple[str, tuple[str, ...]], ...]


def owner_of(entry: Happening) -> str:
    """The agency whose entry it is."""
    system = systems().get(entry.source)
    return entry.agency or (system.owner if system else "")


def one_agency(chronology: Chronology, limits: Limits) -> OneAgency | None:
    """The newest assessment, where nothing that another agency supplied or said stands behind it though others hold something.

    None where there is no assessment, or where nobody else holds anything.
    """
    own = chronology.subject
    made = [
        h
        for h in chronology.of_kind("assessment.completed", "risk.assessed")
        if h.concerns(own, "child")
        and (h.kind != "risk.assessed" or (h.get("tool") in TOOLS and looked_at_by_one_who_knows(h)))
    ]
    if not made:
        return None
    last = made[-1]
    whose = owner_of(last)
    behind = [h for h in chronology.everything() if h.at <= last.at <= limits.due("one_agency.looks_back", h.at)]
    if any(_heard(h, whose) for h in behind):
        return None
    holders = _holders(chronology.everything(), whose, _asked_of(behind))
    return OneAgency(last, whose, holders) if holders else None


def _heard(entry: Happening, whose: str) -> bool:
    """Whether an entry is another agency's word for the assessment: an answer, or a meeting of several."""
    if entry.kind == "information.supplied":
        return owner_of(entry) != whose
    said = entry.get("attended") or ()
    return entry.kind in ("strategy.held", "conference.held", "meeting.held") and len(said) > 1


def _asked_of(entries: Iterable[Happening]) -> str:
    return " ".join(
        str(h.get("of") or "").lower().replace("_", " ") for h in entries if h.kind == "information.requested"
    )


def _holders(entries: Sequence[Happening], whose: str, asked: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    held: dict[str, set[str]] = {}
    for entry in entries:
        system = systems().get(entry.source)
        if system and system.owner not in ("this system", whose) and not _named_in(system.owner, entry.source, asked):
            held.setdefault(system.owner, set()).add(entry.source)
    return tuple((agency, tuple(sorted(sources))) for agency, sources in sorted(held.items()))


def _named_in(agency: str, source: str, asked: str) -> bool:
    return agency.replace("_", " ") in asked or source.replace("_", " ") in asked
