"""What was typed is kept where a session ended before it was sent, and given back to whoever typed it once they have signed in again."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict

from sightline.access import wall
from sightline.kernel.sealing import key_for, sealed, unsealed
from sightline.pathways.concern.services import keep_typed
from sightline.pathways.concern.views.sheet import pressed
from sightline.web.models import Typed

LARGEST = 256 * 1024  # bytes
MOST = 20  # forms of one author at once
NOT_TYPED = ("csrfmiddlewaretoken",)
NEVER_KEPT = ("password",)


def address_after(request: HttpRequest, user: int, *, at: datetime) -> str:
    """Keep what a request sent, for its author; gives the address at which they find it again, or nothing where it is not kept.

    Nothing of it is done, now or later: it is put back in the form, and its author sends it.
    """
    if request.method != "POST" or not _ours(request):
        return ""
    asked = resolve(request.path)
    draft = asked.url_name == "concern-fill"
    if draft and keep_typed(user, asked.kwargs["token"], pressed(request.POST), at=at):
        return request.path
    return _kept(request, user, at)


def _ours(request: HttpRequest) -> bool:
    """Whether it is one of our forms, sent from one of our pages."""
    try:
        resolve(request.path)
    except Resolver404:
        return False
    if request.path.startswith(("/accounts/", "/api/", reverse("account_login"))):
        return False
    return came_from_here(request) or CsrfViewMiddleware(lambda _: None).process_view(request, None, (), {}) is None  # type: ignore[arg-type]


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@wall.working()
def _kept(request: HttpRequest, user: int, at: datetime) -> str:
    typed = {
        n: v for n, v in request.POST.lists() if n not in NOT_TYPED and not n.lower().startswith(NEVER_KEPT) and any(v)
    }
    said = json.dumps(typed).encode()
    if not typed or len(said) > LARGEST or len(request.path) > 400:
        return ""
    token, page = secrets.token_hex(12), _page_of(request)
    until = at + timedelta(seconds=settings.TYPED_KEPT)
    throw_away(at=at)
    old = Typed.objects.filter(author_id=user).order_by("-kept_at").values_list("pk", flat=True)[MOST - 1 :]
    Typed.objects.filter(pk__in=list(old)).delete()
    content = sealed(said, _key(user), bound_to=token.encode())
    Typed.objects.create(
        token=token, author_id=user, path=request.path, page=page, content=content, kept_at=at, until_at=until
    )
    return f"{page}{'&' if '?' in page else '?'}{urlencode({'kept': token})}"


def _page_of(request: HttpRequest) -> str:
    """The address of the page that the form stood on, as far as the browser says so; else where it was sent to."""
    came = urlsplit(request.headers.get("Referer", ""))
    query = QueryDict(came.query, mutable=True)
    query.pop("kept", None)
    page = f"{came.path}?{query.urlencode()}" if query else came.path
    elsewhere = came.netloc != request.get_host() or not came.path or came.path.startswith("//")
    if elsewhere or len(page) > 700:
        return request.path
    return page


def kept_for(request: HttpRequest, *, at: datetime) -> Typed | None:
    """What this page's address says was kept, if it is this user's own, not too old, and of this page."""
    token = request.GET.get("kept", "")
    if request.method != "GET" or not token or not request.user.is_authenticated:
        return None
    held = Typed.objects.filter(token=token, author_id=request.user.pk, until_at__gt=at).first()
    return held if held is not None and request.path in (held.path, urlsplit(held.page).path) else None


def opened(held: Typed) -> MultiValueDict[str, str]:
    """What was typed, by name of field; nothing where it cannot be read."""
    said = unsealed(bytes(held.content), _key(held.author_id), bound_to=held.token.encode()) or b"{}"
    typed: Mapping[str, Any] = json.loads(said)
    return MultiValueDict({name: list(values) for name, values in typed.items()})


def _key(user: int) -> bytes:
    return key_for(f"typed/{user}", settings.SECRET_KEY)


@wall.working()
def sent(user: int, path: str) -> None:
    """A form was taken: what was kept of it goes."""
    Typed.objects.filter(author_id=user, path=path).delete()


@wall.working()
def throw_away(*, at: datetime) -> int:
    """What was kept for longer than a day goes; gives how many."""
    return Typed.objects.filter(until_at__lte=at).delete()[0]
