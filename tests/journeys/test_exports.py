"""A file asked for, agreed to by a second person, fetched after saying again who one is, and handed over: in a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, involve, make_member, person_of, write_person
from scenes import boys_life

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]


def seen(one: Any, name: str) -> None:
    """Checked; and kept as a picture where PICTURES names a folder."""
    one.check()
    if folder := os.environ.get("PICTURES"):
        width = one.page.viewport_size["width"]
        one.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def asks(one: Any) -> None:
    """For everybody they work with, with a mistake first."""
    page = one.page
    page.goto("/exports/")
    seen(one, "exports-none")
    page.get_by_role("button", name="Ask for an export").click()
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_role("alert").get_by_text("Choose whose records").wait_for()
    seen(one, "exports-errors")
    page.get_by_label("Everybody I work with now").check()
    page.get_by_label("A document to read or print").check()
    page.get_by_label("Who is it for?").fill("Jo Penn, force solicitor")
    page.get_by_label("What is it for?").fill("For the hearing on Thursday")
    page.get_by_label("Legal obligation").check()
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_text("Waits for a second person").wait_for()
    seen(one, "export-waiting")


def agrees(one: Any) -> None:
    """Somebody else of the agency."""
    page = one.page
    page.goto("/exports/")
    seen(one, "exports-to-agree")
    page.get_by_role("link", name="for Jo Penn").click()
    seen(one, "export-to-agree")
    page.get_by_label("I agree").check()
    page.get_by_label("Why?").fill("The court has ordered it")
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("Ready to fetch").wait_for()


@pytest.mark.requirement("IS-19", "IS-18")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_an_export_of_many_passes_through_two_persons_hands(
    visit: Any, size: dict[str, int], social_worker: Member, tmp_path: Path
) -> None:
    now = timezone.now()
    others = [person_of(write_person("social_care", f"C{n}", surname=f"Hollin{n}", at=now)) for n in range(20)]
    involve(social_worker, boys_life(now).boy, *others, at=now)
    manager = make_member("lead", "Sue Pervisor", "social_care_manager", "social_care")
    one = visit(**size).sign_in(social_worker)
    asks(one)
    agrees(visit(**size).sign_in(manager))
    page = one.page
    page.reload()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Fetch the file").click()
    kept = tmp_path / "kept.html"
    fetched.value.save_as(kept)
    page.reload()
    page.get_by_label("Handed to somebody").check()
    page.get_by_label("Who has it now?").fill("Jo Penn")
    page.get_by_label("How").fill("by hand, sealed bag 12")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Handed over to Jo Penn").wait_for()
    seen(one, "export-handed-over")
    document = visit(**size)
    document.page.goto(kept.as_uri())
    document.page.get_by_role("heading", name="Mohammed Ali Hussein").wait_for()
    seen(document, "export-file")
