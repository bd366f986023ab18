"""How a request becomes a viewer: signed in, in a post, for a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from sightline.access.gate import refuse
from sightline.access.models import Involvement, User
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer, viewer_for, without_post
from sightline.kernel.errors import NotPermitted

P = ParamSpec("P")


def looking(view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given who is looking. Nothing it answers is kept by a browser or a proxy."""

    @wraps(view)
    def seen(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        ref = getattr(request, "ref", "")
        user, now = cast(User, request.user), timezone.now()
        try:
            viewer = viewer_for(user, at=now, route=request.path, request_ref=ref)
        except NotPermitted:
            refuse(without_post(user, at=now, route=request.path, request_ref=ref), note="holds no post")
            raise
        return view(request, viewer, *args, **kwargs)

    return login_required(never_cache(seen))


def because(viewer: Viewer, person: int) -> Viewer:
    """The viewer with the reason in force for this person: that of their newest live involvement, for the log's sake."""
    live = Involvement.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id=person)
    newest = live.order_by("-from_at", "-id").values_list("reason", flat=True).first()
    return viewer.because(newest or "")
