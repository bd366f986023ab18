"""Work with a child taken up by oneself, or handed to somebody of a team one leads: one child at a time, each written down or refused."""

from __future__ import annotations

from datetime import datetime

from sightline.access import gate, policy, wall
from sightline.access.casework import ALLOCATED, WORK, open_to, reached
from sightline.access.log import Action
from sightline.access.models import Involvement, Post
from sightline.access.policy import Held, State
from sightline.access.roles import May
from sightline.access.rota import live_posts, teams_led
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.kernel.reasons import worded

NOT_LED = "Work is handed on by those who lead a team, to somebody of it."
NOT_FOR_THEM = "This cannot be handed to them. Choose somebody else, or ask your data guardian."


def takers(viewer: Viewer) -> dict[int, str]:
    """Those to whom this viewer may hand work, by post: everybody else who signs in of the teams that answer to them."""
    held = Post.objects.filter(live_posts(viewer.at), team__in=answering(viewer)).exclude(user_id=viewer.user_id or 0)
    return {p.pk: str(p.user) for p in held.select_related("user").order_by("user__name", "pk")}


def answering(viewer: Viewer) -> set[int]:
    """The teams whose work this viewer hands on: those they lead; and, for whoever decides there what a referral comes to, their own."""
    teams = {team.pk for team in teams_led(viewer)}
    return teams | {viewer.team_id} if viewer.team_id and viewer.may(May.DECIDE_REFERRALS) else teams


def take_on(viewer: Viewer, person: int, *, reason: str) -> None:
    """Take up the work with a child that one's team works with.

    Raises NotFound where the record is not open to the viewer, or the team does not work with the child; Refused without a reason, and
    where the work is the viewer's already.
    """
    said = worded(reason, "Say why")
    _theirs(viewer, person, "take up work")
    if _works(viewer.post_id, person, viewer.at):
        raise Refused("This is yours already.")
    gate.look(viewer, [person], fields=(), action=Action.ALTERATION, note="took up work")
    open_to([viewer.post_id], [person], why=ALLOCATED, reason=said, at=viewer.at)


def hand(viewer: Viewer, person: int, post: int, *, reason: str, since: datetime | None = None) -> None:
    """Hand the work with a child to a post of a team that the viewer leads. Whoever has it keeps it for a time (limit involvement.handed_on).

    `since`: also where the nightly look ended the team's work after that moment. Raises NotFound and Refused as `take_on` does; NotPermitted
    for a post that does not answer to the viewer; Refused for somebody to whom the record would not open, without saying why.
    """
    said = worded(reason, "Say why")
    _theirs(viewer, person, "hand on work", since)
    if post not in takers(viewer):
        gate.refuse(viewer, people=[person], note="hand on work")
        raise NotPermitted(NOT_LED)
    if _works(post, person, viewer.at):
        raise Refused("They have this already.")
    if not _would_open(viewer, person, post):
        gate.refuse(viewer, people=[person], note=f"hand on work to post {post}")
        raise Refused(NOT_FOR_THEM)
    gate.look(viewer, [person], fields=(), action=Action.ALTERATION, note=f"handed work to post {post}")
    open_to([post], [person], why=ALLOCATED, reason=said, at=viewer.at, given_by=viewer.post_id)


def _theirs(viewer: Viewer, person: int, note: str, since: datetime | None = None) -> None:
    """The team works with the child, and the viewer may read the record."""
    if not gate.readable(viewer, [person]) or person not in reached(viewer, team=True, since=since):
        gate.refuse(viewer, people=[person], note=note)
        raise NotFound(gate.NOT_FOUND)


@wall.working()
def _works(post: int, person: int, at: datetime) -> bool:
    return Involvement.objects.filter(live_at(at), post_id=post, person_id=person, why__in=WORK, ends="").exists()


@wall.working()
def _would_open(viewer: Viewer, person: int, post: int) -> bool:
    """Whether the record would open to whoever holds a post: no conflict of interest, no seal, and a role that reads records."""
    held = Post.objects.select_related("agency", "user").get(pk=post)
    them = Viewer(held.user_id, str(held.user), held.role, held.agency.key, held.pk, held.team_id, viewer.at, viewer.route,
                  agency_kind=held.agency.kind)  # fmt: skip
    return (
        not gate.hidden(them, [person]) and policy.decide(them.role, them.agency_kind, [Held.LIVE], State.OPEN).content
    )
