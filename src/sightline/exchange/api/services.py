"""Giving and taking back a system's key."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db.models import Q

from sightline.access import wall
from sightline.access.gate import refuse
from sightline.access.models import User
from sightline.access.viewer import Viewer, viewer_for, without_post
from sightline.agencies.models import Agency
from sightline.agencies.succession import agency_now
from sightline.exchange.api.models import CallingSystem
from sightline.kernel.errors import NotPermitted

UNKNOWN_CALLER = "This key, or the person it speaks for, is not known here or holds no post now."


def digest(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def give_key(name: str, agency: Agency, *, at: datetime) -> str:
    """A new system that may call, and its key: shown this once."""
    key = secrets.token_urlsafe(32)
    CallingSystem.objects.create(name=name, agency=agency, key_digest=digest(key), active_from=at)
    return key


def system_for(key: str, *, at: datetime) -> CallingSystem | None:
    """The calling system of a key in force."""
    live = Q(active_from__lte=at) & (Q(active_until__isnull=True) | Q(active_until__gt=at))
    return CallingSystem.objects.filter(live, key_digest=digest(key)).select_related("agency").first()


def token_of(system: CallingSystem, token: str) -> str:
    """A system's name for something it opens, as ours: no two systems mean the same by theirs."""
    return hashlib.sha256(f"{system.pk}/{token}".encode()).hexdigest()[:32]


def viewer_behind(system: CallingSystem, username: str, *, at: datetime, route: str, request_ref: str) -> Viewer:
    """The person behind a call: of the calling system's own agency, in the post they hold now.

    Raises NotPermitted, with the refusal written down; an account that is not there and one without a post give the same answer.
    """
    user = User.objects.filter(username=username).first() if "\x00" not in username else None
    route = f"{route} by {system.name}"
    try:
        viewer = viewer_for(user, at=at, route=route, request_ref=request_ref) if user else None
    except NotPermitted:
        viewer = None
    if viewer is None or viewer.agency != agency_now(system.agency).key:
        refuse(
            without_post(user, at=at, route=route, request_ref=request_ref), note="not a person this system speaks for"
        )
        raise NotPermitted(UNKNOWN_CALLER)
    wall.viewer_is(viewer.user_id)
    return viewer
