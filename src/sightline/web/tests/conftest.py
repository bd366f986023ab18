"""The boy's life, and a call handler at a screen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member
from scenes import Boy, boys_life
from screens import search, signed_in, text


@pytest.fixture
def scene(db: None) -> Boy:
    """The boy's life up to now."""
    return boys_life(timezone.now())


@pytest.fixture
def handler(call_handler: Member, scene: Boy) -> Client:
    """Jo Marsh at a screen."""
    return signed_in(call_handler)


@pytest.fixture
def page(handler: Client, scene: Boy) -> str:
    """The boy's page, after a search has opened it, as words."""
    search(handler)
    return text(handler.get(f"/person/{scene.boy}/"))
