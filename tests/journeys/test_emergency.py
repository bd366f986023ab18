"""An emergency opening and its review in a browser, and the pages of the access log: accessible, no wider than the screen, by links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, involve, make_member, seal
from scenes import Boy, boys_life
from sightline.access.models import StaffDetail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
WHY = "his mother says he is on the bridge now"


@pytest.fixture
def scene(call_handler: Member, social_worker: Member) -> Boy:
    """The boy, sealed; his social worker; and a call handler of his own surname and postcode."""
    held = boys_life(timezone.now())
    involve(social_worker, held.boy, at=timezone.now())
    since = held.at - timedelta(days=9)
    seal(held.boy, since=since)
    StaffDetail.objects.create(user=call_handler.user, surname="Hussein", lines="3 Kiln Row", postcode="ZS5 7AB")
    return held


def opens_it(one: Any, boy: int) -> None:
    """From the page that there is nothing to the record."""
    page = one.page
    page.goto(f"/person/{boy}/")
    one.check()
    page.get_by_role("link", name="Open a record in an emergency").click()
    one.check()
    assert page.get_by_label("Number of the page you were refused").input_value() == str(boy)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").get_by_text("Say why you must see it now").wait_for()
    one.check()
    page.get_by_label("Why must you see it now?").fill(WHY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Open it now?").wait_for()
    one.check()
    page.get_by_role("button", name="Open it now").click()
    page.get_by_role("heading", name="Mohammed Ali Hussein").first.wait_for()
    page.goto("/access/mine/")
    one.check()


@pytest.mark.requirement("IS-19", "IS-02", "IS-04")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_a_record_is_opened_in_an_emergency_told_and_reviewed(
    visit: Any, size: dict[str, int], scene: Boy, call_handler: Member, social_worker: Member
) -> None:
    guardian = make_member("abel", "Ruth Abel", "data_guardian", "police")
    opens_it(visit(**size).sign_in(call_handler), scene.boy)
    owner = visit(**size).sign_in(social_worker)
    owner.page.goto("/")
    owner.page.get_by_text("A record was opened in an emergency").wait_for()
    owner.check()
    one = visit(**size).sign_in(guardian)
    page = one.page
    page.goto("/")
    one.check()
    page.get_by_role("link", name="A record was opened in an emergency").click()
    one.check()
    page.get_by_role("button", name="Record this review").click()
    page.get_by_role("alert").get_by_text("Choose what you found").wait_for()
    one.check()
    page.get_by_label("Justified", exact=True).check()
    page.get_by_label("What you did").fill("The call is in the control room's log")
    page.get_by_role("button", name="Record this review").click()
    page.get_by_role("link", name="Read the review").click()
    one.check()
    reviews_looks(one)


def reviews_looks(one: Any) -> None:
    """The queue, one look, the user, and conflicts."""
    page = one.page
    page.goto("/")
    page.get_by_role("link", name="Looks to review").click()
    page.get_by_text("own surname").first.wait_for()
    one.check()
    page.get_by_role("rowheader").get_by_role("link").first.click()
    one.check()
    page.get_by_role("link", name="Jo Marsh").click()
    page.get_by_role("heading", name="What Jo Marsh looked at").wait_for()
    one.check()
    page.goto("/access/conflicts/")
    one.check()
    page.get_by_role("button", name="Keep them apart").click()
    page.get_by_role("alert").get_by_text("Choose who is kept apart").wait_for()
    one.check()


@pytest.mark.requirement("IS-19")
def test_it_works_without_scripts_and_says_so_where_nobody_is_found(
    visit: Any, scene: Boy, call_handler: Member
) -> None:
    one = visit(scripts=False, width=320, height=700).sign_in(call_handler)
    page = one.page
    page.goto("/break-glass/")
    page.get_by_label("Name", exact=True).fill("Zebedee Quill")
    page.get_by_label("Why must you see it now?").fill(WHY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Open it now").click()
    page.get_by_role("heading", name="Nobody is open").wait_for()
