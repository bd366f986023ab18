"""First contact looks up as it is typed: in place, by the same logged search, a few times a form, and not before a reason is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import timezone

from cast import Member
from scenes import boys_life
from sightline.access.models import AccessEntry
from sightline.oversight.recording_effort.models import Recording

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("SIGHTLINE_PICTURES", "")
PAUSE = 1500  # milliseconds, and a little more than the script waits


@pytest.mark.requirement("JD-10", "JD-14", "IS-19")
def test_who_it_may_be_is_shown_beside_the_form_while_it_is_typed(visit, call_handler: Member) -> None:  # type: ignore[no-untyped-def]
    boys_life(timezone.now())
    one = visit(width=320, height=700).sign_in(call_handler)
    page, status = one.page, one.page.locator("#looked-up [role=status]")
    searches = AccessEntry.objects.filter(action="search")
    page.goto("/first-contact/")
    page.get_by_label("Name").press_sequentially("Mo Hussein")
    page.get_by_label("Age", exact=True).press_sequentially("10")
    page.wait_for_timeout(PAUSE)
    assert not searches.exists() and status.inner_text() == "", "nobody is looked up without a reason"
    page.get_by_label("Why are you looking?").press_sequentially("Mother on the line, worried")
    page.get_by_text("may be meant").wait_for()
    assert page.url.endswith("/first-contact/") and page.inner_text("#looked-up li").startswith(
        "Mohammed Ali Hussein: "
    )
    one.check()
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / "as-typed-320.png", full_page=True)
    page.wait_for_timeout(PAUSE)
    assert searches.count() == 1 and searches.get().reason == "Mother on the line, worried", (
        "once, while nothing changes"
    )
    for n in range(3):
        with page.expect_response(lambda answer: answer.request.method == "GET" and "/first-contact/" in answer.url):
            page.get_by_label("Address").fill(f"{n} Kiln Row")
    page.get_by_label("Address").fill("14 Kiln Row")
    page.wait_for_timeout(PAUSE)
    assert searches.count() == 4, "and four times a form at most"
    assert not Recording.objects.exists()
    page.get_by_role("button", name="Search").click()
    page.get_by_role("heading", name="Who it may be").wait_for()
    assert searches.count() == 5 and Recording.objects.get().keyed > 0
