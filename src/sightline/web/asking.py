"""What a caller said, kept on the server for the length of the session: no name is ever in an address or a browser's history."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from sightline.kernel.errors import NotFound

KEPT = 20
GONE = "This search is no longer held. Enter what the caller says again."


def keep(request: HttpRequest, said: dict[str, str]) -> str:
    """Hold what was said under a name that means nothing, and give the name; the oldest of 20 goes."""
    token = secrets.token_hex(9)
    held = dict(request.session.get("asked", {}))
    held[token] = said
    request.session["asked"] = dict(list(held.items())[-KEPT:])
    return token


def kept(request: HttpRequest, token: str) -> dict[str, str]:
    """What was said; raises NotFound for another session's or one too old."""
    held: dict[str, dict[str, str]] = request.session.get("asked", {})
    if token not in held:
        raise NotFound(GONE)
    return held[token]


def again(request: HttpRequest) -> dict[str, str] | None:
    """What was said before, to add to: nobody enters it twice. None where the address names no search of this session."""
    return said(request, request.GET.get("again", ""))


def said(request: HttpRequest, token: str) -> dict[str, str] | None:
    """What was said in one search of this session; None for any other."""
    held: dict[str, dict[str, str]] = request.session.get("asked", {})
    return held.get(token)
