"""Word by e-mail that something about a referral is ready: to whoever made it, and with nobody's name in it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client

from cast import Member
from referring import DECIDED, NOTHING_MORE, page_of, post, refer_new
from sightline.access.commands import account
from sightline.access.models import User
from sightline.chronology.models import Event
from sightline.kernel.errors import Refused
from sightline.pathways.referral.services.word import mail_server, news, send_word
from sightline.pathways.referral.tasks import on_recorded

pytestmark = pytest.mark.django_db
LATEST = ("referral.made", "referral.decided", "referral.fed_back")


@pytest.fixture(autouse=True)
def _server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_MAIL", "smtp+tls://sightline:a%40b@mail.invalid:587")
    monkeypatch.setenv("SIGHTLINE_MAIL_FROM", "sightline@mail.invalid")


def entries(*kinds: str) -> list[int]:
    return list(Event.objects.filter(kind__in=kinds).order_by("pk").values_list("pk", flat=True))


def addressed(referrer: Client) -> None:
    user = User.objects.get(pk=referrer.session["_auth_user_id"])
    CliRunner().invoke(account, [user.username, "--email", "lead@school.invalid"], catch_exceptions=False)


@pytest.mark.requirement("RF-08")
def test_whoever_referred_is_told_that_there_is_word_and_no_message_names_anybody(
    teacher: Client, hub: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    addressed(teacher)
    refer_new(teacher)
    page = page_of(hub)
    post(hub, f"{page}decide/", **DECIDED)
    asked: list[int] = []
    monkeypatch.setattr("sightline.pathways.referral.tasks.word.defer", lambda entry: asked.append(entry))
    on_recorded(entries(*LATEST))
    assert asked == entries("referral.fed_back"), "the decision is told by what they are told of it"
    assert [send_word(e) for e in entries("referral.fed_back")] == [1]
    (sent,) = mail.outbox
    assert sent.to == ["lead@school.invalid"] and sent.from_email == "sightline@mail.invalid"
    for said in ("Elan", "Rees", "stepfather", DECIDED["reason"], DECIDED["owner"], "ZS9"):
        assert said not in f"{sent.subject} {sent.body}"


@pytest.mark.requirement("RF-08")
def test_questions_to_whoever_referred_are_word_too(teacher: Client, hub: Client) -> None:
    addressed(teacher)
    refer_new(teacher, basis="s17", urgency="next_day")
    post(hub, f"{page_of(hub)}decide/", **DECIDED | {"decision": "returned_for_information"})
    assert [send_word(e) for e in news(entries(*LATEST))] == [1]


def test_nobody_is_written_to_who_has_no_address_or_no_account_any_more(
    teacher: Client, hub: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer_new(teacher)
    post(hub, f"{page_of(hub)}decide/", **NOTHING_MORE)
    (told,) = entries("referral.fed_back")
    assert send_word(told) == 0
    addressed(teacher)
    User.objects.filter(email="lead@school.invalid").update(is_active=False)
    assert send_word(told) == 0
    User.objects.filter(email="lead@school.invalid").update(is_active=True)
    monkeypatch.delenv("SIGHTLINE_MAIL")
    assert send_word(told) == 0 and mail_server() is None and not mail.outbox


def test_a_mail_server_is_said_in_one_line(constable: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    held = mail_server()
    assert held and (held.host, held.port, held.password, held.encrypted) == ("mail.invalid", 587, "a@b", True)
    monkeypatch.setenv("SIGHTLINE_MAIL", "https://mail.invalid")
    with pytest.raises(Refused):
        mail_server()
