"""What the missing persons system becomes: episodes with their grades, who found the child, with whom, and what was said on return."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.exchange.feeds.tests.police_extracts import (
    altered,
    chronology_of_key,
    record_of,
    said_of_row,
    standing,
    take_in,
    told,
)
from sightline.people.models import Marker

pytestmark = pytest.mark.django_db
FIRST, OPEN, NO_AGE = "MIS-90010001", "MIS-90010003", "MIS-90010004"
TIA, LEON = "MP90010001", "MP90010002"


@pytest.mark.requirement("JD-36")
def test_an_episode_from_report_to_return_interview() -> None:
    take_in("missing")
    row = said_of_row("missing", FIRST)
    assert row["missing.reported"].data == {
        "graded": "low", "reported_by": "care_home", "circumstances": "Left by the window after bedtime.",
        "last_seen_place": "bus interchange",
    }  # fmt: skip
    assert (row["missing.reported"].at, row["missing.reported"].people) == ("2026-03-13 23:10", {"child": [TIA]})
    assert row["missing.regraded"].data == {"graded": "medium", "reason": "Not heard from all night."}
    back = row["missing.returned"]
    assert back.data == {
        "found_by": "carers",
        "where": "Flat 2, 9 Canal Row",
        "with_whom": "HALLAM, Leon",
        "harmed": "yes",
    }
    assert (back.at, back.people) == ("2026-03-14 09:20", {"child": [TIA], "adult": [LEON]})
    assert row["prevention_interview.held"].data == {"seen": True, "alone": True, "disclosed": "Was given a phone."}
    assert (row["child.seen"].at, row["child.seen"].data) == ("2026-03-14 13:05", {"alone": True})
    assert row["return_interview.offered"].data == {"accepted": True}
    held = row["return_interview.held"]
    assert (held.at, held.data["places"], held.data["shared_with_police"]) == (
        "2026-03-18", ["Canal Row", "retail park"], True
    )  # fmt: skip


def test_enquiries_are_dated_no_closer_than_the_day_and_learnt_with_the_row() -> None:
    take_in("missing")
    found = {k: v for k, v in said_of_row("missing", FIRST).items() if v.kind == "missing.enquiry"}
    assert {e.data["result"]: e.data["kind"] for e in found.values()} == {
        "home searched": "search",
        "phone called": "phone",
        "neighbour asked": "other",
    }
    assert {(e.at, e.recorded_at) for e in found.values()} == {("2026-03-13", "2026-03-18 18:00")}


@pytest.mark.requirement("JD-36")
def test_missing_until_a_return_is_recorded_and_counted_per_child(tmp_path: Path) -> None:
    take_in("missing")
    now = datetime(2026, 3, 22, tzinfo=UTC)
    assert "missing_now" in standing("missing", TIA, at=now)
    assert len(chronology_of_key("missing", TIA).of_kind("missing.reported")) == 2
    file = altered(
        "missing",
        tmp_path,
        ("Did not come back from school.,,,,,,,,,", "Did not come back from school.,,,,,,21/03/2026 06:10,Police,,"),
        ("21/03/2026 01:00:00", "21/03/2026 07:00:00"),
    )
    held = take_in("missing", file)
    assert (held.quarantined, held.applied, held.unchanged) == (0, 1, 16)
    assert told("missing", f"{OPEN}/missing.returned").data == {"found_by": "police", "harmed": "unknown"}
    assert "missing_now" not in standing("missing", TIA, at=now)


def test_in_care_is_a_standing_fact_and_its_absence_says_nothing() -> None:
    take_in("missing")
    assert standing("missing", TIA)["looked_after"] == [f"said in missing episode {OPEN}"]
    assert not Marker.objects.filter(holds=False).exists()
    assert not Marker.objects.filter(record=record_of("missing", "MP90010003")).exists()


def test_nobody_is_taken_for_a_child_without_an_age() -> None:
    take_in("missing")
    row = said_of_row("missing", NO_AGE)
    assert row["missing.reported"].people == {"subject": ["MP90010003"]}
    assert row["missing.returned"].data == {"found_by": "other", "harmed": "unknown"}
    kofi = record_of("missing", "MP90010003")
    assert (kofi.born, kofi.born_text, kofi.sex) == (None, "2013", "")


def test_people_and_companions_under_the_systems_own_keys() -> None:
    take_in("missing")
    tia, leon = record_of("missing", TIA), record_of("missing", LEON)
    assert (tia.surname, tia.aliases, str(tia.born), tia.phones) == (
        "Hallam", ["T", "Tee"], "2010-06-21", ["07700 900711"]
    )  # fmt: skip
    assert (leon.surname, leon.forenames, str(leon.born)) == ("HALLAM", "Leon", "1988-08-19")
