"""Standing facts: what everyone who meets this person must know, derived from events by the slices' rules. Imports no Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.chronology.view import Chronology
from sightline.kernel.discovery import declared


@dataclass(frozen=True)
class Standing:
    """One source's word that a standing fact holds, and the entries it rests on."""

    kind: str
    says: str
    since: datetime
    until: date | None
    source: str
    heard_at: datetime
    rests_on: tuple[int, ...]


@dataclass(frozen=True)
class StandingFact:
    """A rule for one kind of standing fact. `weight` orders the banner: higher is said first.

    `needs_file`: the rule reads content that a pointer tier withholds, so it is asked of the whole chronology.
    """

    kind: str
    label: str
    weight: int
    derive: Callable[[Chronology, datetime], Iterable[Standing]]


@dataclass(frozen=True)
class InForce:
    """A standing fact in force now, everything that says so, and any disagreement between sources."""

    kind: str
    label: str
    weight: int
    says: tuple[Standing, ...]
    disagreement: str = ""


def in_force(chronology: Chronology, as_of: datetime) -> tuple[InForce, ...]:
    """What holds of this person at a moment, gravest first; where two sources speak of one fact, both are given."""
    known = chronology.known_by(as_of)
    found: dict[str, tuple[StandingFact, list[Standing]]] = {}
    for rule in declared("rules", StandingFact):
        for standing in rule.derive(known, as_of):
            found.setdefault(standing.kind, (rule if rule.kind == standing.kind else _named(standing.kind, rule), []))[
                1
            ].append(standing)
    facts = [InForce(kind, rule.label, rule.weight, tuple(says)) for kind, (rule, says) in found.items()]
    return tuple(sorted(facts, key=lambda f: (-f.weight, f.kind)))


def _named(kind: str, fallback: StandingFact) -> StandingFact:
    """The rule whose own kind this is, for a statement that came from a marker."""
    same = [r for r in declared("rules", StandingFact) if r.kind == kind]
    label = kind.replace("_", " ").capitalize()
    return (
        same[0]
        if same
        else StandingFact(kind, LABELS.get(kind, label), WEIGHTS.get(kind, fallback.weight), fallback.derive)
    )


LABELS = {
    "risk_to_children": "Poses a risk to children",
    "violent": "Violence",
    "weapons": "Weapons",
    "firearms": "Firearms",
    "marac": "Discussed at MARAC",
    "mappa": "Managed under MAPPA",
    "shpo": "Sexual harm prevention order",
    "sro": "Sexual risk order",
    "cawn": "Child abduction warning notice",
    "self_harm": "Self-harm",
    "mental_health": "Mental health",
    "custody_suicide_risk": "Suicide risk recorded in custody",
    "dangerous_dog": "Dangerous dog",
    "domestic_abuse_perpetrator": "Domestic abuse: perpetrator",
    "domestic_abuse_victim": "Domestic abuse: victim",
    "other": "Other standing fact",
}
WEIGHTS = {
    "firearms": 98,
    "weapons": 96,
    "registered_sex_offender": 95,
    "risk_to_children": 94,
    "violent": 90,
    "child_protection_plan": 88,
    "dangerous_dog": 86,
    "bail_conditions": 84,
    "shpo": 83,
    "sro": 82,
    "cawn": 81,
    "looked_after": 80,
    "exploitation_risk": 78,
    "missing_frequent": 76,
    "self_harm": 74,
    "custody_suicide_risk": 73,
    "domestic_abuse_perpetrator": 72,
    "domestic_abuse_victim": 70,
    "marac": 66,
    "mappa": 66,
    "child_in_need": 60,
    "mental_health": 55,
    "pregnant": 50,
    "unaccompanied_asylum_seeker": 45,
    "private_fostering": 44,
    "care_leaver": 40,
    "service_family": 20,
    "other": 10,
}
