"""Pages for what went wrong: worded for the practitioner, the same for what is absent and what may not be known of."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from psycopg_pool import PoolTimeout

from sightline.access.gate import NOT_FOUND
from sightline.kernel.errors import SightlineError
from sightline.web import keeping

TITLES = {
    400: "That could not be read",
    403: "Not permitted",
    404: "Nothing here that you can see",
    409: "Not as things stand",
    422: "That could not be taken as it stands",
    429: "More than your role opens in such a time",
    503: "Nothing is shown",
}


FAULT = "Sightline failed and nothing was looked up. This is not the same as nothing held. Try again."
UNREACHABLE = (
    "Sightline cannot reach its records, so nothing was looked up. This is not the same as nothing held."
    " Try again in a minute. Until it answers, grade by what the caller says and ask each system itself."
)


def said(request: HttpRequest, error: SightlineError) -> HttpResponse:
    """What Sightline says no to. Nothing of the question is repeated, so two answers of one kind are byte for byte the same."""
    return _page(request, error.status, str(error))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such page, or nobody that this viewer may know of: the same answer."""
    return _page(request, 404, NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What the browser sent makes no sense."""
    return _page(request, 400, "Go back and try again.")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Not for this viewer."""
    return _page(request, 403, "Your role does not allow this. Your supervisor can tell you who can do it.")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open too long, or was sent from elsewhere. Whoever signed in again in another window finds in it what they typed."""
    if request.user.is_authenticated and keeping.came_from_here(request):
        onward = keeping.address_after(request, request.user.pk, at=timezone.now())
        if onward:
            return HttpResponseRedirect(onward)
    return _page(
        request,
        403,
        "This form was open too long, or you signed in again meanwhile. Go back, reload the page and send it again.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or no database. A search that failed must never look like no match, so it says so."""
    unreachable = isinstance(sys.exc_info()[1], OperationalError | InterfaceError | PoolTimeout)
    return _page(request, 503, UNREACHABLE) if unreachable else _page(request, 500, FAULT)


def not_logged(request: HttpRequest) -> HttpResponse:
    """A look that left no trace is not shown."""
    return _page(request, 503, "This look was not logged, so nothing is shown. Tell whoever runs Sightline.")


def _page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    shown = {"title": TITLES.get(status, "Sightline failed"), "message": message, "ours": status >= 500}
    if status >= 500:  # the database may be what failed: this page asks it nothing, not even who is signed in
        return HttpResponse(render_to_string("web/failure.html", shown), status=status)
    return render(request, "web/failure.html", shown, status=status)
