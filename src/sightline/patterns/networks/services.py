"""Taking on a network that one was told of: the records of those it concerns open, in one step that is written down."""

from __future__ import annotations

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.models import Involvement
from sightline.access.viewer import Viewer
from sightline.alerts.routing import opened
from sightline.alerts.settings import limits
from sightline.kernel.errors import NotPermitted
from sightline.patterns.networks.queries import closed_to

NOT_TOLD = "No network around this person stands that was told to your role, or everybody it concerns is open to you."


def take_on(viewer: Viewer, person: int) -> set[int]:
    """Open to whoever was told of a network, and has its first person, the records of those it concerns, for as long as an alert opens one.

    Gives whom it opened. Raises NotFound where the person is not open to the viewer, NotPermitted where no such alert was told to them.
    """
    gate.look(viewer, [person], fields=("alerts",), action=Action.ALTERATION, note="network taken on")
    waiting = closed_to(viewer, person)
    if not waiting:
        gate.refuse(viewer, people=[person], note="network taken on")
        raise NotPermitted(NOT_TOLD)
    held, open_ = limits(), []
    for other, alert in sorted(waiting.items()):
        one = opened(alert, viewer.user_id or 0, viewer.post_id, viewer.at, held)
        one.person_id = other
        open_.append(one)
    with wall.working():
        Involvement.objects.bulk_create(open_)
    return set(waiting)
