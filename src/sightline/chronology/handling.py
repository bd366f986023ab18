"""How an entry may be handled: the code that its report carries holds for the entry, and for whatever is made of it."""

from __future__ import annotations

from functools import cache

from sightline.access import policy
from sightline.access.policy import Decision, Held, Of, Tier, tier
from sightline.access.viewer import Viewer
from sightline.chronology.kinds import kinds
from sightline.chronology.view import Happening


@cache
def carries(kind: str) -> bool:
    """Whether entries of a kind say how they may be handled."""
    declared = kinds().get(kind)
    return declared is not None and "handling" in declared.model_fields


def code_of(source: str, kind: str, said: object) -> str:
    """The code by which an entry is handled; of one that should carry a code and does not, the cautious one."""
    return policy.code_of(source, said, carries=carries(kind))


def is_read(viewer: Viewer, happening: Happening, given: Decision) -> bool:
    """Whether this viewer, to whom this much is given of whom it is about, may read what an entry says."""
    return may_read(viewer, happening.source, happening.kind, happening.get("handling"), given=given)


def may_read(viewer: Viewer, source: str, kind: str, code: object, *, given: Decision) -> bool:
    """The same for an entry of which no more is held here than these."""
    allowed = policy.handled(viewer, code_of(source, kind, code), "content", given.held)
    return allowed and given.gives_from(Of.SENSITIVE, tier(viewer, source))


def on_conditions(happening: Happening) -> bool:
    """Whether an entry is handled as shared on conditions: its report says so, or should say how it may be shared and does not."""
    return code_of(happening.source, happening.kind, happening.get("handling")) == "conditions"


def is_told_at_the_door(viewer: Viewer, happening: Happening) -> bool:
    """Whether a standing fact for this viewer may rest on an entry."""
    code = code_of(happening.source, happening.kind, happening.get("handling"))
    return tier(viewer, happening.source) is not Tier.NO and policy.handled(viewer, code, "standing", frozenset(Held))
