"""Who may see what of a person: the one table (policy.yaml), worked out here. Pure: it asks no database, and says why by the row that fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from sightline.access.viewer import Viewer

HERE = Path(__file__).parent


class Tier(StrEnum):
    """How much of a source's content may be shown."""

    FULL = "full"
    POINTER = "pointer"
    NO = "no"


class Of(StrEnum):
    """The classes of field."""

    IDENTIFYING = "identifying"
    STANDING = "standing"
    SENSITIVE = "sensitive"
    FREE = "free"
    TRAIL = "trail"


class Gives(StrEnum):
    """What a row gives of a class, the most last."""

    NO = "no"
    POINTER = "pointer"
    BY_SOURCE = "by source"
    FULL = "full"


class Held(StrEnum):
    """What ties a viewer to a person."""

    EMERGENCY = "emergency"
    LIVE = "live"
    COURT = "court"
    FIRST_CONTACT = "first_contact"
    AROUND = "around"
    NONE = "none"


class State(StrEnum):
    """The state of a record for one viewer."""

    EXCLUDED = "excluded"
    SEALED = "sealed"
    RESTRICTED = "restricted"
    OPEN = "open"


class Purpose(StrEnum):
    """What a look is for."""

    FIRST_CONTACT = "first_contact"
    CASE_WORK = "case_work"
    IDENTITY = "identity"
    COURT = "court"
    REVIEW_ACCESS = "review_access"
    RETENTION = "retention"
    EMERGENCY = "emergency"


_ORDER = list(Gives)


@dataclass(frozen=True)
class Decision:
    """What a viewer is given of a person, class by class. `says`: the rows it rests on; `held`: what ties them to the person."""

    gives: Mapping[Of, Gives] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    held: frozenset[Held] = frozenset()

    def of(self, what: Of) -> Gives:
        """What is given of one class; no row, no."""
        return self.gives.get(what, Gives.NO)

    def shows(self, what: Of) -> bool:
        """Whether any content of a class is given: a pointer is none."""
        return self.of(what) in (Gives.FULL, Gives.BY_SOURCE)

    @property
    def content(self) -> bool:
        """Whether the record is open: something of what it says is given, and not only who looked at it."""
        return any(self.shows(what) for what in Of if what is not Of.TRAIL)

    @property
    def known(self) -> bool:
        """Whether this viewer may learn that there is a record."""
        return any(given is not Gives.NO for given in self.gives.values())

    def gives_from(self, what: Of, tier: Tier) -> bool:
        """Whether content of a class is given from a system of this tier."""
        given = self.of(what)
        return (given is Gives.FULL and tier is not Tier.NO) or (given is Gives.BY_SOURCE and tier is Tier.FULL)

    def withheld(self) -> frozenset[Of]:
        """The classes of which no content is given."""
        return frozenset(what for what in Of if not self.shows(what))


NOTHING = Decision()


@dataclass(frozen=True)
class Row:
    """One row of the table; an empty condition fits anything."""

    says: str
    gives: Mapping[Of, Gives]
    law: str = ""
    right: str = ""
    role: frozenset[str] = frozenset()
    agency: frozenset[str] = frozenset()
    involvement: frozenset[str] = frozenset()
    state: frozenset[str] = frozenset()
    purpose: frozenset[str] = frozenset()

    def fits(self, role: str, agency: str, held: Held, state: State, purpose: Purpose) -> bool:
        """Whether it speaks of this case."""
        asked = ((self.role, role), (self.agency, agency), (self.involvement, held), (self.state, state))
        fitting = all(not those or given in those for those, given in (*asked, (self.purpose, purpose)))
        return fitting and (not self.right or self.right in rights_of(role))


@cache
def table() -> Mapping[str, Any]:
    """The table as it is written."""
    held: dict[str, Any] = yaml.safe_load((HERE / "policy.yaml").read_text())
    return held


@cache
def vocabulary() -> Mapping[str, Any]:
    """The roles as they are declared (roles.yaml)."""
    held: dict[str, Any] = yaml.safe_load((HERE / "roles.yaml").read_text())
    return held


def rights_of(role: str) -> frozenset[str]:
    """What a role may do apart from any one child; nothing for a role that nobody declared."""
    rights = table()["rights"]
    return frozenset(rights.get(role, rights["others"])) if role in vocabulary() else frozenset()


def _several(said: Any) -> frozenset[str]:
    return frozenset() if said in (None, "any") else frozenset([said] if isinstance(said, str) else said)


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the decision, in order. Raises ValueError for a word that the table does not know."""
    found = []
    for said in table()["decision"]:
        gives = {Of(what): Gives(given) for what, given in said["gives"].items()}
        given = {name: _several(said.get(name)) for name in ("role", "agency", "involvement", "state", "purpose")}
        unknown = [w for kind, of in ((Held, "involvement"), (State, "state"), (Purpose, "purpose"))
                   for w in given[of] if w not in list(kind)]  # fmt: skip
        unknown += sorted(given["role"] - vocabulary().keys())
        if unknown:
            raise ValueError(f"policy.yaml, {said['says']!r}: nobody knows {', '.join(unknown)}")
        found.append(Row(said["says"], gives, said.get("law", ""), said.get("right", ""), **given))
    return tuple(found)


@lru_cache(maxsize=10_000)
def _row(role: str, agency: str, held: Held, state: State, purpose: Purpose) -> Decision:
    if role not in vocabulary():
        return NOTHING
    fits = next((r for r in rows() if r.fits(role, agency, held, state, purpose)), None)
    return Decision(fits.gives, (fits.says,) if fits.gives else (), frozenset([held])) if fits else NOTHING


def purpose_of(held: Held) -> Purpose:
    """What a look that rests on an involvement is for, where nothing else is said."""
    return Purpose(table()["involvements"][held.value]["purpose"])


@cache
def _by_why() -> dict[str, Held]:
    return {why: Held(kind) for kind, said in table()["involvements"].items() for why in said["why"]}


def held_by(why: str) -> Held:
    """What an involvement is, by why it was recorded; one that nobody named opens no more than first contact does."""
    return _by_why().get(why, Held.FIRST_CONTACT)


def decide(
    role: str, agency: str, involvements: Iterable[Held], state: State, purpose: Purpose | None = None
) -> Decision:
    """What somebody in a role, in an agency of a kind, tied to a person in these ways, is given of a record in a state for a purpose.

    Of several involvements each class gets the most that any of them gives. Without a purpose, each is for its own.
    """
    tied = sorted(involvements) or [Held.NONE]
    found = [_row(role, agency, held, state, purpose or purpose_of(held)) for held in tied]
    if len(found) == 1:
        return found[0]
    most = {what: max((d.of(what) for d in found), key=_ORDER.index) for what in Of}
    return Decision(
        {what: given for what, given in most.items() if given is not Gives.NO},
        tuple(dict.fromkeys(s for d in found for s in d.says)),
        frozenset(held for d in found if d.known for held in d.held),
    )


@lru_cache(maxsize=1_000)
def conceals(role: str, agency: str, state: State) -> bool:
    """Whether that there is a record in this state is not told to this role, whatever its involvement, short of an emergency."""
    return not any(decide(role, agency, [held], state).known for held in Held if held is not Held.EMERGENCY)


@lru_cache(maxsize=1_000)
def lifts(role: str, agency: str, state: State) -> bool:
    """Whether an emergency opening opens a record in this state to this role."""
    return decide(role, agency, [Held.EMERGENCY], state).content


@cache
def tiers() -> dict[str, dict[str, Tier]]:
    """By kind of agency, the tier of each system that is not `no`."""
    return {
        kind: {source: Tier(tier) for tier, sources in said.items() for source in sources}
        for kind, said in table()["sources"].items()
    }


def tier(viewer: Viewer, source: str) -> Tier:
    """The viewer's tier for a source, by the kind of agency their post is in; default is no."""
    return tiers().get(viewer.agency_kind, {}).get(source, Tier.NO)


@cache
def _handling() -> dict[str, Mapping[str, Any]]:
    return dict(table()["handling"]["codes"])


def code_of(source: str, said: object, *, carries: bool) -> str:
    """How an entry may be handled: its own code; for one that should carry a code and does not, the cautious one; else none."""
    if isinstance(said, str) and said in _handling():
        return said
    without = table()["handling"]
    return str(without["without_code"]) if carries and source in without["systems"] else ""


def narrows(viewer: Viewer) -> bool:
    """Whether any handling code keeps anything from this viewer's agency that is made of an entry."""
    return not all(handled(viewer, code, "standing", frozenset(Held)) for code in _handling())


def handled(viewer: Viewer, code: str, what: str, held: Set[Held]) -> bool:
    """Whether a handling code lets this viewer, tied so to whom it is about, have the `content` of an entry, or `standing` facts made of it."""
    asked = _handling().get(code, {}).get(what, {})
    here = viewer.agency_kind in asked.get("agency", [viewer.agency_kind])
    return here and ("involvement" not in asked or bool(held & set(asked["involvement"])))
