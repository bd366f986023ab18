"""Opening records to those whose work has reached them: a referral sent to their team, a case given to them, a meeting they are asked to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from sightline.access import wall
from sightline.access.gate import hidden
from sightline.access.models import Involvement, Post
from sightline.access.rota import live_posts
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer

REFERRAL, TEAM, ALLOCATED = "referral", "team", "allocated"
WORK = (REFERRAL, TEAM, ALLOCATED, "alert")


@wall.working()
def open_to(
    posts: Iterable[int], people: Iterable[int], *, why: str, reason: str, at: datetime, until: datetime | None = None,
    given_by: int | None = None,
) -> int:  # fmt: skip
    """Open these people to whoever holds these posts at a moment; what is open to them already for that is left. Gives how many were opened.

    `why` is one of those that policy.yaml calls live. A seal or a conflict of interest holds all the same: the gate asks again at each look.
    What is open to them until an end that the nightly look has set is opened anew: whoever must act now is not locked out by it.
    """
    asked = set(people)
    holders = list(Post.objects.filter(live_posts(at), pk__in=list(posts)))
    held = set(
        Involvement.objects.filter(live_at(at), Q(post__in=holders), person_id__in=asked, why=why, ends="")
        .values_list("post_id", "person_id")
    )  # fmt: skip
    fresh = [
        Involvement(user_id=p.user_id, post=p, person_id=person, why=why, reason=reason, from_at=at, until_at=until, given_by=given_by)
        for p in holders for person in sorted(asked) if (p.pk, person) not in held
    ]  # fmt: skip
    Involvement.objects.bulk_create(fresh)
    return len(fresh)


@wall.working()
def take_up(viewer: Viewer, people: Iterable[int], *, reason: str, why: str = REFERRAL) -> set[int]:
    """Open to a viewer the people of work that has reached their post; gives those whom they may know of.

    For queries that have found out from entries that the work is this post's: of a referral, that it was sent to their agency.
    """
    asked = set(people)
    known = asked - hidden(viewer, asked)
    open_to([viewer.post_id or 0], known, why=why, reason=reason, at=viewer.at)
    return known


@wall.working()
def posts_of(agency: str, *, at: datetime, roles: Iterable[str] = (), team: str = "") -> set[int]:
    """The posts that are held in an agency at a moment, by its key: of some roles, or of one team, where any are named."""
    found = Post.objects.filter(live_posts(at), agency__key=agency)
    named = list(roles)
    found = found.filter(role__in=named) if named else found
    return set((found.filter(team__key=team) if team else found).values_list("pk", flat=True))


@wall.working()
def reached(viewer: Viewer, *, team: bool = False, since: datetime | None = None) -> set[int]:
    """Everybody whom a viewer works with now, or anybody of their team does; less those of whom they may not know. Shows nothing.

    `since`: or did until some moment after that, where the nightly look ended it.
    """
    held = live_at(viewer.at)
    ended = ~Q(ends="") & Q(until_at__gt=since, until_at__lte=viewer.at)
    live = Involvement.objects.filter(held | ended if since else held, why__in=WORK)
    if team and viewer.team_id:
        live = live.filter(post__team_id=viewer.team_id)
    elif team:
        live = live.filter(post__agency__key=viewer.agency)
    else:
        live = live.filter(user_id=viewer.user_id or 0)
    people = set(live.values_list("person_id", flat=True))
    return people - hidden(viewer, people)
