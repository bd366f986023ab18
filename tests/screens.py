"""Somebody at a screen, without a browser: signed in with both factors, and pages as the words they say."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from cast import Member, sign_in
from sightline.kernel.moments import age_on, local

REASON = "Mother on the line, worried about her son"
ASKED = {"name": "Mo Hussein", "postcode": "ZS5 7AB", "reason": REASON}
BOYS_BIRTHDAY = date(2016, 3, 4)  # as `scenes` has it


def signed_in(member: Member) -> Client:
    """This person, past both factors."""
    return sign_in(Client(), member)


def text(answer: Any) -> str:
    """What a page says, without its marks."""
    words = unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+([.,:;)])", r"\1", re.sub(r"\s+", " ", words))


def hidden(answer: Any) -> dict[str, str]:
    """What keeps a form one step: its own fields, as a browser would send them back."""
    page = answer.content.decode()
    return {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("token", "seen")}  # type: ignore[index]


def boys_age() -> str:
    """How old the boy is today, as his mother says it."""
    return str(age_on(BOYS_BIRTHDAY, local(timezone.now()).date()))


def search(client: Client, **asked: str) -> Any:
    """The answer to the mother's call, or to another."""
    return client.get(client.post("/first-contact/", ASKED | {"age": boys_age()} | asked).headers["Location"])
