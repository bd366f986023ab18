"""What the custody system becomes: each step of a detention as its own event, and the risk markers that the next officer must see."""

from __future__ import annotations

import pytest

from sightline.exchange.feeds.tests.police_extracts import record_of, said_of_row, standing, take_in
from sightline.people.models import Marker

pytestmark = pytest.mark.django_db
TIA = "U90010001"
STEPS = {
    "detention.authorised": "2026-03-21 02:31",
    "detention.rights_given": "2026-03-21 02:40",
    "detention.risk_assessed": "2026-03-21 02:55",
    "adult.requested": "2026-03-21 03:00",
    "detention.informed": "2026-03-21 03:20",
    "detention.healthcare": "2026-03-21 04:00",
    "detention.offered": "2026-03-21 07:30",
    "detention.reviewed/1": "2026-03-21 08:20",
    "adult.arrived": "2026-03-21 09:45",
    "detention.interviewed": "2026-03-21 10:30",
    "detention.reviewed/2": "2026-03-21 17:10",
    "detention.charged": "2026-03-21 18:00",
    "accommodation.requested": "2026-03-21 18:20",
    "accommodation.answered": "2026-03-21 19:40",
    "detention.certified": "2026-03-21 20:00",
    "detention.ended": "2026-03-22 09:00",
}


@pytest.mark.requirement("JD-37")
def test_a_detention_event_by_event() -> None:
    take_in("custody")
    row = said_of_row("custody", "CR-90010001")
    assert {ref: event.at for ref, event in row.items()} == STEPS
    assert all(event.people == {"subject": [TIA]} for event in row.values())


WHAT = [
    ("detention.rights_given", {"appropriate_adult_present": False}),
    (
        "detention.risk_assessed",
        {"vulnerabilities": ["suicidal thoughts", "self-harm before"], "cell": "detention_room"},
    ),
    ("adult.requested", {"who": "social_worker"}),
    ("adult.arrived", {}),
    ("detention.informed", {"whom": "care_home"}),
    ("detention.healthcare", {"seen": True, "outcome": "Fit with an adult."}),
    ("detention.offered", {"what": "meal"}),
    ("detention.reviewed/2", {"by_rank": "Superintendent"}),
    ("detention.interviewed", {"appropriate_adult_present": True, "solicitor": False}),
    ("detention.charged", {"bail": "refused", "ground": "own_interests"}),
    ("accommodation.requested", {"kind": "open"}),
    ("accommodation.answered", {"offered": False, "reason": "No bed."}),
    ("detention.ended", {"how": "court", "safe_release_plan": False}),
]


@pytest.mark.requirement("JD-37")
def test_what_each_step_holds() -> None:
    take_in("custody")
    row = said_of_row("custody", "CR-90010001")
    assert [(ref, row[ref].data) for ref, _ in WHAT] == WHAT
    assert row["detention.authorised"].data == {
        "station": "Larkscar Custody Suite", "reason": "To secure evidence by questioning.",
        "offence": "Assault on an emergency worker", "power": "arrest", "necessity": "To protect a child.",
    }  # fmt: skip
    assert row["detention.authorised"].note == "Arrived 2026-03-21T02:10:00"


def test_a_detention_under_way_says_nothing_of_what_has_not_happened() -> None:
    take_in("custody")
    row = said_of_row("custody", "CR-90010003")
    assert {*row} == {"detention.authorised", "accommodation.requested", "accommodation.answered"}
    assert row["detention.authorised"].data == {"power": "recall"}
    assert row["accommodation.answered"].data == {"offered": True}


@pytest.mark.requirement("JD-37")
def test_earlier_custody_risk_stands() -> None:
    take_in("custody")
    facts = standing("custody", TIA)
    assert "suicidal thoughts" in " ".join(facts["custody_suicide_risk"])
    assert "mental_health" in facts
    dean = {*Marker.objects.filter(record=record_of("custody", "U90010002")).values_list("kind", flat=True)}
    assert dean == {"firearms", "risk_to_children", "registered_sex_offender"}


def test_the_detained_person_as_custody_holds_them() -> None:
    take_in("custody")
    tia, dean = record_of("custody", TIA), record_of("custody", "U90010002")
    assert (tia.surname, tia.aliases, str(tia.born), tia.sex, tia.pnc_id) == (
        "HALLAM", ["Tee Hallam"], "2010-06-21", "F", "2025/9000771C"
    )  # fmt: skip
    assert tia.details["language"] == "English"
    assert (dean.born, dean.born_text, dean.sex) == (None, "1979", "")
