"""What must be said before nothing further is done, and whose word counts on a child's body: asked alike wherever a matter ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sightline.access.viewer import Viewer
from sightline.chronology.reaching import check_before_reaching
from sightline.kernel.errors import Refused

NFA_GATE = {
    "residual_risk": "say what risk remains",
    "risk_held_by": "say who holds that risk",
    "safeguarding_plan": "say what keeps the child safe from now on",
    "way_back_contact": "say whom the child can come back to, by name",
    "way_back": "say how the child can come back to somebody they know",
}
# Said alike whether or not whoever is refused may read why: what has to be done, and nothing of what is held.
ASK_A_CLINICIAN = "ask a clinician first: nobody else's word stands in for theirs"


def missing(said: Mapping[str, Any], asks: Mapping[str, str]) -> list[str]:
    """What was not answered of these, in words."""
    return [what for name, what in asks.items() if not str(said.get(name) or "").strip()]


def check_way_back(viewer: Viewer, person: int, said: Mapping[str, Any], *, at: datetime) -> None:
    """A child comes back by no way that is never to be used. Raises NotSafe."""
    if way := str(said.get("way_back") or "").strip():
        check_before_reaching(viewer, person, by="", to=way, at=at)


def heard(named: str, clinicians: Iterable[str]) -> str:
    """A clinician as they were heard. Raises Refused for anybody else."""
    found = next((c for c in clinicians if c == named.strip()), "")
    if not found:
        raise Refused(
            "Only the explanation of a clinician who was heard counts. Record what the clinician says first, then choose them here."
        )
    return found
