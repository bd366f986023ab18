"""Deployment, forensics, the referral unit, housing, the prosecutor, and the tables beside the health and child abuse systems."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from sightline.chronology.models import Event
from sightline.exchange.feeds.tests import test_further_systems
from sightline.exchange.feeds.tests.police_extracts import (
    altered,
    record_of,
    said_of_row,
    sample_of,
    standing,
    take_in,
    told,
)
from sightline.people.models import Address, Marker, Relationship, SourceRecord

pytestmark = pytest.mark.django_db
ROWS = {
    "deployment": 8, "forensics": 5, "referral_unit": 6, "housing": 7, "cps": 5, "place_of_safety": 3, "sexual_assault_referral_centre": 3,
    "recorded_interviews": 3,
}  # fmt: skip
WRONG = [
    ("deployment", "18/03/2026 20:04:00", "18/03/2026 20.04", 7, "SENT"),
    ("forensics", ",M,13/03/2026,3,", ",M,13/03/2026,9,", 2, "PRIORITY"),
    ("referral_unit", "RU90010006,10/04/2026 13:00,NRM", "RU90010006,10/04/2026 13:00,FAX", 6, "KIND"),
    ("housing", "HP90010008,Aaron Pike", ",Aaron Pike", 4, "CHILD1_ID"),
    ("cps", "20/01/2026,MORE", "20/01/2026,MAYBE", 3, "DECISION"),
    ("place_of_safety", "01/05/2026 18:00,,", "32/05/2026 18:00,,", 3, "DETAINED"),
    ("sexual_assault_referral_centre", "SA90010003,SP90010003", "SA90010003,", 3, "PERSON"),
    ("recorded_interviews", ",AGAIN,", ",PERHAPS,", 2, "STATUS"),
]
ROWS |= test_further_systems.ROWS
WRONG += test_further_systems.WRONG


@pytest.mark.parametrize("system", ROWS)
def test_a_sample_goes_in_whole_and_again_changes_nothing(system: str) -> None:
    first = take_in(system)
    assert (first.state, first.rows, first.quarantined) == ("whole", ROWS[system], 0)
    events = Event.objects.count()
    again = take_in(system)
    assert (again.unchanged, again.events, Event.objects.count()) == (ROWS[system], {}, events)


@pytest.mark.parametrize(("system", "right", "wrong", "row", "field"), WRONG, ids=[w[0] for w in WRONG])
def test_a_bad_row_is_named(system: str, right: str, wrong: str, row: int, field: str, tmp_path: Path) -> None:
    held = take_in(system, altered(system, tmp_path, (right, wrong)))
    bad = held.quarantine.get()
    assert (bad.file, bad.row, bad.field) == (f"{system}_altered{sample_of(system).suffix}", row, field)
    assert held.rows == ROWS[system] == held.applied + held.superseded + held.unchanged + 1


@pytest.mark.requirement("JD-30")
def test_a_unit_that_never_came_has_a_cause_or_is_known_to_have_none_recorded() -> None:
    take_in("deployment")
    causes: dict[str, str | None] = {}
    for event in Event.objects.filter(source="deployment", kind="attendance.cancelled"):
        causes[event.ref.split("/")[0]] = event.data.get("reason")
    assert causes == {
        "DEP90010002": "The unit was diverted to another incident, ASH20260314-90010022",
        "DEP90010003": "No unit was free: Caller asleep when rung back",
        "DEP90010005": "The unit was stood down: Aunt rang again to say that he is home",
        "DEP90010006": "Dealt with by telephone",
        "DEP90010007": None,
    }, "the last one's log gives no cause: it is not supplied"
    came = set(Event.objects.filter(kind="attendance.arrived").values_list("ref", flat=True))
    assert came == {"DEP90010001/attendance.arrived", "DEP90010004/attendance.arrived"}
    diverted = said_of_row("deployment", "DEP90010002")
    assert (diverted["attendance.dispatched"].by, diverted["attendance.cancelled"].people) == (
        "AM12", {"child": ["DP90010002"]}
    )  # fmt: skip
    assert diverted["attendance.cancelled"].data["authorised_by"] == "PS 1188 Greave"
    assert told("deployment", "DEP90010006/attendance.cancelled").people == {"subject": ["DP90010004"]}


@pytest.mark.requirement("JD-60")
def test_an_exhibit_from_known_to_reported() -> None:
    take_in("forensics")
    row = said_of_row("forensics", "HT90010001")
    assert {name: (step.at, step.data) for name, step in row.items()} == {
        "device.known": ("2026-03-10", {"item": "black phone, HT90010001", "held_by": "the suspect"}),
        "device.seized": ("2026-03-11 07:30", {"item": "black phone, HT90010001", "risk": "high"}),
        "device.submitted": ("2026-03-13", {"item": "black phone, HT90010001", "priority": "urgent"}),
        "device.allocated": ("2026-03-16", {"item": "black phone, HT90010001", "examiner": "Ines Vale"}),
        "triage/device.examined": (
            "2026-03-16", {"item": "black phone, HT90010001", "stage": "triage", "indecent_images": True},
        ),
        "full/device.examined": (
            "2026-03-27", {"item": "black phone, HT90010001", "stage": "full", "indecent_images": True},
        ),
        "device.reported": ("2026-03-30", {"item": "black phone, HT90010001"}),
    }  # fmt: skip
    assert {*said_of_row("forensics", "HT90010002")} == {"device.seized", "device.submitted"}, "waits unallocated"
    assert {*said_of_row("forensics", "HT90010003")} == {"device.known"}, "nobody has taken it yet"
    assert {*said_of_row("forensics", "HT90010004")} == {"device.seized"}, "never sent for examination"
    assert told("forensics", "HT90010005/triage/device.examined").data["indecent_images"] is False
    assert "risk" not in told("forensics", "HT90010005/device.seized").data, "not supplied"


@pytest.mark.requirement("JD-40")
def test_a_referral_in_the_queue_from_arrival_to_closing() -> None:
    take_in("referral_unit")
    row = said_of_row("referral_unit", "RU90010001")
    assert [(name, step.at) for name, step in sorted(row.items(), key=lambda s: s[1].at)] == [
        ("referral.made", "2026-03-11 08:10"), ("risk.assessed", "2026-03-11 11:30"), ("passed_on/referral.made", "2026-03-11 12:00"),
        ("referral.acknowledged", "2026-03-11 15:20"), ("referral.decided", "2026-03-12 10:00"), ("referral.fed_back", "2026-03-13 09:00"),
    ]  # fmt: skip
    assert (row["risk.assessed"].data["grade"], row["risk.assessed"].by) == ("medium", "DS 2071 Lund")
    assert row["referral.decided"].data == {"decision": "child_in_need_assessment", "reason": "Needs an assessment."}
    assert row["referral.decided"].note == "Closed 13/03/2026: with social care"
    assert row["referral.fed_back"].data == {"outcome": "A social worker will call.", "helped": "too_early"}
    waiting = said_of_row("referral_unit", "RU90010002")
    assert {*waiting} == {"referral.made"}, "arrived, and nobody has looked at it"
    assert "consent" not in waiting["referral.made"].data


@pytest.mark.requirement("JD-63")
def test_an_online_abuse_package_is_opened_triaged_and_ended_and_one_unopened_is_seen_to_be() -> None:
    take_in("referral_unit")
    row = said_of_row("referral_unit", "RU90010003")
    arrived = row["contact.received"]
    assert arrived.data == {"channel": "agency", "kind": "online_abuse"}
    assert arrived.note.split("\n")[0] == "Package NCA-26-90017"
    assert arrived.people == {"child": ["RP90010004"], "suspect": ["RP90010005"]}
    assert (row["investigation.opened"].at, row["investigation.opened"].data) == (
        "2026-02-04 14:00", {"team": "online"}
    )  # fmt: skip
    assert (row["risk.assessed"].at, row["risk.assessed"].data["grade"]) == ("2026-02-05 10:00", "high")
    assert row["investigation.closed"].data["outcome"] == "charged"
    assert {*said_of_row("referral_unit", "RU90010004")} == {"contact.received"}, "came, and was never opened"


@pytest.mark.requirement("JD-64")
def test_a_child_referred_to_the_national_mechanism_both_decisions_and_the_support() -> None:
    take_in("referral_unit")
    row = said_of_row("referral_unit", "RU90010005")
    assert row["nrm.referred"].data == {"exploitation": "criminal: cannabis farm"}
    assert row["reasonable_grounds/nrm.decided"].data == {"stage": "reasonable_grounds", "positive": True}
    assert row["conclusive_grounds/nrm.decided"].data == {"stage": "conclusive_grounds", "positive": False}
    assert row["plan.started"].data == {"kind": "safety", "lead": "Independent guardian service, Asel Dogan"}
    assert {step.at for step in row.values()} == {"2026-01-20", "2026-01-21", "2026-01-24", "2026-06-30"}
    waiting = said_of_row("referral_unit", "RU90010006")
    assert {name: step.data for name, step in waiting.items()} == {"nrm.referred": {}}, "what kind is not supplied"


@pytest.mark.requirement("JD-55")
def test_hazards_and_overcrowding_stand_at_the_place_until_put_right(tmp_path: Path) -> None:
    take_in("housing")
    at_place = {m.premises.lines: m.detail for m in Marker.objects.filter(record=None, holds=True)}
    assert at_place == {
        "9 Heron Close, Larkscar": "Housing hazard, serious: no heating and mould in the bedrooms",
        "5 Bilberry View, Larkscar": "Overcrowded: 8 people in 2 bedrooms",
    }
    hazard = told("housing", "HC90010001/hazard/information.supplied")
    assert hazard.people == {"child": ["HP90010002", "HP90010003"], "adult": ["HP90010001"]}
    assert told("housing", "HC90010001/referral.made").data["to"] == "social_care"
    ties = Relationship.objects.filter(subject__key__in=["HP90010001", "HP90010005"])
    assert sorted(ties.values_list("kind", "other__key", "lives_with")) == [
        ("grandparent", "HP90010006", True), ("parent", "HP90010002", True), ("parent", "HP90010003", True),
    ]  # fmt: skip
    mended = altered(
        "housing",
        tmp_path,
        ("no heating and mould in the bedrooms,1,,,,,,", "no heating and mould in the bedrooms,1,,,,,01/02/2026,"),
        ("HP90010003,Mia Reed,2,,,,07/01/2026 10:00", "HP90010003,Mia Reed,2,,,,01/02/2026 10:00"),
    )
    assert take_in("housing", mended).superseded == 1
    assert Marker.objects.filter(record=None, holds=True).count() == 1


@pytest.mark.requirement("JD-55")
def test_a_young_person_without_a_home_one_leaving_care_and_evictions() -> None:
    take_in("housing")
    homeless = told("housing", "HC90010005/homeless/information.supplied")
    assert homeless.people == {"child": ["HP90010009"]}
    assert homeless.data["summary"] == "Homeless: asked to leave by a step-father"
    (only,) = Address.objects.filter(record=record_of("housing", "HP90010009"))
    assert (only.lines, only.kind) == ("Room 6, The Beacon, Larkscar", "temporary")
    assert standing("housing", "HP90010010")["care_leaver"] == ["foster placement ends at eighteen"]
    eviction = told("housing", "HC90010004/eviction/information.supplied")
    assert (eviction.people["child"], "02/04/2026" in eviction.data["summary"]) == (["HP90010008"], True)
    without = told("housing", "HC90010007/eviction/information.supplied")
    assert without.data["summary"] == "Eviction; the day is not supplied"


@pytest.mark.requirement("JD-58")
def test_the_prosecutor_gives_advice_a_decision_and_its_reason_with_dates() -> None:
    take_in("cps")
    row = said_of_row("cps", "CU90010001/CD90010001")
    assert [(row[name].at, row[name].data) for name in ("advice.requested", "advice.given", "cps.submitted", "cps.decided")] == [
        ("2026-03-16", {"of": "cps", "question": "Is a second interview needed?"}),
        ("2026-03-19", {"text": "No; use an intermediary at trial."}),
        ("2026-04-01", {}),
        ("2026-04-08", {"decision": "charge"}),
    ]  # fmt: skip
    assert (row["cps.decided"].note, row["cps.decided"].by) == ("Reason: Realistic prospect of conviction.", "R. Amery")
    assert row["charge.made"].data == {"offence": "Sexual assault of a child under 13"}
    decisions: dict[str, list[str]] = defaultdict(list)
    for event in Event.objects.filter(kind="cps.decided").order_by("ref"):
        decisions[event.data["decision"]].append(event.note)
    assert decisions["no_charge"] == ["Reason: Evidence falls short."]
    assert decisions["more_evidence"] == ["Reason: Phone downloads wanted."]
    assert {*said_of_row("cps", "CU90010004/CD90010004")} == {"cps.submitted"}, "no decision has come"


@pytest.mark.requirement("JD-59")
def test_bail_holds_its_conditions_its_end_its_breaches_and_the_child_it_protects() -> None:
    take_in("cps")
    row = said_of_row("cps", "CU90010001/CD90010001")
    bail = row["bail.set"]
    assert bail.people == {"suspect": ["CD90010001"], "child": ["CC90010001"]}
    assert bail.data == {
        "kind": "post_charge", "conditions": ["not to contact Kayleigh Marsden", "not to enter Weir Lane"], "until": "2026-12-01",
    }  # fmt: skip
    assert (row["bail.breached"].at, row["bail.breached"].data) == (
        "2026-05-02", {"condition": "not to enter Weir Lane"}
    )  # fmt: skip
    assert row["bail.breached"].people["child"] == ["CC90010001"]
    assert row["bail.checked"].data == {"kept": True}
    assert row["court.result"].data["result"] == "order_made"
    assert standing("cps", "CD90010001")["shpo"] == ["Sexual harm prevention order, ten years"]
    plain = said_of_row("cps", "CU90010005/CD90010005")
    assert plain["bail.set"].data == {"kind": "court"}, "its conditions are not supplied"
    assert plain["bail.checked"].data == {"kept": False}


@pytest.mark.requirement("JD-48")
def test_a_place_of_safety_with_time_in_and_out_and_who_would_not_take_the_child() -> None:
    take_in("place_of_safety")
    row = said_of_row("health", "s136/PS90010001")
    detained = row["detention.authorised"]
    assert detained.data == {
        "station": "Rowan suite, Larkscar",
        "power": "s136",
        "reason": "On the parapet of a bridge.",
    }
    assert detained.note.split("\n") == ["Held in a health place of safety", "Came in 02/02/2026 23:40"]
    assert (detained.at, row["detention.ended"].at, row["detention.ended"].data) == (
        "2026-02-02 22:10", "2026-02-03 09:15", {"to": "home"}
    )  # fmt: skip
    assert row["refused/1"].data == {"by": "Hazel suite, Roxfell", "reason": "no bed for anyone under 18"}
    cell = said_of_row("health", "s136/PS90010002")
    assert cell["detention.authorised"].note.startswith("Held in a police cell")
    assert [cell[f"refused/{n}"].data.get("reason") for n in (1, 2)] == ["had been drinking", None]
    inside = said_of_row("health", "s136/PS90010003")
    assert {*inside} == {"detention.authorised"}
    assert inside["detention.authorised"].data == {"power": "s136"}, "which place is not supplied"


@pytest.mark.requirement("JD-47")
def test_a_referral_centre_tells_referral_examination_and_support_and_nothing_clinical() -> None:
    take_in("sexual_assault_referral_centre")
    row = said_of_row("health", "sarc/SA90010001")
    assert [(name, step.at) for name, step in sorted(row.items(), key=lambda s: s[1].at)] == [
        ("medical.requested", "2026-03-11 11:00"), ("medical.held", "2026-03-11 15:00"),
        ("support/information.supplied", "2026-03-12"), ("medical.reported", "2026-03-25"),
    ]  # fmt: skip
    assert row["medical.held"].data == {}
    assert row["support/information.supplied"].data == {
        "summary": "Support began: a children's independent sexual violence adviser"
    }
    kept = [f"{e.data} {e.note}" for e in Event.objects.all()] + [f"{r.details}" for r in SourceRecord.objects.all()]
    assert "Clinical words" in sample_of("sexual_assault_referral_centre").read_text()
    assert not any("Clinical words" in text for text in kept), "what was found stays in the centre"
    declined = said_of_row("health", "sarc/SA90010002")
    assert {*declined} == {"medical.requested", "declined/information.supplied", "support/information.supplied"}


@pytest.mark.requirement("JD-61")
def test_the_index_of_recorded_interviews_holds_plan_people_present_and_review() -> None:
    take_in("recorded_interviews")
    row = said_of_row("child_abuse", "recording/VRI90010001")
    assert row["interview.planned"].data == {
        "needs_assessed": True, "intermediary": "not_needed", "special_measures": "screens",
    }  # fmt: skip
    held = row["interview.held"]
    assert held.data == {
        "recorded": True, "joint": True, "intermediary_used": False, "minutes": 41,
        "interviewers": ["DC 3101 Okafor", "SW B. Adeyemi"],
    }  # fmt: skip
    assert held.note.split("\n") == [
        "Recording VRI90010001", "Also there: aunt waiting next door; camera: PC 1041 Hay", "Review: reviewed, sound",
    ]  # fmt: skip
    assert (row["supervision.held"].by, row["supervision.held"].data) == (
        "DS 2071 Lund", {"directions": ["Free account was let run."]}
    )  # fmt: skip
    again = said_of_row("child_abuse", "recording/VRI90010002")
    assert again["interview.held"].note.endswith("Review: reviewed, a further interview is needed")
    assert "minutes" not in again["interview.held"].data
    assert {*said_of_row("child_abuse", "recording/VRI90010003")} == {"interview.planned"}, "planned, not held"
