"""An organisation is renamed, merges into another or closes: its row stays, so that history keeps its name, and its posts end or go over.

Nobody's involvement ends with it: those who go over read on what they read, by the same rules.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from sightline.access.log import Action, write
from sightline.access.models import OnDuty, Post
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency, Team
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local


def rename_agency(key: str, *, new_key: str, name: str, by: Viewer, at: datetime) -> Agency:
    """It goes on under another name: a row of its own, to which its teams, posts and turns of duty go over.

    Raises Refused for one that is not there or has ended, and for a key that is taken.
    """
    with transaction.atomic():
        old = _going_on(key)
        if Agency.objects.filter(key=new_key).exists():
            raise Refused(f"There is an agency {new_key} already.")
        if not name.strip() or slugify(new_key) != new_key:
            raise Refused("Say the new name, and a key for it: small letters, figures and hyphens.")
        new = Agency.objects.create(key=new_key, name=name.strip(), kind=old.kind, active_from=local(at).date())
        return _went_over(old, new, "renamed", by, at)


def merge_agency(key: str, *, into: str, by: Viewer, at: datetime) -> Agency:
    """It becomes part of another of its kind, to which its teams, posts and turns of duty go over.

    Raises Refused for either that is not there or has ended, for one and the same, and for another kind.
    """
    with transaction.atomic():
        old, new = _going_on(key), _going_on(into)
        if old.pk == new.pk:
            raise Refused("An agency can't merge into itself.")
        if old.kind != new.kind:
            raise Refused(
                f"{old} is {old.kind} and {new} is {new.kind}: what a post may see would change. Close it, and give the posts anew."
            )
        return _went_over(old, new, "merged", by, at)


def close_agency(key: str, *, by: Viewer, at: datetime) -> Agency:
    """It leaves, or is no more: every post in it ends. What it recorded stays, for whoever is entitled to read it."""
    with transaction.atomic():
        old = _going_on(key)
        ended = 0
        for post in _live(old, at):
            _end(post, at)
            ended += 1
        old.active_until = local(at).date()
        old.save()
        write(by, Action.ADMINISTRATION, note=f"agency {old.key} closed: {ended} posts ended")
        return old


def _going_on(key: str) -> Agency:
    held = Agency.objects.select_for_update().filter(key=key).first()
    if held is None:
        known = (
            ", ".join(Agency.objects.filter(active_until=None).order_by("key").values_list("key", flat=True)) or "none"
        )
        raise Refused(f"There is no agency {key}. There are: {known}.")
    if held.active_until is not None:
        raise Refused(f"{held} has ended already.")
    return held


def _went_over(old: Agency, new: Agency, how: str, by: Viewer, at: datetime) -> Agency:
    Team.objects.filter(agency=old).update(agency=new)
    over = 0
    for post in _live(old, at):
        turns = list(OnDuty.objects.filter(post=post, until_at__gt=at))
        _end(post, at)
        after = Post.objects.create(user=post.user, role=post.role, agency=new, team=post.team, held_from=at)
        OnDuty.objects.bulk_create(
            OnDuty(post=after, from_at=max(t.from_at, at), until_at=t.until_at, set_by=t.set_by, set_at=t.set_at)
            for t in turns
        )
        over += 1
    old.active_until, old.succeeded_by = local(at).date(), new
    old.save()
    write(by, Action.ADMINISTRATION, note=f"agency {old.key} {how}, now {new.key}: {over} posts went over")
    return new


def _live(agency: Agency, at: datetime) -> list[Post]:
    held = Post.objects.filter(agency=agency, held_from__lte=at).exclude(held_until__lte=at)
    return list(held.select_related("user", "team").order_by("pk"))


def _end(post: Post, at: datetime) -> None:
    """A post ends, and so does what is left of its turns of duty."""
    OnDuty.objects.filter(post=post, from_at__gte=at).delete()
    OnDuty.objects.filter(post=post, until_at__gt=at).update(until_at=at)
    post.held_until = at
    post.save()
