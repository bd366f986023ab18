"""Referring and deciding in a browser's words, for tests of the referral pages. Everybody is invented."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from screens import text
from sightline.chronology.models import Event

SAID = {
    "risk": "The stepfather hits him and has threatened to do it again tonight", "asked_for": "A strategy discussion today",
    "summary": "He came to school with a bruise on his cheek and said that his stepfather had hit him last night",
    "child_said": "He does not want to go home", "basis": "s47", "urgency": "same_day", "consent": "not_safe_to_seek", "to": "hub",
}  # fmt: skip
NEW = {
    "about": "child",
    "forenames": "Elan",
    "surname": "Rees",
    "born": "3 4 2017",
    "lines": "9 Mill Lane",
    "postcode": "ZS9 1AA",
}
DECIDED = {
    "decision": "enquiry",
    "reason": "Injury and account fit",
    "owner": "Amina Okoro",
    "next_step": "Visit at four today.",
    "child_said": "He does not want to go home",
    "child_changed": "He is not sent home before he is seen",
}
WAY_BACK = {"way_back_contact": "Ms Cole", "way_back": "Her office, any break"}
NOTHING_MORE = DECIDED | WAY_BACK | {"decision": "no_further_action"}


def token(screen: Client, path: str, **said: str) -> dict[str, str]:
    page = screen.get(path).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    found = {"token": re.search(r'name="token" value="(\w+)"', page)[1]}  # type: ignore[index]
    return found | ({"seen": seen[1]} if seen else {}) | said


def refer_new(screen: Client, **changed: str) -> int:
    answer = screen.post("/refer/", token(screen, "/refer/") | SAID | NEW | changed)
    assert answer.status_code == 302, text(answer)
    return int(answer.headers["Location"].split("/")[-2])


def waiting(hub: Client) -> tuple[int, int]:
    """Person and entry of the first referral in the hub's queue."""
    found = re.search(r"/person/(\d+)/referrals/(\d+)/", hub.get("/hub/").content.decode())
    assert found, text(hub.get("/hub/"))
    return int(found[1]), int(found[2])


def page_of(hub: Client) -> str:
    person, entry = waiting(hub)
    return f"/person/{person}/referrals/{entry}/"


def post(screen: Client, path: str, shown_at: str = "", **said: Any) -> Any:
    return screen.post(path, token(screen, shown_at or path) | said)


def kinds() -> list[str]:
    return list(
        Event.objects.exclude(kind__startswith="person.")
        .exclude(kind__startswith="address.")
        .order_by("id")
        .values_list("kind", flat=True)
    )
