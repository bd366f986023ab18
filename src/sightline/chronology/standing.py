"""Standing facts: what everyone who meets this person must know, derived from events by the slices' rules. Imports no Django."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from inspect import getsource

from sightline.chronology.kinds import kinds
from sightline.chronology.view import Chronology
from sightline.kernel.discovery import declared
from sightline.kernel.moments import local, say_date

_KIND = re.compile(r'"([a-z_]+[.][a-z_]+)"')


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
    holds: bool = True  # False: this source says that it no longer does


@dataclass(frozen=True)
class StandingFact:
    """A rule for one kind of standing fact; what it yields may name other kinds, as markers do. WEIGHTS orders the banner."""

    kind: str
    label: str
    derive: Callable[[Chronology, datetime], Iterable[Standing]]


@dataclass(frozen=True)
class InForce:
    """A standing fact in force now, everything that says so, and any disagreement between sources."""

    kind: str
    label: str
    weight: int
    says: tuple[Standing, ...]
    disagreement: str = ""


def kinds_they_rest_on() -> frozenset[str]:
    """The kinds of entry that any standing fact is worked out from: every kind that the rules' own modules name."""
    named = {
        n for r in declared("rules", StandingFact) for n in _KIND.findall(getsource(sys.modules[r.derive.__module__]))
    }
    return frozenset(named & kinds().keys())


def in_force(chronology: Chronology, as_of: datetime) -> tuple[InForce, ...]:
    """What holds of this person at a moment, gravest first; where two sources speak of one fact, both are given."""
    known = chronology.known_by(as_of)
    said: dict[str, list[Standing]] = {}
    for rule in declared("rules", StandingFact):
        for standing in rule.derive(known, as_of):
            said.setdefault(standing.kind, []).append(standing)
    facts = [_fact(kind, says) for kind, says in said.items() if any(s.holds for s in says)]
    return tuple(sorted(facts, key=lambda f: (-f.weight, f.kind)))


def _fact(kind: str, says: list[Standing]) -> InForce:
    rules = {r.kind: r.label for r in declared("rules", StandingFact)}
    label = rules.get(kind) or LABELS.get(kind) or kind.replace("_", " ").capitalize()
    holding, denying = [s for s in says if s.holds], [s for s in says if not s.holds]
    newest = max(h.heard_at for h in holding)
    against = [s for s in denying if s.source not in {h.source for h in holding} and s.heard_at > newest]
    words = "; ".join(f"{s.source.replace('_', ' ')} says it ended {say_date(local(s.since).date())}" for s in against)
    return InForce(
        kind, label, WEIGHTS.get(kind, 10), tuple(sorted(holding, key=lambda s: s.since, reverse=True)), words
    )


LABELS = {
    "child_in_need": "Child in need",
    "registered_sex_offender": "Registered sex offender",
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
WEIGHTS = {  # higher is said first (local default)
    "died": 100,
    "missing_now": 99,
    "firearms": 98,
    "weapons": 96,
    "registered_sex_offender": 95,
    "risk_to_children": 94,
    "safe_address": 92,
    "violent": 90,
    "child_protection_plan": 88,
    "dangerous_dog": 86,
    "bail_conditions": 84,
    "shpo": 83,
    "sro": 82,
    "cawn": 81,
    "looked_after": 80,
    "court_order": 79,
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
