"""Limits of police protection: how long it may last, and how soon each step that the Act asks for must have been taken."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Hours, WorkingDays
from sightline.kernel.law import Source, Standing

CHILDREN_ACT = "Children Act 1989"


READ = "2026-11: legislation.gov.uk ukpga/1989/41 section 46 to (3); the 72 hours of (6) as commentators say it"


def law(provision: str) -> Source:
    """A provision of the Act."""
    return Source(CHILDREN_ACT, provision, Standing.LAW, checked=READ)


LIMITS = [
    Limit("protection.longest", Hours(72), law("s46(6)"), "police protection, from when the child was taken into it"),
    Limit("protection.warned", Hours(48), local_default(f"{CHILDREN_ACT} s46(6)"), "when to warn that it will run out"),
    Limit("protection.steps", Hours(4), local_default(f"{CHILDREN_ACT} s46(3), (4)"), "everyone told, an officer designated"),
    Limit("protection.explain_from", 4, local_default(f"{CHILDREN_ACT} s46(3)(c): if capable of understanding"), "from this age the child is told"),
    Limit("protection.follow_up", WorkingDays(2), local_default("PP-07"), "a plan to stop it happening again"),
]  # fmt: skip
