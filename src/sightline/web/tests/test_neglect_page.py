"""Neglect over time, as the person page draws it and says it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, person_of, write_person
from screens import signed_in, text
from sightline.chronology.record import record_many


@pytest.mark.requirement("RA-04")
@pytest.mark.django_db
def test_the_person_page_draws_it_and_says_the_same_in_a_table(social_worker: Member) -> None:
    child = person_of(write_person("social_care", "C1", forenames="Ada", surname="Fenwick", born="2018-05-06"))
    involve(social_worker, child, at=timezone.now())
    page = f"/person/{child}/"
    client = signed_in(social_worker)
    assert "Neglect over time" not in text(client.get(page))
    for n, days in enumerate((400, 30)):
        made = entry("concern.notified", {"child": [("social_care", "C1")]}, source="social_care", ref=f"n{n}",
                     at=timezone.now() - timedelta(days=days), data={"home_warmth": "poor", "kinds": ["other"]})  # fmt: skip
        record_many([made], feed_viewer(at=timezone.now()))
    shown = client.get(page)
    said = text(shown)
    assert (
        "1 in the last 4 quarters, 1 in the 4 before: as often as before" in said
        and "Home conditions: poor: warmth" in said
    )
    assert 'aria-label="Signs of neglect by quarter. 1 in the last 4' in shown.content.decode()
    assert "Days with a sign of neglect, by quarter, as a table" in said
