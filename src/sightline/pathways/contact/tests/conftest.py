"""Incidents as they are dealt with: a boy's life, and those who answer, go, supervise and decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, make_member
from scenes import Boy, boys_life
from screens import search, signed_in

OPENS = {
    "route": "call", "own_words": "He is shouting and the little one is crying", "kind": "domestic_abuse", "place": "14 Kiln Row, ZS5 7AB",
    "children_live_there": "yes", "children_present": "yes", "children_saw_or_heard": "not_known", "child_linked_to_adult": "no",
    "unnamed": "1", "caller_is": "neighbour", "relationship": "lives next door", "recovery": "no", "language": "Arabic",
    "interpreter": "yes", "communication_needs": "Short sentences", "graded": "immediate", "token": "token-one",
}  # fmt: skip


@pytest.fixture
def scene(db: None) -> Boy:
    """The boy's life up to now."""
    return boys_life(timezone.now())


@pytest.fixture
def handler(call_handler: Member, scene: Boy) -> Client:
    """Jo Marsh at a screen, who has searched for the boy."""
    client = signed_in(call_handler)
    search(client)
    return client


@pytest.fixture
def officer(constable: Member, scene: Boy) -> Client:
    """Tom Reeve with a phone, who has searched too."""
    client = signed_in(constable)
    search(client)
    return client


@pytest.fixture
def inspector(db: None) -> Member:
    """Inspector Gale."""
    return make_member("gale", "Edith Gale", "duty_inspector", "police")


@pytest.fixture
def opened(handler: Client, scene: Boy, inspector: Member) -> str:
    """The address of an incident with the boy and a child nobody named."""
    return opens(handler, scene)


def opens(client: Client, scene: Boy, **said: str) -> str:
    """Open a contact about the boy, whose stepfather may be a danger; gives the incident's address."""
    about = {
        "people": f"{scene.boy},{scene.stepfather}",
        f"part_{scene.boy}": "child",
        f"part_{scene.stepfather}": "suspect",
    }
    answer = client.post("/contacts/new/", OPENS | about | said)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return str(answer.headers["Location"])


@pytest.fixture
def step() -> Callable[..., Any]:
    """Take a step as a form does: `step(client, incident, "arrived", field=...)`."""

    def taken(client: Client, incident: str, name: str, **said: Any) -> Any:
        page = client.get(f"{incident}{name}/").content.decode()
        held = {
            n: page.split(f'name="{n}" value="')[1].split('"')[0]
            for n in ("token", "seen")
            if f'name="{n}" value="' in page
        }
        return client.post(f"{incident}{name}/", held | said)

    return taken
