"""The mother's call, in a real browser: search, answers, person, and every page on the way; narrow and wide, with and without scripts."""

from __future__ import annotations

import pytest
from django.utils import timezone

from scenes import boys_life
from sightline.access.models import AccessEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Mother on the line, worried about her son"


def _call(page, name: str = "Mo Hussein") -> None:  # type: ignore[no-untyped-def]
    page.goto("/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Age", exact=True).fill("10")
    page.get_by_label("Postcode").fill("ZS5 7AB")
    page.get_by_label("Why are you looking?").fill(REASON)
    page.get_by_label("Why are you looking?").press("Enter")
    page.get_by_role("heading", name="Who it may be").wait_for()


@pytest.mark.requirement("IS-19", "JD-10", "JD-13")
@pytest.mark.parametrize(
    "size", [{"width": 1280, "height": 900}, {"width": 320, "height": 700}], ids=["wide", "narrow"]
)
def test_every_page_of_the_call_is_accessible_and_fits(visit, call_handler, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    one = visit(**size).sign_in(call_handler)
    page = one.page
    page.goto("/")
    one.check()
    _call(page)
    one.check()
    assert "Hussein" not in page.url
    card = page.get_by_role("article").first
    assert "registered sex offender" in card.inner_text()
    assert "Dangerous dog".lower() in card.inner_text().lower()
    page.get_by_role("link", name="Mohammed Ali Hussein").first.click()
    one.check()
    banner = page.get_by_role("region", name="What you must know now").bounding_box()
    assert banner is not None and banner["y"] < size["height"]
    page.get_by_role("link", name="Who looked at this person").click()
    one.check()
    for path in ("records/", "?kind=Missing&order=newest", "?on=2019-01-01"):
        page.goto(f"/person/{scene.boy}/{path}")
        one.check()
    page.goto(f"/address/{scene.premises}/")
    one.check()
    page.goto("/person/999999999/")
    one.check()


@pytest.mark.requirement("IS-19")
def test_the_call_by_keyboard_alone(visit, call_handler) -> None:  # type: ignore[no-untyped-def]
    boys_life(timezone.now())
    page = visit().sign_in(call_handler).page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for said in ("Mo Hussein", "10", "", "", "ZS5 7AB", "", "", REASON):
        page.keyboard.type(said)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Who it may be").wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if "/person/" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Mohammed Ali Hussein", level=1).wait_for()


def test_the_call_without_scripts(visit, call_handler) -> None:  # type: ignore[no-untyped-def]
    boys_life(timezone.now())
    page = visit(scripts=False).sign_in(call_handler).page
    _call(page)
    page.get_by_text("What happened lately").first.click()
    assert page.get_by_text("Contact received").last.is_visible()
    page.get_by_role("link", name="Mohammed Ali Hussein").first.click()
    page.get_by_role("link", name="Newest first").click()
    assert "order=newest" in page.url


def test_ext_finds_nobody_by_any_page(visit, ext) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    one = visit().sign_in(ext)
    one.page.goto("/")
    one.check()
    assert one.page.get_by_label("Name").count() == 0
    for path in (
        f"/person/{scene.boy}/",
        f"/person/{scene.boy}/looked/",
        f"/person/{scene.boy}/records/",
        f"/address/{scene.premises}/",
    ):
        answer = one.page.goto(path)
        assert answer is not None and answer.status == 404
        assert "Hussein" not in one.page.content()
    assert AccessEntry.objects.filter(action="refusal", user_id=ext.user.pk).count() == 4
