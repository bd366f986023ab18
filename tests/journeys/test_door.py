"""An officer at a door with a phone: what must be known is on one screen of it, and the pages of an incident are looked at narrow and wide."""

from __future__ import annotations

import os

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, sign_in
from scenes import boys_life
from screens import search
from sightline.pathways.contact.tests.conftest import opens

PICTURES = os.environ.get("SIGHTLINE_PICTURES", "")
PHONE, DESK = {"width": 320, "height": 568}, {"width": 1280, "height": 900}


@pytest.mark.requirement("FC-15")
@pytest.mark.django_db(transaction=True)
def test_what_an_officer_needs_at_the_door_is_on_one_screen_of_a_phone(
    visit, call_handler: Member, constable: Member
) -> None:  # type: ignore[no-untyped-def]
    boy = boys_life(timezone.now())
    desk = sign_in(Client(), call_handler)
    search(desk)
    address = opens(desk, boy)
    search(sign_in(Client(), constable))
    person = address.split("/")[2]
    pages = {"incident": address, "door": f"{address}door/", "seen": f"{address}seen/", "scene": f"{address}scene/",
             "relay": f"{address}relay/", "new": f"/contacts/new/?person={person}", "raise": "/raise-a-concern/",
             "young": "/tell-us/", "sent": "/tell-us/sent/"}  # fmt: skip
    for name, size in (("phone", PHONE), ("desk", DESK)):
        seen = visit(scripts=name == "desk", **size).sign_in(constable)
        for page, where in pages.items():
            seen.page.goto(where)
            if name == "desk":
                seen.check()
            if PICTURES:
                seen.page.screenshot(path=f"{PICTURES}/{page}-{name}.png", full_page=page != "door" or name == "desk")
            if page == "door" and name == "phone":
                box = seen.page.locator("#summary").bounding_box()
                assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], box
                assert "Mohammed Ali Hussein" in seen.page.locator("#summary").inner_text()
