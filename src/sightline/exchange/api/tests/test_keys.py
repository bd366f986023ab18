"""A system's key is given and taken back by a command, and each is a line of the log that does not hold it."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.cast import Member

from sightline.access.models import AccessEntry
from sightline.exchange.api.commands import calling_system
from sightline.exchange.api.models import CallingSystem
from sightline.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    done = CliRunner().invoke(calling_system, words, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def calls(key: str, member: Member) -> int:
    asked = {"on_behalf_of": member.user.username, "reason": "mother on the line, worried", "name": "Mo Hussein"}
    headers = {"Authorization": f"Bearer {key}"}
    return (
        Client()
        .post("/api/first-contact", json.dumps(asked), content_type="application/json", headers=headers)
        .status_code
    )


@pytest.mark.requirement("IS-03")
def test_a_key_opens_until_it_is_taken_back_and_both_are_written_down_without_it(call_handler: Member) -> None:
    key = re.search(r"said once: (\S+)", run("give", "control room", "police"))[1]  # type: ignore[index]
    assert calls(key, call_handler) == 200
    assert "control room, Marsham Police: from " in run("list")
    run("take-back", "control room")
    assert calls(key, call_handler) == 401
    assert " to " in run("list")
    number = CallingSystem.objects.get().pk
    lines = AccessEntry.objects.filter(action="administration").order_by("pk")
    assert [e.note for e in lines] == [
        f"calling system {number} given a key", f"calling system {number} had its key taken back",
    ]  # fmt: skip
    assert key not in str(list(AccessEntry.objects.values()))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("give", "control room", "nowhere"), "no agency nowhere"),
        (("take-back", "nobody's"), "no calling system nobody's"),
    ],
)
def test_what_is_not_there_is_said(call_handler: Member, words: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        run(*words)


def test_a_name_is_given_once_and_a_key_is_taken_back_once(call_handler: Member) -> None:
    run("give", "control room", "police")
    with pytest.raises(Refused, match="already"):
        run("give", "control room", "police")
    run("take-back", "control room")
    with pytest.raises(Refused, match="in force"):
        run("take-back", "control room")
