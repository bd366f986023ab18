"""A child or a family complained, and nobody who supervises has looked at the case since."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.courses import MADE_HERE, key_of
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default

LOOKED_AT = ("complaint.answered", "supervision.held", "investigation.reviewed")


def complaint_unseen(case: Case) -> Iterable[Finding]:
    """Each complaint until it is answered or a supervisor has reviewed the child's case; it is heard, whatever it is about."""
    for made in case.of("complaint.received"):
        if any(_of(made, h) for h in case.own.of_kind(*LOOKED_AT) if h.at >= made.at):
            continue
        yield case.finding(
            "complaint_unseen",
            made,
            case.at_once(made),
            "A child or a family has complained, and no supervisor has looked at the case since.",
            step="Read what they said, look at the case, and tell them what you found.",
        )


def _of(made: Happening, later: Happening) -> bool:
    """An answer answers its own complaint, which one given here names; a supervisor's look at the case answers any."""
    if later.kind != "complaint.answered":
        return True
    if later.source == MADE_HERE:
        return later.ref.partition("#")[0] == key_of(made)
    return later.ref.rsplit("/", 1)[0] == made.ref.rsplit("/", 1)[0]


RULES = [
    Rule(
        "complaint_unseen",
        ("complaint.received",),
        complaint_unseen,
        local_default(provision="VO-09"),
        "A complaint or representation from a child or a family that no supervisor has looked into.",
        limits=("at_once",),
    )
]
