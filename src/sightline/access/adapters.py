"""How accounts come about, and what signing in leaves behind."""

from __future__ import annotations

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sightline.access.log import Action, write
from sightline.access.models import User
from sightline.access.viewer import Viewer, viewer_for
from sightline.kernel.errors import NotPermitted
from sightline.kernel.sealing import key_for, sealed, unsealed


class NoSelfSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by an agency's administrator; nobody makes their own. Signing in, or failing to, is written down."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Closed, always."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No pop-up messages: every page says who is signed in."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Someone is in, second factor and all: nobody is asked seconds later to say again who they are."""
        write(_someone(request, user), Action.SIGN_IN)
        factors = {said["method"] for said in get_authentication_records(request, user)}
        if "mfa" in factors or ("password" in factors and not settings.SECOND_FACTOR_REQUIRED):
            record_authentication(request, user, method="sign_in", reauthenticated=True)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a name nobody has: the log holds which account was tried, never what was typed."""
        tried = User.objects.filter(username=credentials.get("username") or "").first()
        write(_someone(request, tried), Action.SIGN_IN, outcome="refused", note="" if tried else "no such account")


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """What second factors hang on lies encrypted in the database: whoever reads it there, or in a backup, cannot make a code."""

    def encrypt(self, text: str) -> str:
        """As letters that a column of text takes."""
        return base64.b64encode(sealed(text.encode(), _factors_key())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted; where the key is another, a secret that nobody has, so that no code is the right one."""
        said = unsealed(base64.b64decode(encrypted_text), _factors_key())
        return said.decode() if said is not None else base64.b32encode(os.urandom(20)).decode()


def _factors_key() -> bytes:
    return key_for("second factors", settings.SECRET_KEY)


@receiver(authentication_failed)
def wrong_code(request: HttpRequest, user: User, **_: object) -> None:
    """A wrong second factor: of whoever had the password, so it is written down as a wrong password is."""
    write(_someone(request, user), Action.SIGN_IN, outcome="refused", note="wrong second factor")


def _someone(request: HttpRequest, user: User | None) -> Viewer:
    at, ref = timezone.now(), getattr(request, "ref", "")
    if user is not None:
        try:
            return viewer_for(user, at=at, route=request.path, request_ref=ref)
        except NotPermitted:
            pass  # an account without a post is still named in the log
    return Viewer(user.pk if user else None, "", "", "", 0, None, at, request.path, request_ref=ref)
