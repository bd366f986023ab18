"""What the domestic abuse, child abuse and intelligence systems become."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.chronology.models import Event
from sightline.exchange.feeds.tests.police_extracts import altered, record_of, said_of_row, standing, take_in, told
from sightline.people.models import Marker, Relationship

pytestmark = pytest.mark.django_db
DA, CA, INT = "domestic_abuse", "child_abuse", "intelligence"
JOANNE, CALLUM, KAYLEIGH, ETHAN = (f"DA9001000{n}" for n in (1, 2, 3, 4))
APRIL = datetime(2026, 4, 1, tzinfo=UTC)
ALL = {"victim": [JOANNE], "suspect": [CALLUM], "child": [KAYLEIGH, ETHAN]}


@pytest.mark.requirement("JD-38")
def test_a_domestic_incident_with_its_children_and_both_gradings() -> None:
    take_in(DA)
    row = said_of_row(DA, "DAI90010001")
    call = row["contact.received"]
    assert (call.at, call.people, call.place) == ("2026-02-28 20:52", ALL, "14 Weir Lane, Larkscar, ZS5 2AA")
    assert call.data == {"kind": "domestic_abuse", "children_present": True}
    assert "Control room incident ASH20260228-90010009" in call.note
    assert "Crime ASH/C26/90010009" in call.note
    first, second = row["risk.assessed/initial"], row["risk.assessed/secondary"]
    assert (first.people, first.by, first.at) == (ALL, "PC 2290 Hollis", "2026-02-28 22:10")
    assert first.data == {
        "tool": "domestic_abuse", "grade": "medium", "stage": "initial", "history_considered": True, "role": "response",
        "factors": ["strangulation", "separating", "threats to kill"],
    }  # fmt: skip
    assert (second.data["grade"], second.data["rationale"]) == ("high", "Earlier incidents read.")
    assert row["retraction.recorded"].people == {"victim": [JOANNE], "suspect": [CALLUM]}
    assert (row["referral.made"].at, row["referral.made"].data["basis"]) == ("2026-03-02", "marac")


@pytest.mark.requirement("JD-38", "JD-39")
def test_every_child_of_the_household_has_the_sighting_and_the_notification() -> None:
    take_in(DA)
    row = said_of_row(DA, "DAI90010001")
    seen, form = row["child.seen"], row["concern.notified"]
    assert (seen.at, seen.people) == ("2026-02-28", {"child": [KAYLEIGH, ETHAN]})
    assert seen.data == {"alone": False, "demeanour": "frightened", "views": "I hide under the bed."}
    assert form.people == {"child": [KAYLEIGH, ETHAN]}
    assert (form.data["kinds"], form.data["grade"], form.data["seen_alone"]) == (["domestic_abuse"], "high", False)
    assert said_of_row(DA, "DAI90010003")["concern.notified"].people == {"child": ["DA90010007", "DA90010008"]}


@pytest.mark.requirement("JD-38")
def test_a_report_that_is_no_crime_and_was_never_graded_is_still_there() -> None:
    take_in(DA)
    row = said_of_row(DA, "DAI90010002")
    assert {*row} == {"contact.received"}
    assert row["contact.received"].at == "2026-06-15 00:40"  # the system writes UTC; it is summer
    assert row["contact.received"].data == {"kind": "domestic_abuse", "children_present": False}
    assert standing(DA, CALLUM)["domestic_abuse_perpetrator"] == ["2 reports in the last year"]
    assert standing(DA, KAYLEIGH)["domestic_abuse_victim"] == ["1 report in the last year"]
    ties = Relationship.objects.filter(subject__key__in=[CALLUM, "DA90010006"])
    assert {*ties.values_list("kind", "other__key")} == {("ex_partner", JOANNE), ("sibling", "DA90010005")}


CASE = [
    ("investigation.opened", "2026-03-10 21:00", {"team": "child_protection", "crime_ref": "ASH/C26/90010001"}),
    ("suspect.identified", "2026-03-10", {"contact_with_children": True, "role_with_children": "teacher or coach"}),
    ("child.seen", "2026-03-10", {"alone": True, "views": "He said it was our secret."}),
    ("strategy.requested", "2026-03-10 22:40", {}),
    (
        "strategy.held",
        "2026-03-11 10:00",
        {"attended": ["police", "social_care", "health"], "decision": "enquiry_joint"},
    ),
    ("enquiry.started", "2026-03-11", {"mode": "joint"}),
    ("enquiry.completed", "2026-03-27", {"outcome": "substantiated_no_ongoing_risk"}),
    ("investigation.allocated", "2026-03-11 09:00", {"officer": "DC 3101 Okafor", "specialist": True}),
    ("interview.planned", "2026-03-11", {}),
    ("interview.held", "2026-03-12 10:30", {"joint": True, "intermediary_used": False}),
    ("medical.requested", "2026-03-11 11:00", {"kind": "sarc"}),
    ("medical.held", "2026-03-11 15:00", {"findings": "Not conclusive."}),
    ("device.seized", "2026-03-11", {"item": "black phone, DL1"}),
    ("device.submitted", "2026-03-13", {"item": "black phone, DL1"}),
    ("device.reported", "2026-03-30", {"item": "black phone, DL1"}),
    (
        "investigation.reviewed",
        "2026-03-20",
        {"satisfied": False, "directions": ["See the neighbours at numbers 1 and 5."]},
    ),
]


@pytest.mark.requirement("JD-32")
def test_a_case_of_the_unit_step_by_step() -> None:
    take_in(CA)
    row = said_of_row(CA, "CAI90010001")
    assert [(ref, row[ref].at, row[ref].data) for ref, _, _ in CASE] == CASE
    assert {*row} == {ref for ref, _, _ in CASE} | {"concern.notified"}
    assert row["investigation.opened"].people == {"child": ["CA90010001"], "suspect": ["CA90010002"]}


@pytest.mark.requirement("JD-39")
def test_the_concern_form_with_the_childs_own_words() -> None:
    take_in(CA)
    assert told(CA, "CAI90010001/concern.notified").data == {
        "kinds": ["sexual"], "what_happened": "Says a man at number 3 touched her.", "seen": True, "seen_alone": True,
        "views": "He said it was our secret.", "ethnicity": "White British", "disability": "hearing aid", "grade": "high",
    }  # fmt: skip


@pytest.mark.requirement("JD-31", "JD-32")
def test_an_allegation_without_a_crime_number_and_one_that_gets_it_later(tmp_path: Path) -> None:
    take_in(CA)
    assert told(CA, "CAI90010003/investigation.opened").data == {"team": "child_protection"}
    told_by = told(CA, "CAI90010003/contact.received")
    assert told_by.data == {"channel": "school", "kind": "exploitation", "caller_is": "professional"}
    file = altered(
        CA,
        tmp_path,
        (",ED,CSE,,CA90010004", ",ED,CSE,ASH/C26/90010002,CA90010004"),
        ("23/03/2026 17:45:00", "25/03/2026 09:00:00"),
    )
    held = take_in(CA, file)
    assert (held.superseded, held.unchanged) == (1, 14)
    assert told(CA, "CAI90010003/investigation.opened").data["crime_ref"] == "ASH/C26/90010002"
    assert Event.objects.filter(source=CA, ref="CAI90010003/investigation.opened").count() == 2


def test_what_the_suspect_is_to_the_child() -> None:
    take_in(CA)
    ties = Relationship.objects.filter(subject__key__startswith="CA9001000")
    assert {*ties.values_list("subject__key", "kind", "other__key")} == {
        ("CA90010002", "teacher_coach", "CA90010001"),
        ("CA90010004", "child_of_partner", "CA90010005"),
        ("CA90010007", "step_parent", "CA90010006"),
    }
    kayleigh = record_of(CA, "CA90010001")
    assert (kayleigh.surname, kayleigh.forenames, kayleigh.details["disability"]) == (
        "MARSDEN", "Kayleigh Ann", ["hearing aid"]
    )  # fmt: skip


@pytest.mark.requirement("JD-33", "IS-10")
def test_a_graded_report_with_its_handling_people_place_and_vehicle() -> None:
    take_in(INT)
    report = told(INT, "INT90010001/intelligence.recorded")
    assert report.people == {"subject": ["NOM-90010001"], "other": ["NOM-90010002"]}
    assert report.data["kind"] == "exploitation"
    assert report.data["handling"] == "conditions"
    assert report.note.split("\n") == [
        "Source: untested", "Content: known indirectly", "Handling: lawful sharing with conditions", "About: exploitation",
        "Vehicle ZZ41 CQX",
    ]  # fmt: skip
    assert standing(INT, "NOM-90010001", at=APRIL)["exploitation_risk"] == ["sexual, 1 report in a year"]
    dog = told(INT, "INT90010003/intelligence.recorded")
    assert (dog.place, dog.people) == ("14 Weir Lane, Larkscar, ZS5 2AA", {})
    marker = Marker.objects.get(premises__lines__startswith="14 Weir Lane")
    assert (marker.kind, marker.detail) == ("dangerous_dog", "Large dog in the yard, has bitten before.")
    assert marker.authority == "Intelligence report INT90010003: source reliable, content known directly"
    set_by = Event.objects.filter(source=INT, kind="marker.set").values_list("data__handling", flat=True)
    assert {*set_by} <= {"permitted", "conditions"}, "what is made of a report is handled as the report is"
    assert set_by


@pytest.mark.requirement("JD-33")
def test_nothing_is_made_of_what_is_suspected_false() -> None:
    take_in(INT)
    assert {*said_of_row(INT, "INT90010002")} == {"intelligence.recorded"}
    assert standing(INT, "NOM-90010003", at=APRIL) == {}
    tie = Relationship.objects.get(subject__key="NOM-90010002")
    assert (tie.kind, tie.other.key) == ("associate", "NOM-90010004")
    tia = record_of(INT, "NOM-90010001")
    assert {*Marker.objects.filter(record=tia).values_list("kind", "detail")} == {
        ("self_harm", "suicidal"),
        ("mental_health", ""),
        ("firearms", ""),
    }
