"""Whom one may ask to a discussion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.access import wall
from sightline.access.models import Post
from sightline.access.roles import role_name
from sightline.access.rota import live_posts
from sightline.access.viewer import Viewer
from sightline.pathways.enquiry.alerts.partners import CALLED
from sightline.pathways.enquiry.rules import Procedure

MOST_POSTS = 60


@dataclass(frozen=True)
class Asked:
    """A post that may be asked to a discussion."""

    post: int
    agency: str
    kind: str
    name: str
    role: str

    @property
    def says(self) -> str:
        """As the list of those asked names them: agency, then name."""
        return (
            f"{CALLED.get(self.kind, self.agency).removeprefix('the ').capitalize()}: {self.name}, {self.role.lower()}"
        )


@wall.working()
def may_be_asked(viewer: Viewer, procedure: Procedure, *, words: str = "", posts: Iterable[int] = ()) -> list[Asked]:
    """The posts that the agreed procedure says may be asked, agency by agency; `words`: part of a name, a role or an agency."""
    held = (
        Post.objects.filter(live_posts(viewer.at))
        .select_related("user", "agency", "team")
        .order_by("agency__name", "user__name")
    )
    found = []
    for post in held:
        if post.role not in procedure.may_be_asked.get(post.agency.kind, ()):
            continue
        one = Asked(post.pk, post.agency.name, post.agency.kind, str(post.user), role_name(post.role))
        if (
            post.pk in set(posts)
            or words.casefold() in f"{one.name} {one.role} {one.agency} {post.team or ''}".casefold()
        ):
            found.append(one)
    return found
