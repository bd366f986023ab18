"""What the hub's figures count as a repeat: by the limit of a year, and never the first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, make_member, person_of, seal, write_person
from screens import signed_in, text
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


@pytest.mark.django_db
@pytest.mark.requirement("IS-05")
def test_a_sealed_child_is_in_no_figure_of_the_hub() -> None:
    manager, now = make_member("begum", "Rukhsana Begum", "mash_manager", "hub"), timezone.now()
    child = person_of(write_person("social_care", "C1", forenames="Mo", surname="Hussein", born="2017-03-04"))
    at, about, said = now - timedelta(hours=2), {"child": [("social_care", "C1")]}, {"to": "hub", "basis": "s17"}
    record_many(
        [entry("referral.made", about, source="police", ref="R/made", at=at, data=said | {"summary": "x"})],
        feed_viewer(at=at),
    )

    def came() -> int:
        return flow(manager.viewer(at=now), since=now - timedelta(days=3), until=now).repeats[1]

    assert came() == 1
    seal(child)
    assert came() == 0


@pytest.mark.django_db
@pytest.mark.requirement("RF-05")
def test_whoever_runs_the_hub_sees_and_sets_who_is_on_duty_until_monday(hub: Client, ext: Member) -> None:
    worker = make_member("moss", "Ida Moss", "practitioner", "hub")
    assert "Nobody by name" in text(hub.get("/hub/flow/")) and "/hub/flow/#duty" in hub.get("/hub/").content.decode()
    begins, ends = (timezone.localtime() + timedelta(minutes=m) for m in (1, 60))
    said = {"post": str(worker.post.pk), "from_at": f"{begins:%d/%m/%Y %H:%M}", "until_at": f"{ends:%d/%m/%Y %H:%M}"}
    assert hub.post("/duty/", said).status_code == 302
    assert "Ida Moss" in text(hub.get("/hub/flow/"))
    assert signed_in(ext).get("/duty/").status_code == 403
