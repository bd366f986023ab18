"""Who is on duty for a team, from when, until when. A team that has set nothing has everybody on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.models import OnDuty, Post
from sightline.access.roles import May, above_others, role_name, roles
from sightline.access.viewer import Viewer
from sightline.agencies.models import Team
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.kernel.moments import local


@dataclass(frozen=True)
class Turn:
    """Somebody's turn of duty."""

    turn: int
    post: int
    name: str
    role: str
    from_at: datetime
    until_at: datetime

    def now(self, at: datetime) -> bool:
        """Whether it has begun."""
        return self.from_at <= at


@dataclass(frozen=True)
class TeamRota:
    """A team, who is in it, and whose turn it is or will be."""

    team: int
    name: str
    area: str
    posts: tuple[tuple[int, str], ...]
    turns: tuple[Turn, ...]


def live_posts(at: datetime) -> Q:
    """Posts held at a moment by people who still sign in."""
    return Q(held_from__lte=at, user__is_active=True) & (Q(held_until__isnull=True) | Q(held_until__gt=at))


def leads_widely(viewer: Viewer) -> bool:
    """Whether this post answers for its whole agency, and not for one team."""
    held = roles().get(viewer.role)
    return viewer.team_id is None or (held is not None and not held.relative)


def teams_led(viewer: Viewer) -> list[Team]:
    """The teams whose duty this viewer sets: their own, or every one of their agency where their post answers for more than a team."""
    if not above_others(viewer.role):
        return []
    held = Team.objects.filter(agency__key=viewer.agency).order_by("name")
    return list(held if leads_widely(viewer) else held.filter(pk=viewer.team_id or 0))


def sets_duty_of(viewer: Viewer) -> list[Team]:
    """The teams whose duty this viewer sets: those they lead; and their own, for whoever decides on what comes in there."""
    if above_others(viewer.role) or not viewer.may(May.DECIDE_REFERRALS):
        return teams_led(viewer)
    return list(Team.objects.filter(agency__key=viewer.agency, pk=viewer.team_id or 0))


def on_duty(posts: set[int], *, at: datetime) -> set[int]:
    """Those of these posts whose turn it is."""
    held = OnDuty.objects.filter(post__in=posts, from_at__lte=at, until_at__gt=at)
    return set(held.values_list("post_id", flat=True))


def rota(viewer: Viewer) -> tuple[TeamRota, ...]:
    """Each team this viewer leads, and its duty now and to come. Raises NotPermitted for a post to which nobody answers."""
    teams = _led(viewer)
    turns = OnDuty.objects.filter(post__team__in=teams, until_at__gt=viewer.at).select_related("post__user")
    posts = Post.objects.filter(live_posts(viewer.at), team__in=teams).select_related("user").order_by("user__name")
    return tuple(
        TeamRota(
            t.pk, t.name, t.area,
            tuple((p.pk, f"{p.user}, {role_name(p.role).lower()}") for p in posts if p.team_id == t.pk),
            tuple(_turn(d) for d in turns.order_by("from_at", "pk") if d.post.team_id == t.pk),
        )
        for t in teams
    )  # fmt: skip


def _led(viewer: Viewer) -> list[Team]:
    teams = sets_duty_of(viewer)
    if not teams:
        gate.refuse(viewer, note="duty of a team")
        raise NotPermitted("No other post answers to yours, so there is no duty for you to set.")
    return teams


def _turn(d: OnDuty) -> Turn:
    return Turn(d.pk, d.post_id, str(d.post.user), role_name(d.post.role), d.from_at, d.until_at)


def put_on_duty(viewer: Viewer, post: int, *, from_at: datetime, until_at: datetime, latest: datetime) -> OnDuty:
    """Somebody of a team this viewer leads has the duty for a time. `latest`: when it must have ended, for longer is not a turn but a post.

    Raises NotPermitted for a post to which nobody answers, NotFound for somebody of another team, Refused for a time that makes no sense.
    """
    held = Post.objects.filter(live_posts(viewer.at), pk=post, team__in=_led(viewer)).first()
    if held is None:
        gate.refuse(viewer, note="duty of another team")
        raise NotFound(gate.NOT_FOUND)
    if until_at <= from_at or until_at <= viewer.at:
        raise Refused("The duty must end after it begins, and not before now.")
    if until_at > latest:
        raise Refused(f"A turn of duty that begins then ends on {local(latest):%d %B %Y} at the latest.")
    if OnDuty.objects.filter(post=held, from_at__lt=until_at, until_at__gt=from_at).exists():
        raise Refused(f"{held.user} already has the duty for some of that time.")
    write(viewer, Action.ADMINISTRATION, note=f"post {held.pk} on duty")
    return OnDuty.objects.create(
        post=held, from_at=from_at, until_at=until_at, set_by=viewer.user_id or 0, set_at=viewer.at
    )


def end_duty(viewer: Viewer, turn: int) -> None:
    """A turn of duty ends now, or is not begun. Raises NotPermitted and NotFound as `put_on_duty` does."""
    held = OnDuty.objects.filter(pk=turn, post__team__in=_led(viewer)).first()
    if held is None:
        gate.refuse(viewer, note="duty of another team")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.ADMINISTRATION, note=f"post {held.post_id} off duty")
    if held.from_at >= viewer.at:
        held.delete()
    else:
        held.until_at = min(held.until_at, viewer.at)
        held.save()
