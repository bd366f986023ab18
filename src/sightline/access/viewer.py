"""The viewer: the signed-in person, their post and the reason in force. Every query takes one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sightline.access.models import Post, User
from sightline.access.roles import May, roles
from sightline.kernel.errors import NotPermitted


@dataclass(frozen=True)
class Viewer:
    """Who is looking, in what capacity, why, by which route and when.

    `confirmed`: they have lately said again who they are, in this session; nothing that they opened in an emergency is open without it.
    """

    user_id: int | None
    name: str
    role: str
    agency: str
    post_id: int
    team_id: int | None
    at: datetime
    route: str
    reason: str = ""
    request_ref: str = ""
    agency_kind: str = ""
    confirmed: bool = False

    def may(self, right: May) -> bool:
        """Whether the role is trusted with this at all."""
        return self.role in roles() and right in roles()[self.role].may

    def because(self, reason: str) -> Viewer:
        """The same viewer, with the reason they typed."""
        return replace(self, reason=reason.strip())


def without_post(user: User | None, *, at: datetime, route: str, request_ref: str = "") -> Viewer:
    """Somebody who holds no post, or nobody known: may nothing, and is named in the log all the same."""
    return Viewer(user.pk if user else None, "", "", "", 0, None, at, route, "", request_ref)


def viewer_for(user: User, *, at: datetime, route: str, request_ref: str = "") -> Viewer:
    """The user in the post they hold now; raises NotPermitted for someone who holds none."""
    posts = Post.objects.filter(user=user, held_from__lte=at).select_related("agency")
    post = posts.exclude(held_until__lte=at).order_by("-held_from", "-id").first()
    if post is None or not user.is_active:
        raise NotPermitted("You hold no post in Sightline at present. Ask your agency's administrator.")
    return Viewer(
        user.pk,
        str(user),
        post.role,
        post.agency.key,
        post.pk,
        post.team_id,
        at,
        route,
        "",
        request_ref,
        post.agency.kind,
    )
