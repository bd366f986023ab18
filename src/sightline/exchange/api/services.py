"""Giving and taking back a system's key."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sightline.access import wall
from sightline.access.gate import refuse
from sightline.access.log import Action, write
from sightline.access.models import User
from sightline.access.viewer import Viewer, viewer_for, without_post
from sightline.agencies.models import Agency
from sightline.agencies.succession import agency_now
from sightline.exchange.api.models import CallingSystem
from sightline.kernel.errors import NotPermitted, Refused

UNKNOWN_CALLER = "This key, or the person it speaks for, is not known here or holds no post now."


def digest(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def give_key(name: str, agency: Agency, *, at: datetime) -> str:
    """A new system that may call, and its key: shown this once, and written down without it. Raises Refused for a name that is taken."""
    if CallingSystem.objects.filter(name=name).exists():
        raise Refused(f"There is a calling system {name} already, or there was. Say another name.")
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        made = CallingSystem.objects.create(name=name, agency=agency, key_digest=digest(key), active_from=at)
        _write(made, "given a key", at)
    return key


def take_back(name: str, *, at: datetime) -> None:
    """From now on a system's key opens nothing. Raises Refused where there is none of this name, or none in force."""
    with transaction.atomic():
        held = CallingSystem.objects.filter(_in_force(at), name=name).first()
        if held is None:
            raise Refused(f"There is no calling system {name} with a key in force.")
        held.active_until = at
        held.save(update_fields=["active_until"])
        _write(held, "had its key taken back", at)


def _write(system: CallingSystem, what: str, at: datetime) -> None:
    """Which system, and what was done with it; nobody is signed in at a command line."""
    by = without_post(None, at=at, route="command calling-system", request_ref="")
    write(by, Action.ADMINISTRATION, note=f"calling system {system.pk} {what}")


def _in_force(at: datetime) -> Q:
    return Q(active_from__lte=at) & (Q(active_until__isnull=True) | Q(active_until__gt=at))


def system_for(key: str, *, at: datetime) -> CallingSystem | None:
    """The calling system of a key in force."""
    return CallingSystem.objects.filter(_in_force(at), key_digest=digest(key)).select_related("agency").first()


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
