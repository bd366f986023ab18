"""One transaction a request: the look and the log entry commit together, before the answer leaves."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

import structlog
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from sightline.access import wall
from sightline.access.log import Action, entries_written, write
from sightline.access.models import User
from sightline.access.viewer import without_post
from sightline.kernel.errors import NotLogged, SightlineError
from sightline.pathways.concern.services import keep_typed
from sightline.pathways.concern.views.sheet import pressed
from sightline.web.failures import not_logged, said

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger()
SEEN_EVERY = 15  # seconds between two notes of a session's use, so that not every request writes the session
ABOUT_PEOPLE = ('"people_', " people_", '"chronology_', " chronology_")


class UnloggedLook:
    """Notices when a request reads about people; such a request must have written to the access log."""

    def __init__(self) -> None:
        self.read = False

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        """Django's execute wrapper."""
        if any(name in str(sql) for name in ABOUT_PEOPLE):
            self.read = True
        return execute(sql, params, many, context)


def one_transaction(get_response: Answer) -> Answer:
    """Open the transaction outside everything that reads, behind the second wall; roll back on a status of 500 and above.

    A request that read about people and wrote no access entry is a fault: it gets no answer but an error.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.ref = uuid.uuid4().hex  # type: ignore[attr-defined]
        entries_written.set(0)
        guard = UnloggedLook()
        with transaction.atomic(), wall.behind():
            with connection.execute_wrapper(guard):
                response = get_response(request)
            if guard.read and not entries_written.get():
                log.error("unlogged_look", route=request.path_info)
                response = not_logged(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return middleware


def who_is_looking(get_response: Answer) -> Answer:
    """The database is told who is signed in, and works out for itself what they may see. Of a calling system's person the API tells it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            wall.viewer_is(request.user.pk)
        return get_response(request)

    return middleware


def session_limits(get_response: Answer) -> Answer:
    """Nobody stays signed in unused for longer than SESSION_IDLE, nor at all for longer than SESSION_LONGEST (seconds)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now, held = int(time.time()), request.session
        since, seen = held.setdefault("signed_in_at", now), held.setdefault("last_used_at", now)
        why = "idle" if now - seen > settings.SESSION_IDLE else "long" if now - since > settings.SESSION_LONGEST else ""
        if why:
            return _ended(request, why)
        if now - seen >= SEEN_EVERY:
            held["last_used_at"] = now
        return get_response(request)

    return middleware


def _ended(request: HttpRequest, why: str) -> HttpResponse:
    """Signed out, written down, and asked to sign in again; back to the same page where it was only looked at, or what was typed is kept."""
    who = without_post(cast(User, request.user), at=timezone.now(), route=request.path, request_ref=request.ref)  # type: ignore[attr-defined]
    write(who, Action.SIGN_IN, outcome="ended", note=f"session ended: {why}")
    kept = request.method == "POST" and _kept(request)
    logout(request)
    onward = {"ended": why} | (
        {"next": request.path if kept else request.get_full_path()} if kept or request.method == "GET" else {}
    )
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(onward)}")


def _kept(request: HttpRequest) -> bool:
    """Whether what was typed in a form that is kept as a draft is kept now: its author finds it there after signing in again."""
    try:
        asked = resolve(request.path)
    except Resolver404:
        return False
    if asked.url_name != "concern-fill":
        return False
    return keep_typed(cast(int, request.user.pk), asked.kwargs["token"], pressed(request.POST), at=timezone.now())


def second_factor(get_response: Answer) -> Answer:
    """Nobody goes further than setting up their second factor without one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        open_to_all = request.path.startswith(("/accounts/", settings.STATIC_URL, "/health"))
        if (
            settings.SECOND_FACTOR_REQUIRED
            and user.is_authenticated
            and not open_to_all
            and not Authenticator.objects.filter(user=user).exists()
        ):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return get_response(request)

    return middleware


def answer_errors(get_response: Answer) -> Answer:
    """Refusals become pages worded for the practitioner."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SightlineError):
            return None
        if isinstance(error, NotLogged):
            transaction.set_rollback(True)
        return said(request, error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
