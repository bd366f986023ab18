"""Signing in: written down, locked after five wrong passwords, and no further without a second factor."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cast import Member
from sightline.access.models import AccessEntry, User

PASSWORD = "green kettle northbound"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def handler(call_handler: Member) -> Member:
    """Jo Marsh, with a password."""
    call_handler.user.set_password(PASSWORD)
    call_handler.user.save()
    return call_handler


def _try(client: Client, name: str, password: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in/", {"login": name, "password": password})


def _entries() -> list[tuple[int | None, str, str]]:
    return list(AccessEntry.objects.filter(action="sign_in").order_by("id").values_list("user_id", "outcome", "note"))


def test_signing_in_is_written_down_and_leads_to_the_second_factor(handler: Member, client: Client) -> None:
    answer = _try(client, "marsh", PASSWORD)
    assert answer.status_code == 302
    assert _entries() == [(handler.user.pk, "given", "")]
    assert client.get("/").headers["Location"] == "/accounts/second-factor/totp/activate/"


def test_a_second_factor_is_set_up_and_asked_for_next_time(handler: Member, client: Client) -> None:
    _try(client, "marsh", PASSWORD)
    confirm = client.get("/accounts/second-factor/totp/activate/")
    page = client.post(confirm.headers["Location"], {"password": PASSWORD}, follow=True)
    secret = re.search(r"Key: <code>(\w+)</code>", page.content.decode())[1]
    assert b"data:image/svg+xml" in page.content
    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    done = client.post("/accounts/second-factor/totp/activate/", {"code": code}, follow=True)
    assert "Your recovery codes" in done.content.decode()
    recovery = re.findall(r"<li><code>(\w+)</code></li>", done.content.decode())
    assert len(recovery) == 10
    assert client.get("/").status_code == 200
    client.post("/accounts/sign-out/")
    again = Client()
    asked = _try(again, "marsh", PASSWORD)
    assert asked.headers["Location"].startswith("/accounts/second-factor/authenticate/")
    assert len(_entries()) == 1, "not in before the second factor"
    assert again.get("/").status_code == 302
    wrong = again.post("/accounts/second-factor/authenticate/", {"code": "000000"})
    assert "There is a problem" in wrong.content.decode()
    assert _entries()[1:] == [(handler.user.pk, "refused", "wrong second factor")]
    again.post("/accounts/second-factor/authenticate/", {"code": recovery[0]})
    assert again.get("/").status_code == 200
    assert len(_entries()) == 3
    assert "/accounts/" not in again.get("/accounts/second-factor/recovery-codes/").headers.get("Location", ""), (
        "nobody is asked again seconds later"
    )


def test_what_a_second_factor_hangs_on_is_not_readable_in_the_database_and_counts_only_with_the_key(
    handler: Member, settings: LazySettings
) -> None:
    secret = auth.generate_totp_secret()
    factor = auth.TOTP.activate(handler.user, secret)
    held = str(Authenticator.objects.get(user=handler.user).data)
    assert secret not in held
    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    settings.SECRET_KEY = "another installation's"
    assert not factor.validate_code(code)


@pytest.mark.requirement("IS-03")
def test_a_wrong_password_is_written_down_without_what_was_typed(handler: Member, client: Client) -> None:
    answer = _try(client, "marsh", "not the password")
    assert "There is a problem" in answer.content.decode()
    _try(client, "nobody at all", PASSWORD)
    assert _entries() == [(handler.user.pk, "refused", ""), (None, "refused", "no such account")]
    assert "not the password" not in answer.content.decode()


def test_the_sixth_try_is_locked_out_even_with_the_right_password(handler: Member, client: Client) -> None:
    for _ in range(5):
        last = _try(client, "marsh", "not the password")
    assert last.status_code == 429
    assert "Locked for 15 minutes" in last.content.decode()
    assert _try(client, "marsh", PASSWORD).status_code != 302
    assert client.get("/").status_code == 302


def test_nobody_makes_their_own_account(client: Client) -> None:
    answer = client.post(
        "/accounts/ask/account_signup/", {"username": "mallory", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "administrator" in answer.content.decode()
    assert not User.objects.filter(username="mallory").exists()
    assert client.get("/accounts/signup/").status_code == 404


def test_a_demonstration_says_openly_who_there_is_to_be_and_nothing_else_does(
    handler: Member, client: Client, settings
) -> None:  # type: ignore[no-untyped-def]
    assert settings.DEMO_PASSWORD not in client.get("/sign-in/").content.decode()
    settings.DEMO = True
    page = client.get("/sign-in/").content.decode()
    assert settings.DEMO_PASSWORD in page and "Jo Marsh" in page and "Call handler" in page


def test_someone_whose_post_has_ended_sees_nothing(handler: Member, client: Client) -> None:
    handler.post.held_until = timezone.now()
    handler.post.save()
    client.force_login(handler.user, backend="django.contrib.auth.backends.ModelBackend")
    auth.TOTP.activate(handler.user, auth.generate_totp_secret())
    answer = client.get("/")
    assert answer.status_code == 403
    assert "You hold no post" in answer.content.decode()
