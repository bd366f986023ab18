"""What health, schools, youth justice, probation and prisons say, and what stands of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cast import person_of
from sightline.exchange.feeds.tests.police_extracts import record_of, said_of_row, standing, take_in, told
from sightline.people.household import household
from sightline.people.models import Address, Relationship

pytestmark = pytest.mark.django_db
SPRING = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.requirement("JD-46")
def test_an_emergency_departments_opinion_on_an_injury_is_a_clinicians_opinion() -> None:
    take_in("health")
    said = said_of_row("health", "HC90000001")
    assert said.keys() == {"health.consulted"}
    opinion = said["health.consulted"]
    assert (opinion.at, opinion.people) == ("2026-02-14 21:40", {"subject": ["PAT90000001"], "parent": ["PAT90000002"]})
    assert opinion.data == {"role": "emergency department, nurse", "opinion": "Does not fit the account given."}
    assert opinion.note.split("\n") == [
        "Reason: Burn on the hand, hot drink.", "At: Harrowmere General Hospital", "Safeguarding concern recorded: yes",
    ]  # fmt: skip
    assert Relationship.objects.get(other__key="PAT90000001", subject__key="PAT90000002").kind == "parent"


@pytest.mark.requirement("JD-46")
def test_a_childrens_service_saw_the_child_and_one_that_was_not_brought_is_told_as_that() -> None:
    take_in("health")
    seen = said_of_row("health", "HC90000002")
    assert seen.keys() == {"child.seen"}
    assert (seen["child.seen"].people, seen["child.seen"].data) == (
        {"child": ["PAT90000003"]},
        {"where": "Firvale Bank Health Centre"},
    )
    assert record_of("health", "PAT90000003").born_text == "2021"
    missed = said_of_row("health", "HC90000003")
    assert missed.keys() == {"not_seen/information.supplied"}
    assert missed["not_seen/information.supplied"].data == {"summary": "Not seen by paediatrics: Review."}


@pytest.mark.requirement("JD-46")
def test_self_harm_and_section_136_stand_and_a_midwifes_worry_is_an_opinion() -> None:
    take_in("health")
    assert standing("health", "PAT90000004", at=SPRING) == {
        "mental_health": ["emergency department: brought under Mental Health Act section 136"],
        "self_harm": ["general practice: self-harm"],
    }
    worry = told("health", "HC90000007/opinion/health.consulted")
    assert worry.data == {"role": "midwifery, midwife", "opinion": "Worried."}


def test_a_sexual_assault_referral_centre_says_that_it_examined_and_nothing_of_what_it_found() -> None:
    take_in("health")
    said = said_of_row("health", "HC90000006")
    assert said.keys() == {"medical.held"}
    assert (said["medical.held"].data, said["medical.held"].note) == ({}, "")


def test_an_everyday_contact_is_not_taken_for_an_opinion_or_for_the_child_having_been_seen() -> None:
    take_in("health")
    said = said_of_row("health", "HC90000008")
    assert said.keys() == {"contact/information.supplied"}
    assert said["contact/information.supplied"].data == {"summary": "general practice"}
    assert record_of("health", "PAT90000002").sex == ""


@pytest.mark.requirement("JD-49")
def test_a_term_holds_school_lead_attendance_and_special_needs() -> None:
    take_in("education")
    term = told("education", "9000001/202601/attendance/information.supplied")
    assert (term.at, term.people) == ("2026-03-30 22:00", {"child": ["PU90000001"]})
    assert term.data == {"summary": "Missed 31 of 110 half-days at school, 22 without leave"}
    assert {
        "School: Kestrel Primary School, Firvale Bank", "Designated safeguarding lead: Jo Holt",
        "Special educational needs: support", "Suspensions in the term: 1",
    } <= {*term.note.split("\n")}  # fmt: skip
    pupil = record_of("education", "PU90000001")
    assert (pupil.forenames, pupil.aliases) == ("Mohammed Ali", ["Mohammed Akhtar", "Mo Akhtar"])
    assert pupil.details["school"] == "Kestrel Primary School, Firvale Bank"
    assert record_of("education", "PU90000002").phones == ["07700 900123"]
    assert Relationship.objects.get(other=pupil).kind == "parent"


@pytest.mark.requirement("JD-49")
def test_a_child_missing_education_and_an_exclusion_are_told() -> None:
    take_in("education")
    assert standing("education", "PU90000003", at=SPRING)["other"] == [
        "Child missing education, last at Fellgate Academy"
    ]
    excluded = told("education", "9000003/202601/excluded/information.supplied")
    assert (excluded.at, excluded.data) == ("2026-02-20", {"summary": "Permanently excluded from Fellgate Academy"})
    term = told("education", "9000003/202601/attendance/information.supplied")
    assert term.data == {"summary": "60 half-days at school; how many were missed is not supplied"}


def test_what_a_child_said_at_school_is_held_as_the_childs_words_and_only_then() -> None:
    take_in("education")
    told_by_child = told("education", "9000001/202601/said/concern.notified")
    assert (told_by_child.at, told_by_child.data["views"]) == ("2026-02-09", "Said dad threw a cup.")
    hungry = told("education", "9000004/202601/concern.notified")
    assert hungry.data == {"kinds": ["neglect"], "what_happened": "Hungry and in thin clothes."}
    signs = told("education", "9000003/202601/exploitation.indicated")
    assert signs.data == {"signs": ["Picked up by an older man in a car."]}
    assert "exploitation_risk" in standing("education", "PU90000003", at=SPRING)


@pytest.mark.requirement("JD-53")
def test_youth_justice_tells_disposals_orders_supervision_and_the_safeguarding_lead() -> None:
    take_in("youth_offending")
    caution = said_of_row("youth_offending", "YJ90000002")
    assert caution["disposal.given"].data == {
        "kind": "youth_caution",
        "for": "Theft from shop",
        "child_is_suspect": True,
    }
    assert caution["disposal.given"].people == {"child": ["YP90000001"], "suspect": ["YP90000001"]}
    assert (caution["plan.started"].at, caution["plan.ended"].at) == ("2025-06-14", "2025-09-12")
    assert told("youth_offending", "YJ90000003/disposal.given").data["kind"] == "community_resolution"
    assert told("youth_offending", "YJ90000004/disposal.given").data["kind"] == "conditional_caution"
    order = said_of_row("youth_offending", "YJ90000001")
    assert order["court.result"].data == {
        "result": "order_made", "detail": "detention and training order: Possession of a bladed article",
    }  # fmt: skip
    assert (order["plan.started"].data["lead"], "plan.ended" in order) == ("Alys Holt", False)
    assert "Safeguarding lead: Dev Stead" in order["plan.started"].note
    assert order["rosh/risk.assessed"].data == {"tool": "offender", "grade": "high", "role": "partner"}
    assert order["safety/risk.assessed"].data["grade"] == "very_high"
    assert "exploitation.indicated" in order
    assert "exploitation.indicated" not in caution


@pytest.mark.requirement("JD-54")
def test_a_secure_placement_and_a_concern_there_are_received_and_make_no_child_looked_after() -> None:
    take_in("youth_offending")
    child = record_of("youth_offending", "YP90000001")
    secure = Address.objects.get(record=child, kind="secure")
    assert (secure.lines, str(secure.since), secure.until) == ("Fellgate Secure Home", "2026-02-03", None)
    concern = told("youth_offending", "YJ90000001/secure/concern.notified")
    assert concern.data["what_happened"] == "Restrained once, seen by a nurse."
    assert concern.note == "At: Fellgate Secure Home"
    assert standing("youth_offending", "YP90000001", at=SPRING).keys() == {"exploitation_risk"}


@pytest.mark.requirement("JD-51")
def test_probation_tells_which_child_an_adult_lives_with_or_seeks_and_the_objective() -> None:
    take_in("probation")
    ties = Relationship.objects.filter(subject__key__startswith="X9000000").values_list(
        "subject__key", "kind", "other__key", "lives_with", "cares_for"
    )
    assert {*ties} == {
        ("X90000001", "parent", "X90000002", True, None),
        ("X90000003", "carer", "X90000004", None, True),
        ("X90000005", "step_parent", "X90000006", None, None),
    }
    assert standing("probation", "X90000001", at=SPRING) == {
        "risk_to_children": ["Contact with the children only at the centre."]
    }
    assert standing("probation", "X90000003", at=SPRING) == {}
    said = said_of_row("probation", "PE90000001")
    assert "The offender lives with the child" in said["plan.started"].note
    assert (said["probation.checked"].at, said["probation.checked"].data) == ("2025-10-20", {"answered": False})
    assert said["breach/2026-01-12/offender.breached"].data == {"what": "Missed appointments"}
    assert said["court.result"].data["detail"] == "community order: Assault occasioning actual bodily harm"
    assert said["risk.assessed"].data == {"tool": "offender", "grade": "high", "role": "partner"}
    assert {*said_of_row("probation", "PE90000002")} == {"plan.started", "risk.assessed"}


@pytest.mark.requirement("JD-52")
def test_prison_tells_reception_transfer_restriction_and_the_release_to_come() -> None:
    take_in("prison")
    received = said_of_row("prison", "PM90000001")
    assert (received["custody.received"].at, received["custody.received"].data) == (
        "2025-08-04 16:20",
        {"prison": "HMP Gorsefield"},
    )
    assert received["custody.release_planned"].data == {
        "release_on": "2026-04-20",
        "address": "8 Tarn Rise, Roxfell, ZS60 2AA",
    }
    assert told("prison", "PM90000002/custody.received").data == {"prison": "HMP Saltmere"}
    assert "Movement: transferred" in told("prison", "PM90000002/custody.received").note
    leave = told("prison", "PM90000003/out/custody.release_planned")
    assert (leave.data, leave.note.split("\n")[0]) == ({}, "Went out: temporary release")
    assert standing("prison", "A90000001", at=SPRING) == {"risk_to_children": ["Contact with children restricted: yes"]}
    assert standing("prison", "A90000002", at=SPRING) == {}


@pytest.mark.requirement("JD-52")
def test_a_prisoner_lives_in_no_household_until_released() -> None:
    take_in("prison")
    inside = record_of("prison", "A90000001")
    kinds = Address.objects.filter(record=inside).values_list("lines", "kind")
    assert {*kinds} == {("8 Tarn Rise, Roxfell", "other"), ("HMP Gorsefield", "secure"), ("HMP Saltmere", "secure")}
    assert household(person_of(inside.pk), date(2026, 1, 1)) == ()
    home = Address.objects.get(record__key="A90000002", kind="home")
    assert (home.lines, str(home.since)) == ("2 Quarry Grove, Barrowick", "2026-02-02")
