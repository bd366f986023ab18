"""What a reading of who is who may rest on: for a viewer, less the people and the systems that are not theirs to know of."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access import gate
from sightline.access.policy import Tier, tier
from sightline.access.viewer import Viewer


@dataclass(frozen=True)
class Sight:
    """Whose eyes a reading is for. With no viewer it is for a rule, which sees everything and shows nothing."""

    viewer: Viewer | None = None
    hidden: frozenset[int] = frozenset()

    def told(self, source: str) -> bool:
        """Whether anything at all that a system says may be known: who somebody is and where they live come from pointers too."""
        return self.viewer is None or tier(self.viewer, source) is not Tier.NO

    def full(self, source: str) -> bool:
        """Whether what a system says may be read."""
        return self.viewer is None or tier(self.viewer, source) is Tier.FULL


EVERYTHING = Sight()


def sight_of(viewer: Viewer) -> Sight:
    """Whom this viewer may not know of is asked once a reading, so that a sealed person carries nobody into a household either."""
    return Sight(viewer, frozenset(gate.unseen(viewer)))
