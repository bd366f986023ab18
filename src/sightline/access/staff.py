"""What those who sign in declare of themselves, and the exclusions that follow from it once a data guardian has agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.guardians import Guardians
from sightline.access.log import Action, write
from sightline.access.models import Exclusion, Post, StaffDetail, User
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.reasons import worded


def declare(user: User, *, surname: str, lines: str, postcode: str) -> StaffDetail:
    """A user's own surname and address; what is not said stays as it was. Who wrote it down is for whoever calls to log."""
    held, _ = StaffDetail.objects.get_or_create(user=user)
    held.surname, held.lines = surname.strip() or held.surname, lines.strip() or held.lines
    held.postcode = " ".join(postcode.upper().split()) or held.postcode
    held.save()
    return held


def declared_by(users: Iterable[int]) -> dict[int, StaffDetail]:
    """What these users have declared, by user."""
    return {d.user_id: d for d in StaffDetail.objects.filter(user__in=set(users)).select_related("user")}


def watched_by(viewer: Viewer) -> dict[int, int]:
    """The users whose looks and conflicts this viewer, a data guardian, reviews, with the agency of their newest post. Never themselves."""
    held = Post.objects.filter(held_from__lte=viewer.at).order_by("held_from", "pk")
    newest = dict(held.values_list("user_id", "agency_id"))
    circle = Guardians(viewer.at)
    return {u: a for u, a in newest.items() if viewer.user_id in circle.reviewers(a, of=u)}


def exclude(viewer: Viewer, user: int, person: int, *, reason: str, at: datetime) -> Exclusion:
    """A conflict of interest keeps a user from a person from now on, both ways, whatever their role.

    Raises NotFound for a user whom this viewer does not guard, Refused for a reason too short to mean anything or one that holds already.
    """
    if user not in watched_by(viewer) or gate.excluded(viewer, person):
        gate.refuse(viewer, people=[person], note=f"conflict of user {user}")
        raise NotFound(gate.NOT_FOUND)
    worded(reason)
    if Exclusion.objects.filter(live_at(viewer.at), user_id=user, person_id=person).exists():
        raise Refused("They are kept apart already.")
    write(viewer, Action.ADMINISTRATION, people=[person], fields=("exclusion",), note=f"user {user} excluded")
    with wall.working():
        return Exclusion.objects.create(user_id=user, person_id=person, reason=reason.strip(), from_at=at)
