"""An adult's page, and the pages on which somebody decides who is who, in a browser: accessible, and no wider than the screen."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import involve
from scenes import boys_life

SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_deciding_who_is_who(visit, team_manager, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    involve(team_manager, scene.boy, scene.stepfather, scene.stranger, at=timezone.now())
    one = visit(**size).sign_in(team_manager)
    page = one.page
    page.goto(f"/person/{scene.stepfather}/")
    one.check()
    page.goto(f"/person/{scene.boy}/records/")
    page.get_by_role("link", name="Say that some of these records are somebody else's").click()
    one.check()
    page.goto(f"/person/{scene.boy}/records/")
    page.get_by_role("link", name="Say whether somebody else is the same person").click()
    one.check()
    page.get_by_role("button", name="Record this decision").click()
    page.get_by_role("alert").get_by_text("Say whether they are the same person").wait_for()
    one.check()
    page.get_by_label("Who", exact=True).fill(str(scene.stranger))
    page.get_by_label("No, they are two people").check()
    page.get_by_label("Why").fill("The school has both boys in one class")
    page.get_by_role("button", name="Record this decision").click()
    page.get_by_role("heading", name="Records that make up").wait_for()
    one.check()
