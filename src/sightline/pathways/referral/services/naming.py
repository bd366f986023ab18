"""A child is named to another agency: that is a disclosure, and stands in the log as one."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer


def named_to(viewer: Viewer, person: int, to: Iterable[str], *, kind: str) -> None:
    """Write down that somebody was named, with the day they were born, to each agency, in an entry of a kind. Part of the caller's
    transaction: what is not written down is not sent."""
    for agency in to:
        write(viewer, Action.DISCLOSURE, people=[person], fields=("names", "born", kind), note=f"to {agency}")
