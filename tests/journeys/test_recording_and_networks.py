"""What recording takes, a network link by link, and profiles with what came of them: in a browser, narrow, and without JavaScript."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from sightline.chronology.record import record_many
from sightline.exchange.feeds.tests.police_extracts import take_in
from sightline.oversight.recording_effort.models import Recording

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("SIGHTLINE_PICTURES", "")
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]


def _look(window, path: str, says: str, name: str) -> None:  # type: ignore[no-untyped-def]
    """Open a page, find what it must say, let axe look, and keep a picture where one is asked for."""
    window.page.goto(path)
    assert says in window.page.inner_text("main")
    window.check()
    if PICTURES:
        wide = window.page.viewport_size["width"]
        window.page.screenshot(path=Path(PICTURES) / f"{name}-{wide}.png", full_page=True)


@pytest.fixture
def inspector(db: None) -> Member:
    """Inspector Dawn Hale, in charge of response."""
    return make_member("hale", "Dawn Hale", "duty_inspector", "police")


@pytest.mark.requirement("JD-14")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_what_recording_takes_is_counted_without_scripts_and_read_by_a_supervisor(
    visit, inspector: Member, size
) -> None:  # type: ignore[no-untyped-def]
    window = visit(scripts=False, **size).sign_in(inspector)
    for _ in range(5):
        window.page.goto("/first-contact/")
        window.page.fill("[name=name]", "Mo Hussein")
        window.page.fill("[name=reason]", "Mother on the line")
        window.page.click("main button[type=submit]")
    assert [r.keyed for r in Recording.objects.all()] == [len("Mo Hussein") + len("Mother on the line")] * 5
    _look(visit(**size).sign_in(inspector), "/recording/", "First contact", "recording")


@pytest.mark.requirement("JD-21")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_a_network_and_a_profile_are_read(visit, size) -> None:  # type: ignore[no-untyped-def]
    now, who = timezone.now(), {}
    for name, born in (("Ada", "2011-01-01"), ("Bea", "2012-01-01"), ("Kez", "1990-01-01")):
        who[name] = person_of(write_person("crime", name, forenames=name, surname="Quarrington", born=born))
    desk = {"kind": "exploitation", "summary": "Seen together at the desk."}
    hotel, car = "Station Lodge Hotel, 1 Weir Lane, ZS5 2AA", {"found_by": "police", "where": "in his car"}
    kez = [("crime", "Kez")]
    told = [
        entry("intelligence.recorded", {"child": [("crime", "Ada")], "adult": kez}, source="crime", ref="1",
              at=now - timedelta(days=9), place=hotel, data=desk),
        entry("missing.returned", {"child": [("crime", "Bea")], "adult": kez}, source="crime", ref="2",
              at=now - timedelta(days=3), data=car),
    ]  # fmt: skip
    record_many(told, feed_viewer(at=now))
    take_in("analysis")
    take_in("learning_reviews")
    analyst = make_member("vale", "Priti Vale", "exploitation_team", "police")
    involve(analyst, *who.values(), at=now)
    window = visit(**size).sign_in(analyst)
    _look(window, f"/person/{who['Bea']}/network/", "2 children, 1 adult and 1 place", "network")
    _look(window, "/recommendations/", "Visit every hotel", "recommendations")
