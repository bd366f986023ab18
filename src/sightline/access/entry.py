"""How a request becomes a viewer: signed in, in a post, for a reason."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import uuid4

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from sightline.access.gate import in_emergency, refuse
from sightline.access.log import Action, refusals_written, write
from sightline.access.models import Involvement, User
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer, viewer_for, without_post
from sightline.kernel.errors import NotFound, NotPermitted

P = ParamSpec("P")


def looking(view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given who is looking. Nothing it answers is kept by a browser or a proxy."""

    @wraps(view)
    def seen(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        ref = getattr(request, "ref", "") or uuid4().hex
        user, now = cast(User, request.user), timezone.now()
        try:
            viewer = replace(
                viewer_for(user, at=now, route=request.path, request_ref=ref), confirmed=confirmed(request)
            )
        except NotPermitted:
            refuse(without_post(user, at=now, route=request.path, request_ref=ref), note="holds no post")
            raise
        request.viewer = viewer  # type: ignore[attr-defined]
        person = kwargs.get("person")
        if isinstance(person, int) and not viewer.confirmed and in_emergency(replace(viewer, confirmed=True), [person]):
            ask_again(request, viewer)
        before = refusals_written.get()
        try:
            return view(request, viewer, *args, **kwargs)
        except (NotPermitted, NotFound) as refused:
            of = [person] if isinstance(person, int) else []
            if refusals_written.get() == before and (
                of or isinstance(refused, NotPermitted)
            ):  # nobody need remember to
                refuse(viewer, people=of, note="refused by the page")
            raise

    return login_required(never_cache(seen))


def confirmed_again(
    view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The view answers somebody who has lately said again who they are (ACCOUNT_REAUTHENTICATION_TIMEOUT); others are asked to, and come back."""

    @wraps(view)
    def asked(request: HttpRequest, viewer: Viewer, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        ask_again(request, viewer)
        return view(request, viewer, *args, **kwargs)

    return asked


def confirmed(request: HttpRequest) -> bool:
    """Whether whoever is signed in has lately said who they are in this session, by signing in with both factors or when asked again."""
    said = [r for r in get_authentication_records(request, cast(User, request.user)) if r.get("reauthenticated")]
    return bool(said) and time.time() - said[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_again(request: HttpRequest, viewer: Viewer) -> None:
    """Raises ReauthenticationRequired, which leads to the page that asks who they are, unless that was lately asked and answered."""
    if not confirmed(request):
        write(viewer, Action.SIGN_IN, outcome="asked again", note="step-up")
        raise ReauthenticationRequired


def because(viewer: Viewer, person: int) -> Viewer:
    """The viewer with the reason in force for this person: that of their newest live involvement, for the log's sake."""
    live = Involvement.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id=person)
    newest = live.order_by("-from_at", "-id").values_list("reason", flat=True).first()
    return viewer.because(newest or "")
