"""Somebody at a screen, without a browser: signed in with both factors, and pages as the words they say."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from cast import Member, sign_in

REASON = "Mother on the line, worried about her son"
ASKED = {"name": "Mo Hussein", "age": "10", "postcode": "ZS5 7AB", "reason": REASON}


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


def search(client: Client, **asked: str) -> Any:
    """The answer to the mother's call, or to another."""
    return client.get(client.post("/first-contact/", ASKED | asked).headers["Location"])
