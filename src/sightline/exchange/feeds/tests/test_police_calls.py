"""What the control room's log becomes: the call, its grade, who went, whether the child was seen, and what is known of the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.exchange.feeds.tests.police_extracts import altered, record_of, said_of_row, standing, take_in, told
from sightline.people.models import Address, Marker, Relationship

pytestmark = pytest.mark.django_db
CC = "command_and_control"
NEGLECT, TOUCHED = "ASH20260309-90010001", "ASH20260310-90010002"


@pytest.mark.requirement("JD-29")
def test_a_call_never_attended_can_be_told_from_one_where_the_child_was_seen() -> None:
    take_in(CC)
    never, attended = said_of_row(CC, NEGLECT), said_of_row(CC, TOUCHED)
    assert {*never} == {"contact.received", "contact.checked", "attendance.cancelled"}
    assert {*attended} == {"contact.received", "attendance.dispatched", "attendance.arrived", "child.seen"}
    assert never["attendance.cancelled"].data == {
        "reason": "No unit free, school content to wait.",
        "authorised_by": "PS 2210 Mistry",
    }
    arrived = attended["attendance.arrived"]
    assert (arrived.at, arrived.by) == ("2026-03-10 17:58", "AM41")
    seen = attended["child.seen"]
    assert (seen.at, seen.people) == ("2026-03-10 18:05", {"child": [f"{TOUCHED}/2"]})
    assert seen.data == {"alone": True, "spoken_to": True, "safe": True, "demeanour": "quiet, held on to her aunt"}


@pytest.mark.requirement("JD-29")
def test_a_call_holds_caller_grade_words_and_closing() -> None:
    take_in(CC)
    call = told(CC, f"{NEGLECT}/contact.received")
    assert call.at == "2026-03-09 08:12"
    assert call.people == {"child": [f"{NEGLECT}/2"], "reporter": [f"{NEGLECT}/1"]}
    assert call.data == {
        "channel": "school", "kind": "neglect", "graded": "priority", "children_present": True, "caller_is": "professional",
        "told_child_is_safe": False,
    }  # fmt: skip
    assert call.place == "14 Weir Lane, Larkscar, ZS5 2AA"
    assert "hungry again" in call.note
    assert "closed 09/03/2026 16:02:00" in call.note
    assert told(CC, f"{NEGLECT}/contact.checked").data == {"systems": ["crime", "child_protection"]}


def test_what_was_not_known_is_left_out() -> None:
    take_in(CC)
    call = told(CC, "ASH20260311-90010003/contact.received")
    assert call.data == {"channel": "101", "kind": "exploitation", "graded": "scheduled", "caller_is": "anonymous"}
    assert call.people == {}


def test_people_are_as_the_caller_said_them() -> None:
    take_in(CC)
    child = record_of(CC, f"{NEGLECT}/2")
    assert (child.forenames, child.surname, child.born) == ("Kayleigh Ann", "Marsden", None)
    assert child.born_text.startswith("2018 to 2019")
    assert "ABOUT 7" in child.born_text
    assert str(record_of(CC, f"{TOUCHED}/2").born) == "2018-05-02"
    assert record_of(CC, "ASH20260312-90010004/2").sex == ""
    home = Address.objects.get(record=child)
    assert (home.lines, home.postcode, home.kind, str(home.since)) == (
        "14 Weir Lane, Larkscar", "ZS5 2AA", "home", "2026-03-09"
    )  # fmt: skip


def test_only_ties_that_the_log_states_are_made() -> None:
    take_in(CC)
    ties = Relationship.objects.filter(subject__key__startswith="ASH2026031").values_list(
        "subject__key", "kind", "other__key"
    )
    assert {*ties} >= {
        (f"{TOUCHED}/1", "parent", f"{TOUCHED}/2"),
        ("ASH20260312-90010004/1", "neighbour", "ASH20260312-90010004/2"),
    }
    assert not Relationship.objects.filter(subject__key=f"{NEGLECT}/1").exists()


def test_warnings_stay_with_the_place() -> None:
    take_in(CC)
    at_14 = Marker.objects.filter(premises__lines__startswith="14 Weir Lane", record=None)
    assert {*at_14.values_list("kind", flat=True)} == {"dangerous_dog", "violent", "weapons"}
    at_3 = Marker.objects.filter(premises__lines__startswith="3 Weir Lane", record=None)
    assert {*at_3.values_list("kind", flat=True)} == {"registered_sex_offender", "child_protection_plan"}
    assert standing(CC, f"{TOUCHED}/2") == {}


def test_an_incident_taken_further_replaces_only_what_changed(tmp_path: Path) -> None:
    take_in(CC)
    file = altered(
        CC,
        tmp_path,
        ("No unit free, school content to wait.", "Beat officer will go tomorrow."),
        ("09/03/2026 16:05:00", "09/03/2026 17:30:00"),
    )
    held = take_in(CC, file)
    assert (held.superseded, held.unchanged, held.events) == (1, 17, {"attendance.cancelled": 1})
    assert told(CC, f"{NEGLECT}/attendance.cancelled").data["reason"] == "Beat officer will go tomorrow."
