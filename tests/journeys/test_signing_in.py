"""Signing in for the first time, and again, in a real browser: every page of it accessible and within a phone's width."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth
from django.core.cache import cache

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "green kettle northbound"


def _enter(page, password: str) -> None:  # type: ignore[no-untyped-def]
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("marsh")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.requirement("IS-19")
def test_a_first_day(visit, call_handler) -> None:  # type: ignore[no-untyped-def]
    cache.clear()
    call_handler.user.set_password(PASSWORD)
    call_handler.user.save()
    one = visit(width=320, height=700)
    page = one.page
    page.goto("/sign-in/")
    one.check()
    _enter(page, "not the password")
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    one.check()
    page.get_by_role("link", name="I cannot sign in").click()
    one.check()
    _enter(page, PASSWORD)
    page.get_by_role("heading", name="Confirm it is you").wait_for()
    one.check()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    one.check()
    secret = page.locator("p code").inner_text()
    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    page.get_by_label("Code from the app").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    one.check()
    recovery = page.locator("li code").first.inner_text()
    for path in ("/accounts/second-factor/", "/accounts/second-factor/totp/deactivate/", "/accounts/password/",
                 "/accounts/second-factor/recovery-codes/generate/", "/accounts/sign-out/"):  # fmt: skip
        page.goto(path)
        one.check()
    page.get_by_role("button", name="Sign out").click()
    _enter(page, PASSWORD)
    page.get_by_role("heading", name="Enter your code").wait_for()
    one.check()
    page.get_by_label("Code from your app").fill(recovery)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Who is it about?").wait_for()


def test_locked_out(visit, call_handler) -> None:  # type: ignore[no-untyped-def]
    cache.clear()
    one = visit()
    for _ in range(5):
        _enter(one.page, "not the password")
    one.page.get_by_role("heading", name="Locked for 15 minutes").wait_for()
    one.check()
