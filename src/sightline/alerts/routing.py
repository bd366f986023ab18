"""Who is told, and who next if nobody answers: the role, then whoever is above it, by roles.yaml."""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.access.models import Involvement, Post
from sightline.access.roles import roles
from sightline.alerts.models import Alert

OPEN_FOR = timedelta(days=28)  # local default: how long an alert opens the child's record to those who must act on it


def ladder(role: str) -> tuple[str, ...]:
    """The role told first and those above it, each once."""
    rungs: list[str] = []
    while role in roles() and role not in rungs:
        rungs.append(role)
        role = roles()[role].above
    return tuple(r for r in rungs if r != "next_level")


def open_to(alert: Alert, role: str, *, at: datetime) -> None:
    """Whoever holds the role now is involved with the subject, so that nobody who must act is locked out."""
    posts = Post.objects.filter(role=role, held_from__lte=at).exclude(held_until__lte=at).select_related("user")
    Involvement.objects.bulk_create(
        Involvement(
            user_id=post.user_id,
            post_id=post.pk,
            person_id=alert.subject_id,
            why="alert",
            reason=f"alert: {alert.kind.replace('_', ' ')}",
            from_at=at,
            until_at=at + OPEN_FOR,
        )
        for post in posts
    )
