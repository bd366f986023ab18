"""A session ends when nobody uses it, when it has lasted a shift, and at once when the account or the post is taken away."""

from __future__ import annotations

import time
from threading import Thread

import pytest
from allauth.mfa.totp.internal import auth
from django.db import connection
from django.test import Client
from django.utils import timezone

from cast import Member
from sightline.access.models import AccessEntry, User

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def signed_in(call_handler: Member, client: Client) -> Client:
    client.force_login(call_handler.user, backend=BACKEND)
    auth.TOTP.activate(call_handler.user, auth.generate_totp_secret())
    assert client.get("/").status_code == 200
    return client


def ago(client: Client, key: str, seconds: int) -> None:
    session = client.session
    session[key] = int(time.time()) - seconds
    session.save()


@pytest.mark.requirement("IS-01")
def test_unused_for_ten_minutes_it_ends_and_leads_back_where_one_was(signed_in: Client) -> None:
    ago(signed_in, "last_used_at", 599)
    assert signed_in.get("/").status_code == 200
    ago(signed_in, "last_used_at", 601)
    answer = signed_in.get("/alerts/?whose=team")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?ended=idle&next=%2Falerts%2F%3Fwhose%3Dteam"
    assert "not used for 10 minutes" in signed_in.get(answer.headers["Location"]).content.decode()
    assert signed_in.get("/").status_code == 302
    last = AccessEntry.objects.filter(action="sign_in").latest("id")
    assert (last.outcome, last.note) == ("ended", "session ended: idle")


def test_use_keeps_it_open(signed_in: Client) -> None:
    ago(signed_in, "last_used_at", 400)
    assert signed_in.get("/").status_code == 200
    assert int(time.time()) - signed_in.session["last_used_at"] < 60


@pytest.mark.requirement("IS-01")
def test_after_eight_hours_it_ends_however_much_it_is_used(signed_in: Client) -> None:
    ago(signed_in, "signed_in_at", 8 * 3600 - 60)
    assert signed_in.get("/").status_code == 200
    ago(signed_in, "signed_in_at", 8 * 3600 + 1)
    answer = signed_in.post("/first-contact/", {"name": "Mo"})
    assert answer.headers["Location"].startswith("/sign-in/?ended=long&next=%2Ffirst-contact%2F%3Fkept%3D")


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("taken", ["account", "post", "password"])
def test_what_is_taken_away_is_gone_with_the_next_request(signed_in: Client, call_handler: Member, taken: str) -> None:
    if taken == "account":
        User.objects.filter(pk=call_handler.user.pk).update(is_active=False)
    elif taken == "post":
        type(call_handler.post).objects.filter(pk=call_handler.post.pk).update(held_until=timezone.now())
    else:
        call_handler.user.set_password("another kettle southbound")
        call_handler.user.save()
    assert signed_in.get("/").status_code == (403 if taken == "post" else 302)


@pytest.mark.requirement("IS-01")
@pytest.mark.django_db(transaction=True)
def test_of_requests_in_flight_none_that_starts_after_the_account_is_closed_is_served(call_handler: Member) -> None:
    """Four browsers of one account ask without pause; half way the account is closed."""
    auth.TOTP.activate(call_handler.user, auth.generate_totp_secret())
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(call_handler.user, backend=BACKEND)
    served: list[tuple[float, int]] = []
    closed_at = [float("inf")]

    def asks(client: Client) -> None:
        while time.monotonic() < min(began + 20, closed_at[0] + 1):
            started = time.monotonic()
            served.append((started, client.get("/rules/").status_code))
        connection.close()

    began = time.monotonic()
    threads = [Thread(target=asks, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    while sum(status == 200 for _, status in served) < 8 and time.monotonic() < began + 15:
        time.sleep(0.05)
    User.objects.filter(pk=call_handler.user.pk).update(is_active=False)
    closed_at[0] = time.monotonic()
    for thread in threads:
        thread.join()
    after = [status for started, status in served if started > closed_at[0]]
    assert sum(status == 200 for _, status in served) >= 8
    assert after and set(after) == {302}
