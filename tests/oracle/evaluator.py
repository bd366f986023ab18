"""Who may see what, worked out from the policy table and plain facts by other hands: nothing of the application is imported here.

Written from the words at the head of policy.yaml. Whoever changes the application changes nothing here; whoever changes the table does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ACCESS = Path(__file__).parents[2] / "src" / "sightline" / "access"
POLICY: Mapping[str, Any] = yaml.safe_load((ACCESS / "policy.yaml").read_text(encoding="utf-8"))
ROLES: Mapping[str, Any] = yaml.safe_load((ACCESS / "roles.yaml").read_text(encoding="utf-8"))
FIELDS: Mapping[str, Any] = yaml.safe_load((ACCESS / "fields.yaml").read_text(encoding="utf-8"))
CLASSES = tuple(POLICY["classes"])
HERE = ""  # the source of what no record system says: what was done here with a record


def _by_field(table: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    held = {
        f"{of}.{name}": klass for of, row in table.items() for klass, names in row.items() for name in names.split()
    }
    assert set(held.values()) <= {*CLASSES, "none"}, "fields.yaml names a class that policy.yaml does not know"
    return held


OF_MODELS = _by_field(FIELDS["models"])
OF_ENTRIES = _by_field(FIELDS["events"])


def class_of(name: str) -> str:
    """The class of a field: `app.Model.field`, or `kind.field` of an entry. What is not named is sensitive."""
    return OF_MODELS.get(name) or OF_ENTRIES.get(name) or "sensitive"


class Seen(IntEnum):
    """How much of something: nothing, that there is a record and whom to ask, or all of it."""

    NO = 0
    POINTER = 1
    FULL = 2


@dataclass(frozen=True)
class Viewer:
    """Who looks: a user, in a role, in an agency of a kind. Without a post there is no role."""

    user: int
    role: str
    agency: str

    def may(self, right: str) -> bool:
        """Whether the role has a right apart from any one person."""
        if self.role not in ROLES:
            return False
        return right in POLICY["rights"].get(self.role, POLICY["rights"]["others"])


@dataclass(frozen=True)
class Held:
    """A row of the scene that holds from one moment to another: an involvement, an exclusion, a state, an emergency opening."""

    what: str  # a why of `involvements`, or excluded, sealed, restricted
    person: int
    user: int | None  # None: for every viewer
    since: datetime
    until: datetime | None = None

    def at(self, moment: datetime) -> bool:
        """Whether it holds."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Facts:
    """What is so in a scene, and nothing of what follows from it. `tied`: who lives with or is related to whom."""

    at: datetime
    held: tuple[Held, ...] = ()
    tied: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def also(self, *held: Held) -> Facts:
        """The same with more."""
        return replace(self, held=(*self.held, *held))

    @cached_property
    def _now(self) -> dict[tuple[int, int | None], frozenset[str]]:
        found: dict[tuple[int, int | None], set[str]] = defaultdict(set)
        for h in self.held:
            if h.at(self.at):
                found[h.person, h.user].add(h.what)
        return {key: frozenset(what) for key, what in found.items()}

    def of(self, viewer: Viewer, person: int) -> frozenset[str]:
        """What holds now between a viewer and a person."""
        none: frozenset[str] = frozenset()
        return self._now.get((person, None), none) | self._now.get((person, viewer.user), none)


@dataclass(frozen=True)
class Said:
    """One value: which system says it (HERE: none), its class, and how the entry it stands in may be handled, where its kind says so."""

    source: str
    klass: str
    coded: bool = False
    code: str = ""


_WHY = {why: name for name, row in POLICY["involvements"].items() for why in row["why"]}


def decide(
    viewer: Viewer, person: int, said: Said, facts: Facts, purpose: str = "", *, within: Iterable[int] = ()
) -> Seen:
    """How much of one value a viewer may see. `within`: the people whose records are open on the page, around whom this one may be."""
    best = Seen.NO
    for involvement in _involvements(viewer, person, facts, within, purpose):
        best = max(best, _by(viewer, person, said, facts, involvement, purpose))
    return best


def reads(viewer: Viewer, person: int, facts: Facts, purpose: str = "") -> bool:
    """Whether anything of the record itself may be read: not only what was done with it."""
    return any(
        _value(_row(viewer, state_of(viewer, person, facts), i, purpose or _purpose(i)), k) in ("full", "by source")
        for i in involvements(viewer, person, facts)
        for k in ("identifying", "standing", "sensitive", "free")
    )


def knows(viewer: Viewer, person: int, facts: Facts, purposes: Iterable[str] = ("",)) -> bool:
    """Whether the table gives anything at all of somebody, if only that there is a record and whom to ask."""
    return any(
        _value(_row(viewer, state_of(viewer, person, facts), i, purpose or _purpose(i)), k) != "no"
        for i in involvements(viewer, person, facts)
        for k in CLASSES
        for purpose in purposes
    )


def state_of(viewer: Viewer, person: int, facts: Facts) -> str:
    """The first of the table's states that holds."""
    there = facts.of(viewer, person)
    return next(s for s in POLICY["states"] if s in there or s == "open")


def involvements(viewer: Viewer, person: int, facts: Facts) -> frozenset[str]:
    """The live involvements of their own; `none` where there is none."""
    known = {"excluded", "sealed", "restricted"}
    own = {_WHY.get(what, "first_contact") for what in facts.of(viewer, person) - known}
    return frozenset(own or {"none"})


def _involvements(viewer: Viewer, person: int, facts: Facts, within: Iterable[int], purpose: str) -> frozenset[str]:
    own = involvements(viewer, person, facts)
    near = facts.tied.get(person, frozenset()) & set(within)
    if any(reads(viewer, other, facts, purpose) for other in near):
        return (own - {"none"}) | {"around"}
    return own


def _purpose(involvement: str) -> str:
    return str(POLICY["involvements"][involvement]["purpose"])


def _by(viewer: Viewer, person: int, said: Said, facts: Facts, involvement: str, purpose: str) -> Seen:
    row = _row(viewer, state_of(viewer, person, facts), involvement, purpose or _purpose(involvement))
    given = _value(row, said.klass)
    if given == "no":
        return Seen.NO
    if given == "pointer":
        return Seen.POINTER
    if said.source == HERE:
        return Seen.FULL
    tier = tier_of(viewer.agency, said.source)
    if tier is Seen.NO:
        return Seen.NO
    if given == "by source" and tier is Seen.POINTER and said.klass != "free":
        return Seen.POINTER
    return _handled(viewer, said, involvement, content=said.klass in ("sensitive",))


def _handled(viewer: Viewer, said: Said, involvement: str, *, content: bool) -> Seen:
    rules = POLICY["handling"]
    if not said.coded:
        return Seen.FULL
    code = said.code or (rules["without_code"] if said.source in rules["systems"] else "permitted")
    limit = rules["codes"][code].get("content" if content else "standing")
    if limit is None or said.klass == "free":
        return Seen.FULL
    fits = viewer.agency in limit.get("agency", [viewer.agency])
    fits = fits and involvement in limit.get("involvement", [involvement])
    return Seen.FULL if fits else Seen.POINTER


def tier_of(agency: str, source: str) -> Seen:
    """What a kind of agency may see of a record system: all, that it holds something, or nothing."""
    held = POLICY["sources"].get(agency, {})
    if source in held.get("full", ()):
        return Seen.FULL
    return Seen.POINTER if source in held.get("pointer", ()) else Seen.NO


def _row(viewer: Viewer, state: str, involvement: str, purpose: str) -> Mapping[str, Any] | None:
    if viewer.role not in ROLES:
        return None
    asked = {
        "role": viewer.role,
        "agency": viewer.agency,
        "involvement": involvement,
        "state": state,
        "purpose": purpose,
    }
    return next((row for row in POLICY["decision"] if _fits(row, asked, viewer)), None)


def _fits(row: Mapping[str, Any], asked: Mapping[str, str], viewer: Viewer) -> bool:
    if "right" in row and not viewer.may(row["right"]):
        return False
    return all(name not in row or _among(value, row[name]) for name, value in asked.items())


def _among(value: str, fits: Any) -> bool:
    return fits == "any" or value in ([fits] if isinstance(fits, str) else fits)


def _value(row: Mapping[str, Any] | None, klass: str) -> str:
    return str(row["gives"].get(klass, "no")) if row else "no"
