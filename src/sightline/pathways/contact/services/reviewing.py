"""Whoever reviews crime recording opens an account that reads as an offence."""

from __future__ import annotations

from sightline.access import gate
from sightline.access.casework import take_up
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound
from sightline.pathways.contact.queries.unrecorded import NOTE, accounts, reviews


def review_account(viewer: Viewer, person: int, entry: int) -> None:
    """Open the record of a child on the list of likely unrecorded offences. Raises NotPermitted, and NotFound for what is not on it."""
    reviews(viewer, (person,))
    known = {person} - gate.hidden(viewer, [person])
    write(viewer, Action.LIST, people=known, fields=("kinds_of_entry",), note=NOTE)
    listed = any(p == person and h.event_id == entry for p, h in accounts(viewer.at))
    if not listed or not take_up(viewer, [person], reason="a likely unrecorded offence"):
        gate.refuse(viewer, people=[person], note=NOTE)
        raise NotFound(gate.NOT_FOUND)
