"""Who is told, and who next if nobody answers: the role, then whoever is above it, by roles.yaml; and who stands in where nobody holds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.casework import open_to
from sightline.access.models import Involvement
from sightline.access.roles import roles
from sightline.access.viewer import Viewer
from sightline.alerts.models import Alert, Told
from sightline.alerts.queues import is_queue
from sightline.alerts.settings import limits
from sightline.clocks.limits import OPENS, SEARCH_OPENS, Limits

# Who is told where nobody on the whole ladder holds a post: the first of these that somebody does. Nothing goes to nobody in silence.
STANDS_IN = ("duty_inspector", "mash_manager", "social_care_manager", "detective_superintendent", "partner_lead", "data_guardian")  # fmt: skip


def ladder(role: str) -> tuple[str, ...]:
    """The role told first and those above it, each once."""
    rungs: list[str] = []
    while role in roles() and role not in rungs:
        rungs.append(role)
        role = roles()[role].above
    return tuple(r for r in rungs if r != "next_level")


def told_roles(alert: Alert) -> set[str]:
    """The roles that were told of an alert so far."""
    return set(Told.objects.filter(alert=alert).values_list("role", flat=True))


def next_rung(role: str, told: set[str]) -> str:
    """The first on a role's ladder that was not told yet; empty where all were."""
    return next((r for r in ladder(role) if r not in told), "")


def next_on_ladder(alert: Alert) -> str:
    """The first on an alert's ladder that was not told yet; empty where all were."""
    return next_rung(alert.to_role, told_roles(alert))


@wall.working()
def take_up(viewer: Viewer, alerts: Iterable[Alert]) -> None:
    """Open to a viewer what reaches them now and did not when it was told: a post taken up since, a turn of duty, a child taken over.

    Nobody of whom they may not know is opened.
    """
    first = {a.subject_id: a for a in alerts if not is_queue(a.subject_id)}
    closed = first.keys() - gate.involved(viewer, first) - gate.hidden(viewer, first) if first else set()
    if closed:
        held = limits()
        Involvement.objects.bulk_create(
            opened(first[p], viewer.user_id or 0, viewer.post_id, viewer.at, held) for p in sorted(closed)
        )


def opened(alert: Alert, user: int, post: int, at: datetime, held: Limits) -> Involvement:
    """What lets whoever an alert reached open the record of whom it is named for."""
    said = f"alert: {alert.kind.replace('_', ' ')}"
    until = held.due(OPENS.name, at)
    return Involvement(
        user_id=user, post_id=post, person_id=alert.subject_id, why="alert", reason=said, from_at=at, until_at=until
    )


def open_recorded(viewer: Viewer, people: Iterable[int], *, reason: str) -> None:
    """Open to a viewer those new people whom they have just recorded, for as long as a search at first contact opens anybody."""
    until = limits().due(SEARCH_OPENS.name, viewer.at)
    open_to([viewer.post_id or 0], people, why="recorded", reason=reason, at=viewer.at, until=until)
