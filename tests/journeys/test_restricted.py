"""A restricted record in a browser, narrow and wide: the search finds that it is there, its page says how to obtain it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import involve
from scenes import boys_life
from sightline.access.models import Restriction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]


@pytest.mark.requirement("IS-08", "IS-19")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_call_to_whom_to_ask(visit, call_handler, social_worker, size, scripts) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    reason = "a colleague's child"
    Restriction.objects.create(person_id=scene.boy, state="restricted", reason=reason, from_at=scene.at)
    involve(social_worker, scene.boy, at=scene.at)
    one = visit(**size, scripts=scripts).sign_in(call_handler)
    page = one.page
    page.goto("/")
    page.get_by_label("Name").fill("Mo Hussein")
    page.get_by_label("Age", exact=True).fill("10")
    page.get_by_label("Why are you looking?").fill("Mother on the line, worried about her son")
    page.get_by_label("Why are you looking?").press("Enter")
    page.get_by_role("heading", name="Who it may be").wait_for()
    if scripts:
        one.check()
    page.locator("article").get_by_role("link", name="A restricted record").click()
    assert page.inner_text("h1") == "This record is restricted"
    main = page.inner_text("main")
    assert "Case owner" in main
    assert "Hussein" not in main
    if scripts:
        one.check()


@pytest.mark.requirement("IS-08", "IS-19")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_an_open_page_says_what_is_held_and_not_shown(visit, call_handler, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    involve(call_handler, scene.boy, why="first_contact", at=scene.at)
    one = visit(**size).sign_in(call_handler)
    one.page.goto(f"/person/{scene.boy}/")
    assert "Held, and not shown to you" in one.page.inner_text("main")
    one.check()
