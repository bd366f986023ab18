"""What the second wall goes by, gathered from where it is declared: the policy table, and the kinds of entry that standing facts rest on."""

from __future__ import annotations

from django.db import transaction

from sightline.access.fields import of_event
from sightline.access.policy import Of, rights_of, table, vocabulary
from sightline.access.wall import building
from sightline.chronology.kinds import kinds
from sightline.chronology.standing import kinds_they_rest_on


def facts() -> building.Facts:
    """As the database holds it: rights by role, tiers by kind of agency, what an involvement with the child is, kinds of entry."""
    held = table()
    return {
        "wall_right": [(role, right) for role in vocabulary() for right in sorted(rights_of(role))],
        "wall_tier": [
            (agency, source, tier)
            for agency, tiers in held["sources"].items()
            for tier, sources in tiers.items()
            for source in sources
        ],
        "wall_work": [
            (why,) for held_by, said in held["involvements"].items() if held_by in AT_WORK for why in said["why"]
        ],
        "wall_kind": [(kind,) for kind in sorted(kinds_they_rest_on())],
        "wall_free": [
            (kind, name)
            for kind, said in kinds().items()
            for name in (declared.alias or field for field, declared in said.model_fields.items())
            if of_event(kind, name) is Of.FREE
        ],
    }


AT_WORK = ("live", "court", "emergency")  # what opens a restricted record: not a typed reason alone


def build() -> None:
    """The wall as it is declared now. As the owner."""
    with transaction.atomic():
        building.build(facts())


def check() -> None:
    """Raises NoWall where it does not stand so."""
    building.check(facts())
