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
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sightline.access import wall
from sightline.access.entry import confirmed
from sightline.access.log import Action, entries_written, write
from sightline.access.models import User
from sightline.access.viewer import without_post
from sightline.kernel.errors import NotLogged, SightlineError
from sightline.web import keeping
from sightline.web.failures import not_logged, said
from sightline.web.models import Typed
from sightline.web.putting_back import put_back, whole

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger()
WHOSE = "sightline_whose"  # whose this browser's session was, signed, so that what comes back after its end is kept for them
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
    """The database is told who is signed in, and whether they lately said so again, and works out for itself what they may see.

    Of a calling system's person the API tells it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            wall.viewer_is(request.user.pk, confirmed=confirmed(request))
        return get_response(request)

    return middleware


def session_limits(get_response: Answer) -> Answer:
    """Nobody stays signed in unused for longer than SESSION_IDLE, nor at all for longer than SESSION_LONGEST (seconds)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return _kept_for_whose_it_was(request, get_response(request))
        now, held, user = int(time.time()), request.session, request.user.pk
        since, seen = held.setdefault("signed_in_at", now), held.setdefault("last_used_at", now)
        why = "idle" if now - seen > settings.SESSION_IDLE else "long" if now - since > settings.SESSION_LONGEST else ""
        if why:
            return _ended(request, why)
        if now - seen >= SEEN_EVERY:
            held["last_used_at"] = now
        response = get_response(request)
        if not _signed_in(request):
            response.delete_cookie(WHOSE)
        elif WHOSE not in request.COOKIES or now - seen >= SEEN_EVERY:
            _says_whose(response, user)
        return response

    return middleware


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _ended(request: HttpRequest, why: str) -> HttpResponse:
    """Signed out, written down, and asked to sign in again; back to the same page, and what was typed in it is kept for them."""
    user, now = cast(User, request.user), timezone.now()
    who = without_post(user, at=now, route=request.path, request_ref=request.ref)  # type: ignore[attr-defined]
    write(who, Action.SIGN_IN, outcome="ended", note=f"session ended: {why}")
    onward = request.get_full_path() if request.method == "GET" else keeping.address_after(request, user.pk, at=now)
    logout(request)
    response = _to_sign_in(onward, why)
    _says_whose(response, user.pk)
    return response


def _to_sign_in(onward: str, why: str) -> HttpResponse:
    asked = {"ended": why} | ({"next": onward} if onward else {})
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(asked)}")


def _says_whose(response: HttpResponse, user: int) -> None:
    response.set_signed_cookie(
        WHOSE, str(user), max_age=settings.TYPED_KEPT, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES
    )


def _kept_for_whose_it_was(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Another window had ended the session already: what was typed here, on a page for those who are signed in, is kept all the same."""
    to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(settings.LOGIN_URL)
    whose = request.get_signed_cookie(WHOSE, "", max_age=settings.TYPED_KEPT)
    if request.method != "POST" or not to_sign_in or not whose:
        return response
    onward = keeping.address_after(request, int(whose), at=timezone.now())
    return _to_sign_in(onward, "idle") if onward else response


def give_back(get_response: Answer) -> Answer:
    """A form is filled in again with what its author had typed before they were signed out; once it is taken, what was kept goes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        held = keeping.kept_for(request, at=timezone.now())
        if held is None:
            return _sent(request, get_response(request))
        request.typed_before = keeping.opened(held)  # type: ignore[attr-defined]
        response = get_response(request)
        if (
            response.status_code in (404, 405) and request.path != held.path
        ):  # that page is gone: the form's own address may be there
            return HttpResponseRedirect(f"{held.path}?{urlencode({'kept': held.token})}")
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            _fill(request, response, held)
        return response

    return middleware


def _fill(request: HttpRequest, response: HttpResponse, held: Typed) -> None:
    page = response.content.decode()
    found, left = put_back(page, dict(request.typed_before.lists()), action=held.path, here=request.path)  # type: ignore[attr-defined]
    query = request.GET.copy()
    del query["kept"]
    without = f"{request.path}?{query.urlencode()}" if query else request.path
    notice = render_to_string(
        "web/kept.html", {"at": held.kept_at, "found": found.edits, "left": left, "without": without}
    )
    response.content = whole(found, notice)
    request.session["put_back"] = True


def _sent(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    taken = request.method == "POST" and response.status_code == 302
    if taken and request.user.is_authenticated and request.session.get("put_back"):
        keeping.sent(request.user.pk, request.path)
    return response


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
