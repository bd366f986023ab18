"""What the hub's figures count as a repeat: by the limit of a year, and never the first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import entry, feed_viewer, make_member, write_person
from sightline.chronology.record import record_many
from sightline.pathways.referral.queries.figures import flow


@pytest.mark.django_db
@pytest.mark.requirement("RF-24")
@pytest.mark.parametrize(
    ("days", "repeats"), [((0,), (0, 1)), ((0, 200), (1, 1)), ((0, 400), (0, 1)), ((0, 1), (1, 2))]
)
def test_a_repeat_is_one_within_a_year_of_an_earlier_one_and_the_first_is_none(
    days: tuple[int, ...], repeats: tuple[int, int]
) -> None:
    manager, now = make_member("begum", "Rukhsana Begum", "mash_manager", "hub"), timezone.now()
    write_person("social_care", "C1", forenames="Mo", surname="Hussein", born="2017-03-04")
    said = {"to": "hub", "basis": "s17", "summary": "x"}
    for n, ago in enumerate(days):
        at = now - timedelta(days=ago, hours=2)
        made = entry(
            "referral.made",
            {"child": [("social_care", "C1")]},
            source="police",
            ref=f"R{n}/referral.made",
            at=at,
            data=said,
        )
        record_many([made], feed_viewer(at=at))
    assert flow(manager.viewer(at=now), since=now - timedelta(days=3), until=now).repeats == repeats
