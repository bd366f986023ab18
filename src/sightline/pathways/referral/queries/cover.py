"""Who is on duty at the viewer's agency, day by day until what is to come has come. About no child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.access import gate
from sightline.access.models import OnDuty, Post
from sightline.access.roles import May
from sightline.access.rota import live_posts, sets_duty_of
from sightline.access.viewer import Viewer
from sightline.kernel.moments import local, start_of


@dataclass(frozen=True)
class Covered:
    """One day, and who has a turn of duty on it. Nobody by name is no cover that anybody arranged."""

    day: date
    names: tuple[str, ...]


@dataclass(frozen=True)
class Cover:
    """The days to come, and whether this viewer sets who is on duty on them."""

    days: tuple[Covered, ...]
    sets: bool


def cover(viewer: Viewer, *, until: datetime) -> Cover:
    """Each day from today to a moment. Raises NotPermitted for who does not decide there."""
    gate.require(viewer, May.DECIDE_REFERRALS)
    posts = Post.objects.filter(live_posts(viewer.at), agency__key=viewer.agency)
    held = OnDuty.objects.filter(post__in=posts, until_at__gt=viewer.at, from_at__lt=until)
    turns = list(held.select_related("post__user").order_by("from_at", "pk"))
    first, last = local(viewer.at).date(), local(until).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Cover(tuple(Covered(day, _on(turns, day)) for day in days), bool(sets_duty_of(viewer)))


def _on(turns: list[OnDuty], day: date) -> tuple[str, ...]:
    begins, ends = start_of(day), start_of(day + timedelta(days=1))
    return tuple(dict.fromkeys(str(t.post.user) for t in turns if t.from_at < ends and t.until_at > begins))
