"""Signing in, and what the sign-in package has no page for."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from sightline.access.models import Post
from sightline.access.roles import roles

ENDED = {
    "idle": "You were signed out because Sightline was not used for 10 minutes. Nothing you had saved is lost.",
    "long": "You were signed out because you had been signed in for 8 hours. Nothing you had saved is lost.",
}


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """User name and password; a demonstration says openly who there is to be."""
    shown: dict[str, object] = {"ended": ENDED.get(request.GET.get("ended", ""), "")}
    if settings.DEMO:
        shown |= {"cast": _cast(), "cast_password": settings.DEMO_PASSWORD}
    return LoginView.as_view(extra_context=shown)(request)  # type: ignore[no-any-return]


def _cast() -> list[dict[str, str]]:
    posts = Post.objects.filter(user__is_active=True, held_until=None).select_related("user", "agency").order_by("id")
    return [
        {"username": p.user.username, "name": str(p.user), "post": f"{roles()[p.role].name}, {p.agency}"}
        for p in posts
        if p.role in roles()
    ]


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG001
    """Too many wrong passwords from one place for one account."""
    return render(request, "access/locked_out.html", status=429)


def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Accounts, forgotten passwords and changed addresses go through the agency's administrator."""
    return render(request, "access/ask_administrator.html")
