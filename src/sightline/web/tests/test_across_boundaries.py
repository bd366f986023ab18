"""A child is followed from one district, authority and force area to the next: one person, one chronology, and who answers for them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.chronology.queries import chronologies
from sightline.chronology.record import record_many
from sightline.exchange.feeds.tests.police_extracts import altered, record_of, take_in
from sightline.pathways.identity.services import join

pytestmark = pytest.mark.django_db
KAYDEN = {"forenames": "Kayden", "surname": "Walsh", "born_text": "2011", "sex": "M"}
HOME = {
    "lines": "3 Mill Race, Eastmoor",
    "postcode": "ZE4 2AB",
    "kind": "home",
    "from": "2012-01-01",
    "until": "2024-06-03",
}
WHY = "the home's register and his birth certificate agree"


def _at_home() -> int:
    """What the police of the place where he comes from know: where he lived, and that he went missing there."""
    record = write_person("missing", "E-1", **KAYDEN)
    about, ago = {"subject": [("missing", "E-1")]}, NOW - timedelta(days=1200)
    lived = entry("address.recorded", about, source="missing", ref="E-1/home", at=ago, data=HOME)
    gone = entry(
        "missing.reported",
        {"child": [("missing", "E-1")]},
        source="missing",
        ref="E-1/missing.reported",
        at=ago,
        agency="eastmoor_police",
        data={"graded": "high"},
    )
    record_many([lived, gone], feed_viewer())
    return person_of(record)


@pytest.mark.requirement("JD-17")
def test_a_child_placed_out_of_area_is_one_child_with_home_and_placing_authority_named(
    team_manager: Member,
) -> None:
    take_in("placements")
    placed, at_home = person_of(record_of("placements", "LA90000001").pk), _at_home()
    for member in (team_manager, make_member("quill", "Ida Quill", "social_care_manager", "social_care")):
        involve(member, placed, at_home, at=timezone.now())
        by = member.viewer(at=timezone.now())
        join(placed, at_home, reason=WHY, by=by, at=by.at)
    child = person_of(record_of("placements", "LA90000001").pk)
    page = text(signed_in(team_manager).get(f"/person/{child}/"))
    assert "Looked after Care home, placed by Eastmoor Council, of another force area" in page
    assert "Lives at 40 Sycamore Close, Hoylethorpe" in page
    assert "Home or carers: Heron House" in page
    assert "3 Mill Race, Eastmoor: home, 1 January 2012 to 3 June 2024" in page
    assert "eastmoor police" in page.lower()
    assert {"missing.reported", "placement.started", "placement.ended"} <= {h.kind for h in _held(child)}


@pytest.mark.requirement("JD-17")
def test_a_move_to_another_district_leaves_the_same_child_and_the_same_authority(
    team_manager: Member, tmp_path: Path
) -> None:
    take_in("placements")
    child = person_of(record_of("placements", "LA90000001").pk)
    involve(team_manager, child, at=timezone.now())
    before = len(_held(child))
    moved = altered(
        "placements", tmp_path, ("PLC90000001,", "PLC90000009,"), ('"40 Sycamore Close, Hoylethorpe",ZD23 1AE', '"2 Loom Court, Dunlow",ZS31 4CD'),
        ("10/11/2025,K2", "10/02/2026,K2"), ("22/01/2026 10:00:00", "12/02/2026 10:00:00"),
    )  # fmt: skip
    take_in("placements", moved)
    assert person_of(record_of("placements", "LA90000001").pk) == child
    assert len(_held(child)) > before
    page = text(signed_in(team_manager).get(f"/person/{child}/"))
    assert "2 Loom Court, Dunlow" in page and "40 Sycamore Close, Hoylethorpe" in page
    assert "placed by Eastmoor Council, of another force area" in page


def _held(person: int):  # type: ignore[no-untyped-def]
    return chronologies([person])[person]
